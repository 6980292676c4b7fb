import type { Text } from '#contract/text.ts';
import type { Model } from '#simulator/cell/model.ts';
import type { FaultEntry, FaultTell } from '#simulator/cell/planned-fault.ts';
import { getStart, type Start } from '#simulator/cell/plant-time.ts';
import { MINUTE } from '#simulator/kernel/time.ts';

/** What a lab may name of a cell. */
export interface CellCatalogue {
  readonly signals: ReadonlyMap<string, { readonly unit: string; readonly text: Text }>;
  readonly stations: ReadonlyMap<string, Text>;
  /** Commands of stations and parameters, the hidden ones of scenarios too. */
  readonly targets: ReadonlySet<string>;
  /** Tells what is wrong with a fault of a scenario, by its keys. */
  checkFault(entry: FaultEntry, tell: FaultTell): void;
  /** When in the week plant time 0 is, in microseconds since Monday midnight. */
  readonly startUs: number;
}

export const catalogueOf = (model: Model): CellCatalogue => {
  const { signals, stations, targets, definition } = model;
  return {
    signals: new Map(signals.map(({ path, unit, text }) => [path, { unit, text }])),
    stations: new Map(stations.map(({ id, title }) => [id, title])),
    targets: new Set(targets.keys()),
    checkFault: (entry, tell) => void model.check(entry, tell),
    startUs: startOf(getStart(definition.start)),
  };
};

const startOf = ({ weekday = 0, minute }: Start): number => (weekday * 24 * 60 + minute) * MINUTE;
