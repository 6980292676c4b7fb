import { type Noise, noise } from '#simulator/kernel/closed-form.ts';
import { f64, field, type ObjectField, record, u32 } from '#simulator/kernel/fields.ts';
import type { Curve } from '#simulator/plant/capture.ts';
import { text } from '#simulator/plant/texts.ts';

/** Stroke of the ram in mm: where the bearing meets the bore, where it is straight in it, and where the ram turns. */
const CONTACT_MM = 60.48;
const ENTERED_MM = 62;
export const END_MM = 84;
/** Where the bearing of a nominal part meets its shoulder. */
export const SEAT_MM = 83.6;
/** Distances at which force is read: in the middle, and at both ends of the stretch whose slope is taken. */
const MID_MM = 75;
const SLOPE_MM = [66, 80] as const;
/** Friction of the guide at contact in kN, and stiffness of press and part once the bearing sits, in kN/mm. */
const GUIDE_KN = 0.06;
const SEATED_KN_MM = 12;
/** Part of the peak that a nominal part takes after its seat. */
export const SEATING_KN = SEATED_KN_MM * (END_MM - SEAT_MM);
/** Force when the bearing has entered, as a share of that at the seat. */
const ENTRY = 0.16;
/** What a bearing that stands quite askew takes more: it bites at first, then is drawn straight and seats too early. */
const ASKEW_KN = { entered: 1.5, low: 4, mid: 2, high: 1, seat: 0.5 } as const;
export const ASKEW_SEAT_MM = 0.5;
/** Roughness of the bore, as a share of the force: standard deviation of each rise, with an equal dip after it. */
const ROUGHNESS = 0.02;
/** Numbers of the noise that belong to one serial: the first ones are roughness. */
export const LUCK_PER_SERIAL = 16;
/** What is left of the peak at the end of the dwell. */
export const DWELL_LEFT = 0.92;

/**
 * How one bearing goes in: force over distance. Straight lines between contact, entry, press-in, seat and end, so that
 * peak, slope and work have closed forms; the roughness of the bore on top of them has no effect on these.
 */
