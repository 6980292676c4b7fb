import type { Text } from '#contract/text.ts';
import type { Model } from '#simulator/cell/model.ts';

/** What a lab may name of a cell. */
export interface CellCatalogue {
  readonly signals: ReadonlyMap<string, { readonly unit: string; readonly text: Text }>;
  readonly stations: ReadonlyMap<string, Text>;
  /** Commands of stations and parameters, the hidden ones of scenarios too. */
  readonly targets: ReadonlySet<string>;
}

export const catalogueOf = ({ signals, stations, targets }: Model): CellCatalogue => ({
  signals: new Map(signals.map(({ path, unit, text }) => [path, { unit, text }])),
  stations: new Map(stations.map(({ id, title }) => [id, title])),
  targets: new Set(targets.keys()),
});
