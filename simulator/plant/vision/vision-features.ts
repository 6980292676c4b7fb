import { field, f64, type ObjectField, record, u32, u8 } from '#simulator/kernel/fields.ts';
import { hash, normal, stream, uniform } from '#simulator/kernel/random.ts';
import { Flag } from '#simulator/plant/parts/parts.ts';
import { Verdict } from '#simulator/plant/parts/scrap-causes.ts';
import { variantAt } from '#simulator/plant/parts/variants.ts';
import type { Text } from '#simulator/plant/signal.ts';

export interface FeatureRow {
  readonly name: string;
  /** UCUM code. */
  readonly unit: string;
  readonly text: Text;
  /** The greatest value of a good part, of those features that have one. */
  readonly limit: number;
}

const row = (name: string, unit: string, limit: number, en: string, sv: string): FeatureRow => ({
  ...{ name, unit, limit },
  text: { en, sv },
});

/** What the camera measures of a part, in the order in which `Look` holds them and a classifier numbers them. */
export const FEATURES: readonly FeatureRow[] = [
  row(
    'boreDeviation',
    'um',
    12,
    'Deviation of the bore, either way, by the gauge',
    'Hålets avvikelse, åt endera hållet, med mätdon',
  ),
  row('burrArea', 'mm2', 3, 'Bright area inside the edge of the bore', 'Ljus yta innanför hålets kant'),
  row(
    'scratchLength',
    'mm',
    5,
    'Length of the longest dark line on the lid',
    'Längd på den längsta mörka linjen på locket',
  ),
  row('meanGrey', '1', Infinity, 'Mean grey level of the lid, 0 to 255', 'Lockets medelgråvärde, 0 till 255'),
  row(
    'contrast',
    '%',
    Infinity,
    'Contrast of lid against bore (Michelson)',
    'Kontrast mellan lock och hål (Michelson)',
  ),
  row('screwCount', '1', Infinity, 'Screws that are seen, of 4', 'Skruvar som syns, av 4'),
  row(
    'sealOffset',
    'mm',
    1.2,
    'Centre of the seal from the centre of the bore',
    'Tätningens centrum från hålets centrum',
  ),
  row('edgeGap', 'mm', 0.8, 'Gap between lid and housing', 'Spalt mellan lock och hus'),
];
export const SCREWS = 4;

/** Tolerance of the bore in um, as truth has it; the threshold of the camera is a parameter. */
const BORE_TOLERANCE_UM = 12;
/** Grey levels between lid and bore under a new ring light: noise in the picture is against them. */
const CLEAR_DEPTH = 114;
/** With more contrast no screw is overlooked. */
const DIM_CONTRAST = 50;
/** Grey of the lid and of the bore under a new light, and what daylight leaves of each. */
const LID = { lit: 138, stray: 12 };
const BORE = { lit: 22, stray: 14 };

/** Places among the 32 numbers that belong to a serial: 16 of the part itself, 8 of each look at it. */
const OF_PART = { defect: 0, size: 1, burr: 2, scratch: 3, fit: 4, where: 6 } as const;
const OF_LOOK = { gauge: 16, shade: 17, screws: 18 } as const;
const SECOND_LOOK = 8;

/** How often each defect comes, as a share of all parts; covers, of parts that have a printed one. */
export interface DefectShares {
  readonly scratchShare: number;
  readonly burrShare: number;
  readonly screwShare: number;
  readonly sealShare: number;
  readonly coverShare: number;
}

/**
 * The last look of the camera: a feature vector, a pure function of (keys, serial, condition of the part, light). The
 * numbers of a part are drawn by its serial and not in sequence, so nothing is remembered of the parts before it.
 */
