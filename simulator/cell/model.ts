import { Settings } from '#simulator/kernel/fields.ts';
import type { Slab } from '#simulator/kernel/memory.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { Plant } from '#simulator/plant/plant.ts';
import type { Signal } from '#simulator/plant/signal.ts';
import type { Station } from '#simulator/plant/station.ts';
import { stationTypes } from '#simulator/plant/station-types.ts';
import { lineSignals } from './line-signals.ts';

/** A plant as data. `to` names the next stations, the preferred one first; with several outlets, by outlet. */
export interface Definition {
  /** Places for parts in the plant at one time. */
  readonly parts: number;
  readonly stations: Readonly<Record<string, StationDefinition>>;
}
export interface StationDefinition {
  readonly type: string;
  readonly to?: string | readonly string[] | Readonly<Record<string, string | readonly string[]>>;
  readonly [setting: string]: unknown;
}

/** A definition that is ready to run. It holds no state of any cell: cells of one model share it. */
export class Model {
  readonly plant: Plant;
  readonly signals: readonly Signal[];
  /** What may be commanded, by target: commands of stations, and parameters, which take a value. */
  readonly commands = new Map<string, (t: number, value: unknown) => void>();
  /** A slab as it is before the first event and before a seed is known. */
  readonly blank: Slab;
  private readonly signalIndex: ReadonlyMap<string, number>;

  constructor(definition: Definition) {
    this.plant = new Plant(definition.parts);
    const { kernel, stations } = this.plant;
    for (const [path, { type, to, ...values }] of Object.entries(definition.stations)) {
      const known = stationTypes.get(type);
      if (!known)
        throw new Refusal(`${path} has the unknown type "${type}".`, `Use ${[...stationTypes.keys()].join(', ')}.`);
      const settings = new Settings(path, values);
      this.plant.add(path, known, settings);
      settings.refuseUnknown();
    }
    for (const [path, { to = {} }] of Object.entries(definition.stations))
      this.connect(this.plant.getStation(path), to);
    this.plant.complete();
    this.blank = kernel.blank();
    const named = (station: Station) => station.signals.map((s) => ({ ...s, name: `${station.path}.${s.name}` }));
    this.signals = [...[...stations.values()].flatMap(named), ...lineSignals(this.plant)];
    this.signalIndex = new Map(this.signals.map(({ name }, index) => [name, index]));
    for (const station of stations.values()) for (const [name, obey] of station.commands) this.commands.set(name, obey);
    for (const [name, write] of kernel.parameters) this.commands.set(name, this.parameterCommand(name, write));
  }

  /** The place of a signal in `signals`, for reading it many times. */
  indexOf(name: string): number {
    const index = this.signalIndex.get(name);
    if (index === undefined) throw new Refusal(`The cell has no signal "${name}".`, 'See model.signals for all names.');
    return index;
  }

  private parameterCommand(name: string, write: (value: unknown) => void) {
    const { type, self } = this.plant.getStation(name.slice(0, name.indexOf('.')));
    return (t: number, value: unknown): void => {
      write(value);
      type.changed(self, t);
    };
  }

  private connect(station: Station, to: NonNullable<StationDefinition['to']>): void {
    const routes = typeof to === 'string' || Array.isArray(to) ? { out: to } : to;
    for (const [name, targets] of Object.entries(routes)) {
      const outlet = station.outlets.get(name);
      if (!outlet)
        throw new Refusal(`${station.path} has no outlet "${name}".`, `It has ${[...station.outlets.keys()]}.`);
      for (const target of [targets].flat().map((path) => this.plant.getStation(path))) {
        outlet.neighbours.push(target);
        for (const inlet of target.inlets) inlet.neighbours.push(station);
      }
    }
  }
}
