import { field, type ObjectField, type Settings, type Site } from '#simulator/kernel/fields.ts';
import type { Inlet, Outlet } from './flow.ts';
import type { Plant } from './plant.ts';
import type { Signal } from './signal.ts';
import type { StationType } from './station-type.ts';

/** How something treats parts. */
export interface PartHandling<S> {
  /** Takes the part, or returns false and changes nothing. */
  offer?(self: S, part: number, t: number): boolean;
  /** A neighbour downstream may take a part now. */
  room?(self: S, t: number): void;
}

/** One station of a plant. */
export class Station {
  readonly inlets: Inlet[] = [];
  readonly outlets = new Map<string, Outlet>();
  readonly signals: Signal[] = [];
  readonly commands = new Map<string, (t: number) => void>();
  readonly self: never;
  private holder: unknown;
  private offerTo: (holder: never, part: number, t: number) => boolean = () => false;
  private roomFor: (holder: never, t: number) => void = () => {};

  constructor(
    readonly plant: Plant,
    readonly path: string,
    readonly type: StationType,
    settings: Settings,
  ) {
    this.self = type.create({ kernel: plant.kernel, plant, station: this, path, name: path, settings }) as never;
  }

  /** Says who holds the parts of this station: the station itself, or a component of it. */
  partsAreHeldBy<S>(holder: S, { offer, room }: PartHandling<S>): void {
    this.holder = holder;
    this.offerTo = offer ?? this.offerTo;
    this.roomFor = room ?? this.roomFor;
  }

  offer(part: number, t: number): boolean {
    return this.offerTo(this.holder as never, part, t);
  }

  room(t: number): void {
    this.roomFor(this.holder as never, t);
  }
}

export interface PlantSite extends Site {
  readonly plant: Plant;
  readonly station: Station;
}
/** A field that needs to know the plant around it. */
export const plantField = <T>(bind: (site: PlantSite) => T): ObjectField<T> => field((site) => bind(site as PlantSite));
