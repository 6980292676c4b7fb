import type { Settings } from '#simulator/kernel/fields.ts';
import { EventSource } from '#simulator/kernel/journal.ts';
import { Kernel } from '#simulator/kernel/kernel.ts';
import { didYouMean } from '#simulator/kernel/nearest.ts';
import { about, Refusal } from '#simulator/kernel/refusal.ts';
import { Parts } from '#simulator/plant/parts/parts.ts';
import type { Signal } from './signal.ts';
import type { StationType } from './station-type.ts';
import { Station, type Stop } from './station.ts';
import type { Way } from './way.ts';

/** All stations of a plant, and what they share. */
export class Plant {
  readonly kernel = new Kernel();
  readonly stations = new Map<string, Station>();
  readonly parts: Parts;
  readonly commandRefused = new EventSource(this.kernel.journal, 'Line.CommandRefused');
  private readonly wirings: (() => void)[] = [];
  private building: string | undefined;

  /**
   * @param places for parts in the plant at one time.
   * @param startUs what plant time 0 is, in microseconds since Monday 00:00.
   */
  constructor(
    places: number,
    readonly ways: ReadonlyMap<string, Way> = new Map(),
    readonly startUs = 0,
  ) {
    this.parts = new Parts(this.kernel.site('Line'), places);
  }

  /** @param stop where on a way carriers or vehicles stop for it. */
  add(path: string, type: StationType, settings: Settings, stop?: Stop): Station {
    this.building = path;
    const station = new Station(this, path, type, settings, stop);
    this.stations.set(path, station);
    return station;
  }

  getWay(name: string): Way {
    const way = this.ways.get(name);
    if (way !== undefined) return way;
    const known = [...this.ways.keys()];
    throw new Refusal(
      `There is no way "${name}".${didYouMean(name, known)}`,
      known.length > 0 ? `There are: ${known.join(', ')}.` : 'Add it to "ways".',
      'unknown_target',
    );
  }

  getStation(path: string, type?: string): Station {
    const station = this.stations.get(path);
    if (station !== undefined && (type === undefined || type === station.type.name)) return station;
    const known = [...this.stations.values()]
      .filter((s) => type === undefined || type === s.type.name)
      .map((s) => s.path);
    throw new Refusal(
      `There is no ${type ?? 'station'} "${path}".${didYouMean(path, known)}`,
      known.length > 0 ? `There are: ${known.join(', ')}.` : 'Add one.',
      'unknown_target',
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
    const { building } = this;
    this.wirings.push(() => (building === undefined ? wire() : about(building, undefined, wire)));
  }

  complete(): void {
    for (const wire of this.wirings) this.kernel.attempt(wire);
  }

  /** Lets stations begin in the open slab. */
  start(t: number, stations: Iterable<Station> = this.stations.values()): void {
    for (const { type, self } of stations) type.start(self, t);
  }
}
