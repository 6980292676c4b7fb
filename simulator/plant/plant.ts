import { Settings } from '#simulator/kernel/fields.ts';
import { EventSource } from '#simulator/kernel/journal.ts';
import { Kernel } from '#simulator/kernel/kernel.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { Parts } from './parts.ts';
import type { Signal } from './signal.ts';
import { Station } from './station.ts';
import type { StationType } from './station-type.ts';

/** All stations of a plant, and what they share. */
export class Plant {
  readonly kernel = new Kernel();
  readonly stations = new Map<string, Station>();
  readonly parts: Parts;
  readonly commandRefused = new EventSource(this.kernel.journal, 'Line.CommandRefused');
  private readonly wirings: (() => void)[] = [];

  constructor(places: number) {
    this.parts = new Parts(this.kernel.site('Line'), places);
  }

  add(path: string, type: StationType, settings: Settings): Station {
    const station = new Station(this, path, type, settings);
    this.stations.set(path, station);
    return station;
  }

  getStation(path: string, type?: string): Station {
    const station = this.stations.get(path);
    if (station !== undefined && (type === undefined || type === station.type.name)) return station;
    const known = [...this.stations.values()].filter((s) => type === undefined || type === s.type.name);
    throw new Refusal(
      `There is no ${type ?? 'station'} "${path}".`,
      `There are: ${known.map((s) => s.path).join(', ')}.`,
    );
  }

  getSignal(path: string): Signal {
    const dot = path.indexOf('.');
    const found = this.getStation(path.slice(0, dot)).signals.find(({ name }) => name === path.slice(dot + 1));
    if (found === undefined) throw new Refusal(`There is no signal "${path}".`, 'A signal is Station.Name.');
    return found;
  }

  /** Runs `wire` once all stations exist: for fields that point to another station. */
  whenComplete(wire: () => void): void {
    this.wirings.push(wire);
  }

  complete(): void {
    for (const wire of this.wirings) wire();
  }

  /** Lets stations begin in the open slab. */
  start(t: number, stations: Iterable<Station> = this.stations.values()): void {
    for (const { type, self } of stations) type.start(self, t);
  }
}