export class Look extends record({
  // The features first, in their order: `feature` finds them by number.
  bore: f64(),
  burrArea: f64(),
  scratchLength: f64(),
  meanGrey: f64(),
  contrast: f64(),
  screwCount: f64(),
  sealOffset: f64(),
  edgeGap: f64(),
  serial: u32(),
  variant: u8(),
  /** Bits of `Flag`. */
  flags: u8(),
  /** Truth: what is really the matter with the part, a `Verdict`. */
  condition: u8(),
  luck: stream(),
}) {
  /** By its place in `FEATURES`. */
  feature(index: number): number {
    const value = this.f64[this.f64At + index];
    return index === 0 ? Math.abs(value) : value;
  }

  /** The feature vector by name. */
  get features(): Record<string, number> {
    return Object.fromEntries(FEATURES.map(({ name }, k) => [name, this.feature(k)]));
  }

  toJSON(): Record<string, unknown> {
    const { serial, variant, features } = this;
    const units = Object.fromEntries(FEATURES.map(({ name, unit }) => [name, unit]));
    return { serial, variant: variantAt(variant).name, features, units };
  }

  /**
   * Measures the part whose serial, variant and flags are set. `light` is the intensity against a new one, 0 to 1, and
   * `gaugeErrorUm` the standard deviation of the gauge under a new light.
   */
  take(boreUm: number, light: number, gaugeErrorUm: number, shares: DefectShares): void {
    const { flags } = this;
    const defect = this.defectFrom(shares);
    const ofLook = (flags & Flag.Reworked) === 0 ? 0 : SECOND_LOOK;

    const shade = this.number(OF_LOOK.shade + ofLook);
    const grey = (LID.stray + LID.lit * light) * (1 + 0.026 * highSwing(shade));
    const dark = (BORE.stray + BORE.lit * light) * (1 + 0.035 * lowSwing(shade));
    this.meanGrey = grey;
    this.contrast = (100 * (grey - dark)) / (grey + dark);
    // What is hard to tell from noise is found more often, and measured worse, the less there is to see.
    const blur = Math.sqrt(CLEAR_DEPTH / Math.max(2, grey - dark));

    this.bore = boreUm + gaugeErrorUm * blur * this.normal(OF_LOOK.gauge + ofLook);
    this.burrArea =
      defect === Verdict.Burr
        ? between(1, 20, 7 + 2.5 * this.size)
        : Math.min(20, blur * background(0.4, 0.3, 0.2, this.normal(OF_PART.burr)) + 0.04 * Math.max(0, boreUm));
    this.scratchLength =
      defect === Verdict.Scratch
        ? between(2, 28, 14 + 5 * this.size)
        : Math.min(28, blur * background(0.6, 0.5, 0.25, this.normal(OF_PART.scratch)));
    const isDim = this.contrast < DIM_CONTRAST && this.contrast + 6 * this.normal(OF_LOOK.screws + ofLook) < 25;
    this.screwCount = defect === Verdict.Screw || isDim ? SCREWS - 1 : SCREWS;
    const fit = this.number(OF_PART.fit);
    this.sealOffset =
      defect === Verdict.Seal ? between(0.5, 4.5, 2.4 + 0.6 * this.size) : 0.05 + 0.45 * lowSwing(fit) * lowSwing(fit);
    this.edgeGap = (defect === Verdict.Cover ? 4 : defect === Verdict.WrongLid ? 1.3 : 0.3) + 0.12 * highSwing(fit);
    this.condition = defect === Verdict.Good && Math.abs(boreUm) > BORE_TOLERANCE_UM ? Verdict.Bore : defect;
  }

  /** Where on the part something is, as a share of a turn; `which` from 0 to 7. */
  direction(which: number): number {
    return this.uniform(OF_PART.where + which);
  }

  /** What another station did to the part comes first, then what happened to it unseen. */
  private defectFrom(shares: DefectShares): number {
    const { flags, variant } = this;
    if ((flags & ~Flag.Reworked) !== 0) return defectOf(flags);
    const mayBeOfAssembly = flags === 0;
    let left = this.uniform(OF_PART.defect) - shares.scratchShare;
    if (left < 0) return Verdict.Scratch;
    left -= shares.burrShare;
    if (left < 0) return Verdict.Burr;
    left -= shares.screwShare;
    if (left < 0) return mayBeOfAssembly ? Verdict.Screw : Verdict.Good;
    left -= shares.sealShare;
    if (left < 0) return mayBeOfAssembly ? Verdict.Seal : Verdict.Good;
    left -= shares.coverShare;
    return left < 0 && variantAt(variant).hasPrintedCover ? Verdict.Cover : Verdict.Good;
  }

  /** Of a defect, in standard deviations from what is usual. */
  private get size(): number {
    return this.normal(OF_PART.size);
  }

  private number(n: number): number {
    return hash(this.luck.keyA, this.luck.keyB, 32 * this.serial + n);
  }

  private uniform(n: number): number {
    return uniform(this.number(n));
  }

  private normal(n: number): number {
    return normal(this.number(n));
  }
}

export const look = (): ObjectField<Look> => field((site) => new Look(site));

/** The cause that a rejected look speaks for most: the feature that is furthest from what a good part has. */
export function suspectOf(look: Look): number {
  let suspect: number = look.screwCount < SCREWS ? Verdict.Screw : Verdict.Bore;
  let worst = look.screwCount < SCREWS ? 2 : -1;
  for (let k = 0; k < FEATURES.length; k++) {
    const ratio = look.feature(k) / FEATURES[k].limit;
    if (ratio <= worst) continue;
    worst = ratio;
    suspect = SPEAKS_FOR[k];
  }
  return suspect === Verdict.WrongLid && look.edgeGap > NO_LID_MM ? Verdict.Cover : suspect;
}

const { Bore, Burr, Scratch, Screw, Seal, WrongLid } = Verdict;
/** By feature. Grey and contrast speak for nothing. */
const SPEAKS_FOR = [Bore, Burr, Scratch, Bore, Bore, Screw, Seal, WrongLid];
const NO_LID_MM = 3;

/** Two independent numbers from -1 to 1, from the halves of one hashed integer. */
const highSwing = (h: number): number => (h >>> 16) / 32767.5 - 1;
const lowSwing = (h: number): number => (h & 0xffff) / 32767.5 - 1;
const between = (low: number, high: number, value: number): number => Math.max(low, Math.min(high, value));

/** What stands out of a surface without a defect: mostly little, now and then more. */
const background = (least: number, linear: number, square: number, z: number): number =>
  least + linear * Math.abs(z) + square * z * z;

function defectOf(flags: number): number {
  if ((flags & Flag.NoCover) !== 0) return Verdict.Cover;
  if ((flags & Flag.WrongLid) !== 0) return Verdict.WrongLid;
  if ((flags & Flag.NoScrew) !== 0) return Verdict.Screw;
  if ((flags & Flag.SealTilted) !== 0) return Verdict.Seal;
  return (flags & Flag.Scratched) !== 0 ? Verdict.Scratch : Verdict.Burr;
}
