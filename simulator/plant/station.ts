import { field, type ObjectField, type Settings, type Site } from '#simulator/kernel/fields.ts';
import { Touch } from '#simulator/kernel/touch.ts';
import type { CaptureSource } from './capture.ts';
import type { Inlet, Outlet } from './flow.ts';
import type { MotionSource } from './motion.ts';
import type { Plant } from './plant.ts';
import type { Signal } from './signal.ts';
import type { StationCommand, StationType } from './station-type.ts';
import type { Production, TimeBook } from './time-book.ts';

/** How something treats parts. */
export interface PartHandling<S> {
  /** Takes the part, or returns false and changes nothing. */
  readonly offer?: ((self: S, part: number, t: number) => boolean) | undefined;
  /** A neighbour downstream may take a part now. False if that changes nothing. */
  readonly room?: ((self: S, t: number) => boolean) | undefined;
}

/** Electric energy used since the start, and power at t. */
export interface Meter {
  energyKwh(t: number): number;
  powerKw(t: number): number;
}

/** Metres along a way. */
export interface Stop {
  readonly way: string;
  readonly s: number;
}

/** Facts about one part at one station, by name; a number is in the unit of the signal of that name. */
export type Traced = Readonly<Record<string, number | string>>;

/** One station of a plant. */
export class Station {
  readonly inlets: Inlet[] = [];
  readonly outlets = new Map<string, Outlet>();
  readonly signals: Signal[] = [];
  /** By name within the station. */
  readonly commands = new Map<string, StationCommand>();
  readonly motions: MotionSource[] = [];
  readonly captures: CaptureSource[] = [];
  /** What the station knows of the part that it has just finished, for its genealogy. Set by stations that work on parts. */
  trace: ((part: number, t: number) => Traced) | undefined;
  /** Where its time went, if it has states. Set by the component that has them. */
  timeBook: TimeBook | undefined;
  /** What it makes, if it works on parts. Set by the component that does. */
  production: Production | undefined;
  /** What it draws, if it uses energy. Set by the component that uses it. */
  meter: Meter | undefined;
  /**
   * Marked when a timer of the station fires, when it takes a part, lets one go, or obeys a command. Whoever
   * changes a station in another way marks it too: its signals are sampled then.
   */
  readonly touch: Touch;
  readonly self: never;
  private holder: unknown;
  private offerTo: (holder: never, part: number, t: number) => boolean = () => false;
  private roomFor: (holder: never, t: number) => boolean = () => false;

  constructor(
    readonly plant: Plant,
    readonly path: string,
    readonly type: StationType,
    settings: Settings,
    readonly stop?: Stop,
  ) {
    const { kernel } = plant;
    this.touch = new Touch(kernel.site(`${path}.touch`));
    const site: PlantSite = { kernel, plant, station: this, path, name: path, settings, touch: this.touch };
    this.self = type.create(site) as never;
  }

  /** Says who holds the parts of this station: the station itself, or a component of it. */
  partsAreHeldBy<S>(holder: S, handling: PartHandling<S>): void {
    this.holder = holder;
    this.offerTo = handling.offer ?? this.offerTo;
    this.roomFor = handling.room ?? this.roomFor;
  }

  offer(part: number, t: number): boolean {
    if (!this.offerTo(this.holder as never, part, t)) return false;
    this.touch.mark(t);
    return true;
  }

  room(t: number): void {
    if (this.roomFor(this.holder as never, t)) this.touch.mark(t);
  }
}

export interface PlantSite extends Site {
  readonly plant: Plant;
  readonly station: Station;
}
/** A field that needs to know the plant around it. */
export const plantField = <T>(bind: (site: PlantSite) => T): ObjectField<T> => field((site) => bind(site as PlantSite));
