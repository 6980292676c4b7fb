import { integral } from '#simulator/kernel/closed-form.ts';
import { f64, type ObjectField, record, type Site, u32 } from '#simulator/kernel/fields.ts';
import { event } from '#simulator/kernel/journal.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { tally } from '#simulator/kernel/tally.ts';
import { plantField } from '#simulator/plant/station.ts';
import { CAUSES, Verdict } from './scrap-causes.ts';

const NONE = 0;

/** What can be wrong with a part, or was put right, beside what is measured: any of them together. */
export const Flag = {
  Reworked: 1,
  WrongLid: 2,
  NoCover: 4,
  Scratched: 8,
  Burred: 16,
  NoScrew: 32,
  SealTilted: 64,
} as const;
const PUT_RIGHT_BY_REWORK = Flag.WrongLid | Flag.NoScrew | Flag.SealTilted;

/**
 * The parts in the plant. A part is a small number from 1 that is used again once the part has left; its serial is not.
 * What a part is measured by lives in columns that stations ask for by name.
 */
export class Parts extends record({
  free: u32(),
  serials: u32(),
  finished: u32(),
  scrapped: u32(),
  /** Parts scrapped by true cause, a `Verdict`. They sum to `scrapped`. */
  scraps: tally(CAUSES.length),
  /** Sum of the ages at which parts left, finished or scrapped. */
  leadUs: f64(),
  left: event('PartLeft'),
  inPlant: integral(),
}) {
  private readonly nextFreeAt: number;
  private readonly serialAt: number;
  private readonly bornAt: number;
  private readonly flagsAt: number;
  private readonly features = new Map<string, Feature>();
  /** Hears of each part before it leaves. Set by the order book. */
  departs: ((part: number, isGood: boolean, t: number) => void) | undefined;

  constructor(
    private readonly site: Site,
    readonly places: number,
  ) {
    super(site);
    const { layout } = site.kernel;
    this.nextFreeAt = layout.take('u32', places + 1, `${site.path}.nextFree`);
    this.serialAt = layout.take('u32', places + 1, `${site.path}.serial`);
    this.bornAt = layout.take('f64', places + 1, `${site.path}.bornUs`);
    this.flagsAt = layout.take('u8', places + 1, `${site.path}.flags`);
    site.kernel.initially(() => {
      for (let part = 1; part < places; part++) this.u32[this.nextFreeAt + part] = part + 1;
      this.free = 1;
    });
  }

  create(t: number): number {
    const part = this.free;
    if (part === NONE)
      throw new Error(`All ${this.places} places for parts are taken. Raise "parts" in the definition.`);
    this.free = this.u32[this.nextFreeAt + part];
    this.serials += 1;
    this.u32[this.serialAt + part] = this.serials;
    this.f64[this.bornAt + part] = t;
    this.u8[this.flagsAt + part] = 0;
    this.inPlant.flow(this.inPlant.rate + 1, t);
    return part;
  }

  /** The part leaves the plant: finished, or as scrap for its true cause. */
  remove(part: number, t: number, cause: number = Verdict.Good): void {
    if (cause === Verdict.Good) this.finished += 1;
    else {
      this.scrapped += 1;
      this.scraps.add(cause);
    }
    this.departs?.(part, cause === Verdict.Good, t);
    this.leadUs += this.ageUs(part, t);
    this.u32[this.nextFreeAt + part] = this.free;
    this.free = part;
    this.inPlant.flow(this.inPlant.rate - 1, t);
    this.left.raise(t, this.serial(part));
  }

  /** All flags of a part, as bits. */
  flagsOf(part: number): number {
    return this.u8[this.flagsAt + part];
  }

  flag(part: number, flag: number): void {
    this.u8[this.flagsAt + part] |= flag;
  }

  /** Somebody put right what rework can put right. */
  rework(part: number): void {
    this.u8[this.flagsAt + part] = (this.flagsOf(part) & ~PUT_RIGHT_BY_REWORK) | Flag.Reworked;
  }

  serial(part: number): number {
    return this.u32[this.serialAt + part];
  }

  ageUs(part: number, t: number): number {
    return t - this.f64[this.bornAt + part];
  }

  /** The parts that are in the plant. */
  present(): number[] {
    const free = new Set<number>();
    for (let part = this.free; part !== NONE; part = this.u32[this.nextFreeAt + part]) free.add(part);
    return Array.from({ length: this.places }, (_, k) => k + 1).filter((part) => !free.has(part));
  }

  /** The part with this serial, if it is in the plant or nobody has taken its place since it left; otherwise 0. */
  find(serial: number): number {
    let part = this.places;
    while (part > NONE && this.serial(part) !== serial) part -= 1;
    return part;
  }

  feature(name: string): Feature {
    const known = this.features.get(name);
    if (known !== undefined) return known;
    const made = new Feature(this, this.site.kernel.layout.take('f64', this.places + 1, `${this.site.path}.${name}`));
    this.features.set(name, made);
    return made;
  }
}

/** One measure of every part, such as the deviation of a bore. */
export class Feature {
  constructor(
    private readonly parts: Parts,
    private readonly at: number,
  ) {}

  of(part: number): number {
    return this.parts.f64[this.at + part];
  }

  set(part: number, value: number): void {
    this.parts.f64[this.at + part] = value;
  }
}

/** The feature that the definition names under this field's name, or the one given here. */
export const feature = (fallback: string): ObjectField<Feature> =>
  plantField(({ plant, name, settings }) => {
    const wanted = settings.get(name) ?? fallback;
    if (typeof wanted === 'string') return plant.parts.feature(wanted);
    throw new Refusal(`${JSON.stringify(wanted)} is no name of a feature.`, 'Give a word such as bore.', 'wrong_type');
  });
