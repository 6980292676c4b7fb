import type { Integral } from '#simulator/kernel/closed-form.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import type { MotionSource } from '#simulator/plant/motion.ts';
import { findName } from '#simulator/plant/names.ts';
import type { Feature } from '#simulator/plant/parts/parts.ts';
import { variantAt } from '#simulator/plant/parts/variants.ts';
import type { PlantSite, Station } from '#simulator/plant/station.ts';
import { Carriers } from './carriers.ts';
import { Zone } from './zone.ts';

const NONE = 0;

/** A closed way of conveyor with carriers. Its zones lie between the stops of the stations that name the way. */
export class Loop {
  readonly carriers: Carriers;
  readonly zones: Zone[] = [];
  readonly way: string;
  private readonly pitchM: number;
  private readonly variant: Feature;

  constructor(
    private readonly site: PlantSite,
    private readonly belt: () => Integral,
  ) {
    const { plant, settings } = site;
    this.way = findName(settings, 'way') ?? 'loop';
    this.pitchM = positive(site, 'pitch', 0.45);
    const places = positive(site, 'carriers', 24);
    if (plant.parts.places > 255) throw new Refusal('Carriers know 255 parts at most.', 'Give a lower "parts".');
    this.carriers = new Carriers({ ...site, path: `${site.path}.carriers` }, places, plant.parts);
    this.variant = plant.parts.feature('variant');
  }

  /** Lays the zones from stop to stop, once all stations are known. */
  build(): void {
    const { plant, station } = this.site;
    const { length } = plant.getWay(this.way);
    const stops = [...plant.stations.values()]
      .flatMap((each) => (each.stop?.way === this.way && each !== station ? [{ station: each, s: each.stop.s }] : []))
      .sort((a, b) => a.s - b.s);
    stops.forEach(({ station: source, s }, index) => {
      const next = stops[(index + 1) % stops.length];
      const lengthM = next.s > s ? next.s - s : next.s - s + length;
      const shape = { index, way: this.way, s0: s, lengthM, pitchM: this.pitchM, source, sink: next.station };
      this.connect(
        new Zone({ ...this.site, path: `${this.site.path}.to${next.station.path}` }, shape, this.belt(), this.carriers),
      );
    });
    const room = this.zones.reduce((sum, { capacity }) => sum + capacity, 0);
    if (stops.length < 2 || this.carriers.places > room) {
      const message = `${station.path} has ${stops.length} stops and room for ${room} carriers.`;
      throw new Refusal(message, 'Give at least two stops, more room or fewer carriers.');
    }
  }

  /** Puts all carriers onto the loop, empty, waiting in front of the stops. */
  start(): void {
    const { zones, carriers } = this;
    let zone = 0;
    for (let carrier = 1; carrier <= carriers.places; zone++) {
      const { waiting, capacity } = zones[zone % zones.length];
      if (waiting.length < capacity) zones[zone % zones.length].place(carrier++, LONG_AGO_M);
    }
  }

  setSpeed(metresPerSecond: number, t: number): void {
    this.belt().flow(metresPerSecond / SECOND, t);
    for (const zone of this.zones) zone.arm(t);
  }

  getZoneTo(station: unknown): Zone {
    const found = this.zones.find(({ shape }) => shape.sink.path === station);
    if (found !== undefined) return found;
    const known = this.zones.map(({ shape }) => shape.sink.path).join(', ');
    throw new Refusal(
      `There is no stop ${JSON.stringify(station)} on ${this.way}.`,
      `Give one of ${known}.`,
      'out_of_range',
    );
  }

  motions(): MotionSource[] {
    const { carriers, zones, variant } = this;
    return Array.from({ length: carriers.places }, (_, k) => ({
      id: `C${String(k + 1).padStart(2, '0')}`,
      segment: () => {
        const motion = zones[carriers.zoneOf(k + 1)].motionOf(k + 1);
        const part = carriers.partOn(k + 1);
        return part === NONE ? motion : { ...motion, load: variantAt(variant.of(part)).name };
      },
    }));
  }

  private connect(zone: Zone): void {
    const { source, sink } = zone.shape;
    const outlet = source.outlets.get('out');
    if (outlet === undefined || sink.inlets.length === 0) {
      throw new Refusal(`${source.path} or ${sink.path} cannot stand on a loop.`, 'Leave out its "stop".');
    }
    outlet.neighbours.push(zone);
    for (const inlet of sink.inlets) inlet.neighbours.push(zone);
    this.zones.push(zone);
  }
}

/** Odometer of something that has had all the time in the world to move up. */
const LONG_AGO_M = -1e6;

function positive({ settings }: PlantSite, name: string, fallback: number): number {
  const value = settings.get(name) ?? fallback;
  if (typeof value === 'number' && value > 0) return value;
  throw new Refusal(`${settings.station} cannot have ${JSON.stringify(value)} as "${name}".`, 'Give a number above 0.');
}

/** The loop whose way a station stops on. */
export class LoopLink {
  target: Loop | undefined;

  constructor({ plant, station }: PlantSite) {
    plant.whenComplete(() => {
      this.target = [...plant.stations.values()]
        .map(loopOf)
        .find((loop) => loop !== undefined && loop.way === station.stop?.way);
      if (this.target !== undefined) return;
      const hint = 'Give it a "stop" on the way of a station of type loop-conveyor.';
      throw new Refusal(`${station.path} stands on no loop.`, hint);
    });
  }

  partOn(carrier: number): number {
    return carrier === NONE || this.target === undefined ? NONE : this.target.carriers.partOn(carrier);
  }

  get carriers(): Carriers {
    if (this.target === undefined) throw new Error('The station stands on no loop.');
    return this.target.carriers;
  }
}

function loopOf({ self }: Station): Loop | undefined {
  const { loop } = self as { loop?: unknown };
  return loop instanceof Loop ? loop : undefined;
}
