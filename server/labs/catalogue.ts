import type { Text } from '#contract/text.ts';
import type { Model } from '#simulator/cell/model.ts';
import type { FaultEntry, FaultTell } from '#simulator/cell/planned-fault.ts';
import { getStart, sinceMondayUs } from '#simulator/cell/plant-time.ts';

/** What a lab may name of a cell. */
export interface CellCatalogue {
  readonly signals: ReadonlyMap<string, CatalogueSignal>;
  readonly stations: ReadonlyMap<string, Text>;
  /** Commands of stations and parameters, the hidden ones of scenarios too. */
  readonly targets: ReadonlySet<string>;
  /** What a participant may command or write. */
  readonly openTargets: ReadonlySet<string>;
  /** Units of signals and parameters, by path. */
  readonly units: ReadonlyMap<string, string>;
  /** Names of events. */
  readonly events: ReadonlySet<string>;
  /** What can be taken on demand. */
  readonly captures: ReadonlySet<string>;
  /** Tells what is wrong with a fault of a scenario, by its keys. */
  checkFault(entry: FaultEntry, tell: FaultTell): void;
  /** When in the week plant time 0 is, in microseconds since Monday midnight. */
  readonly startUs: number;
}

export interface CatalogueSignal {
  readonly unit: string;
  readonly text: Text;
  readonly resolution: number;
}

export const catalogueOf = (model: Model): CellCatalogue => {
  const { signals, stations, targets, definition, captures } = model;
  const parameters = [...targets.values()].flatMap(({ path, shape }) => (shape ? [[path, shape.unit] as const] : []));
  return {
    signals: new Map(signals.map(({ path, unit, text, resolution }) => [path, { unit, text, resolution }])),
    stations: new Map(stations.map(({ id, title }) => [id, title])),
    targets: new Set(targets.keys()),
    openTargets: new Set([...targets.values()].flatMap(({ path, hidden }) => (hidden ? [] : [path]))),
    units: new Map([...signals.map(({ path, unit }) => [path, unit] as const), ...parameters]),
    events: new Set(model.plant.kernel.journal.events.map(({ path }) => path)),
    captures: new Set(captures.keys()),
    checkFault: (entry, tell) => void model.check(entry, tell),
    startUs: sinceMondayUs(getStart(definition.start)),
  };
};
