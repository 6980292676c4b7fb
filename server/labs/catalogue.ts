import type { Text } from '#contract/text.ts';
import type { Model } from '#simulator/cell/model.ts';
import { getStart, type Start } from '#simulator/cell/plant-time.ts';
import { MINUTE } from '#simulator/kernel/time.ts';

/** What a lab may name of a cell. */
export interface CellCatalogue {
  readonly signals: ReadonlyMap<string, { readonly unit: string; readonly text: Text }>;
  readonly stations: ReadonlyMap<string, Text>;
  /** Commands of stations and parameters, the hidden ones of scenarios too. */
  readonly targets: ReadonlySet<string>;
  /** When in the week plant time 0 is, in microseconds since Monday midnight. */
  readonly startUs: number;
}

export const catalogueOf = ({ signals, stations, targets, definition }: Model): CellCatalogue => ({
  signals: new Map(signals.map(({ path, unit, text }) => [path, { unit, text }])),
  stations: new Map(stations.map(({ id, title }) => [id, title])),
  targets: new Set(targets.keys()),
  startUs: startOf(getStart(definition.start)),
});

const startOf = ({ weekday = 0, minute }: Start): number => (weekday * 24 * 60 + minute) * MINUTE;