export class Fit extends record({
  /** Force in kN that press-in reaches at the nominal seat. */
  pressInKn: f64(),
  /** 0 straight, 1 quite askew. */
  askew: f64(),
  seatMm: f64(END_MM),
  /** Through the seal and the pores of the part, in mL/min at ambient pressure. */
  leakRate: f64(),
  /** Time that the whole cycle takes. */
  cycleUs: f64(),
  serial: u32(),
}) {
  take({ pressInKn, askew, seatMm, leakRate, cycleUs, serial }: Fit): void {
    this.pressInKn = pressInKn;
    this.askew = askew;
    this.seatMm = seatMm;
    this.leakRate = leakRate;
    this.cycleUs = cycleUs;
    this.serial = serial;
  }

  /** Highest force in kN, at the end of the stroke. */
  get peakKn(): number {
    return this.level(this.seatMm, ASKEW_KN.seat) + SEATED_KN_MM * (END_MM - this.seatMm);
  }

  /** Force in kN at 75 mm. */
  get midKn(): number {
    return this.level(MID_MM, ASKEW_KN.mid);
  }

  /** Mean slope of press-in from 66 to 80 mm, in kN/mm. */
  get slope(): number {
    const [low, high] = SLOPE_MM;
    return (this.level(high, ASKEW_KN.high) - this.level(low, ASKEW_KN.low)) / (high - low);
  }

  /** Area under the curve up to the end of the stroke: kN mm is J. */
  get workJ(): number {
    const { seatMm } = this;
    const [low, high] = SLOPE_MM;
    const entered = this.level(ENTERED_MM, ASKEW_KN.entered);
    const [atLow, atMid] = [this.level(low, ASKEW_KN.low), this.midKn];
    const [atHigh, atSeat] = [this.level(high, ASKEW_KN.high), this.level(seatMm, ASKEW_KN.seat)];
    const twice =
      CONTACT_MM * GUIDE_KN +
      (ENTERED_MM - CONTACT_MM) * (GUIDE_KN + entered) +
      (low - ENTERED_MM) * (entered + atLow) +
      (MID_MM - low) * (atLow + atMid) +
      (high - MID_MM) * (atMid + atHigh) +
      (seatMm - high) * (atHigh + atSeat) +
      (END_MM - seatMm) * (atSeat + this.peakKn);
    return twice / 2;
  }

  /** Force in kN on the way down. */
  forceKn(mm: number, luck: Noise): number {
    if (mm <= CONTACT_MM || mm >= this.seatMm) return this.smoothKn(mm);
    const low = Math.floor(mm);
    const rough = this.roughAt(low, luck) * (low + 1 - mm) + this.roughAt(low + 1, luck) * (mm - low);
    return this.smoothKn(mm) + ROUGHNESS * this.pressInKn * rough;
  }

  /** The curve as it was taken: down to the end, and the dwell there. */
  curve(luck: Noise): Curve {
    const grid = Array.from({ length: 31 }, (_, k) => 2 * k);
    for (let mm = 60.25; mm <= END_MM; mm += 0.25) grid.push(mm);
    const distances = [...grid, CONTACT_MM, this.seatMm].sort((a, b) => a - b);
    const forces = distances.map((mm) => this.forceKn(mm, luck));
    const dwell = [0.25, 0.5, 0.75, 1].map((share) => this.peakKn * (1 - (1 - DWELL_LEFT) * share));
    return {
      kind: 'curve',
      x: {
        unit: 'mm',
        ...text('Distance of the ram', 'Stämpelns väg'),
        values: Float64Array.of(...distances, ...dwell.map(() => END_MM)),
      },
      y: { unit: 'kN', ...text('Press force', 'Presskraft'), values: Float64Array.of(...forces, ...dwell) },
    };
  }

  private smoothKn(mm: number): number {
    const { seatMm } = this;
    const [low, high] = SLOPE_MM;
    if (mm <= CONTACT_MM) return (GUIDE_KN * mm) / CONTACT_MM;
    const entered = this.level(ENTERED_MM, ASKEW_KN.entered);
    if (mm <= ENTERED_MM) return between(mm, CONTACT_MM, GUIDE_KN, ENTERED_MM, entered);
    const atLow = this.level(low, ASKEW_KN.low);
    if (mm <= low) return between(mm, ENTERED_MM, entered, low, atLow);
    if (mm <= MID_MM) return between(mm, low, atLow, MID_MM, this.midKn);
    const atHigh = this.level(high, ASKEW_KN.high);
    if (mm <= high) return between(mm, MID_MM, this.midKn, high, atHigh);
    const atSeat = this.level(seatMm, ASKEW_KN.seat);
    if (mm <= seatMm) return between(mm, high, atHigh, seatMm, atSeat);
    return atSeat + SEATED_KN_MM * (mm - seatMm);
  }

  /** Force of press-in at a distance, where being askew adds `askewKn`. */
  private level(mm: number, askewKn: number): number {
    const share = ENTRY + ((1 - ENTRY) * (mm - ENTERED_MM)) / (SEAT_MM - ENTERED_MM);
    return this.pressInKn * share + askewKn * this.askew;
  }

  /** At whole mm: rise and dip in pairs between the distances that are read, and nothing at these. */
  private roughAt(mm: number, luck: Noise): number {
    const [low, high] = SLOPE_MM;
    const first = mm > low && mm < MID_MM ? low + 1 : mm > MID_MM && mm < high ? MID_MM + 1 : NaN;
    if (!(mm >= first)) return 0;
    const pair = (first === low + 1 ? 0 : 4) + Math.floor((mm - first) / 2);
    const rise = luck.at(LUCK_PER_SERIAL * this.serial + pair);
    return (mm - first) % 2 === 0 ? rise : -rise;
  }
}

const between = (x: number, x0: number, y0: number, x1: number, y1: number): number =>
  y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);

export const fit = (): ObjectField<Fit> => field((site) => new Fit(site));
/** One number per index: see `LUCK_PER_SERIAL`. */
export const pressLuck = (): ObjectField<Noise> => noise(1);
