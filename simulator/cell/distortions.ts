import { noise } from '#simulator/kernel/closed-form.ts';
import { record, type Site, u8 } from '#simulator/kernel/fields.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { HOUR, SECOND } from '#simulator/kernel/time.ts';
import { type Distortion, DISTORTIONS, mixUp } from '#simulator/plant/faults/signal-faults.ts';
import type { Sample } from './sample.ts';
import { type CellSignal, rounded, sampleAt } from './sampling.ts';

const PLACES = 6;
const STOP_BEYOND = 0.05;
const [NONE, BIAS, DRIFT, GAIN, STUCK, NOISE, DROPOUT, OUT_OF_RANGE, RATIO, UNIT, FROZEN_TIME, SKEW, DUPLICATES] =
  DISTORTIONS.keys();

/** What sensors make of the truth: a few faults at a time, each of one signal. The truth itself stays as it is. */
export class Distortions extends record({ active: u8(), luck: noise(1) }) {
  private readonly whatAt: number;
  private readonly signalAt: number;
  private readonly sinceAt: number;
  private readonly amountAt: number;
  private readonly heldAt: number;

  constructor(site: Site) {
    super(site);
    const { layout } = site.kernel;
    this.whatAt = layout.take('u8', PLACES, `${site.path}.what`);
    this.signalAt = layout.take('u32', PLACES, `${site.path}.signal`);
    this.sinceAt = layout.take('f64', PLACES, `${site.path}.sinceUs`);
    this.amountAt = layout.take('f64', PLACES, `${site.path}.amount`);
    this.heldAt = layout.take('f64', PLACES, `${site.path}.held`);
  }

  begin(signal: CellSignal, { what, amount }: Distortion, t: number): void {
    const place = this.find(NONE, 0);
    if (place < 0) {
      const hint = 'Let one end before another begins.';
      throw new Refusal(`There are ${PLACES} faults of sensors already.`, hint);
    }
    if (what === DISTORTIONS[UNIT] && mixUp(signal.unit, amount) === undefined) {
      const hint = 'Choose another unit, or another signal.';
      throw new Refusal(`${signal.path} is in "${signal.unit}", which is not mixed up with that.`, hint, 'wrong_unit');
    }
    const held = this.sampleOf(signal, t).value;
    this.u8[this.whatAt + place] = DISTORTIONS.findIndex((each) => each === what);
    this.u32[this.signalAt + place] = signal.index;
    this.f64[this.sinceAt + place] = t;
    this.f64[this.amountAt + place] = amount;
    this.f64[this.heldAt + place] = held;
    this.active += 1;
  }

  end(signal: CellSignal, what: string): void {
    const place = this.find(
      DISTORTIONS.findIndex((each) => each === what),
      signal.index,
    );
    if (place < 0) throw new Refusal(`${signal.path} has no fault "${what}".`, 'Let it begin first.');
    this.u8[this.whatAt + place] = NONE;
    this.u32[this.signalAt + place] = 0;
    this.active -= 1;
  }

  /** The newest sample of a signal at t. */
  sampleAt(signal: CellSignal, t: number): Sample {
    return this.sampleOf(signal, sampleAt(signal, t).tUs);
  }

  private sampleOf(signal: CellSignal, tUs: number): Sample {
    const { index, range, unit } = signal;
    let { resolution } = signal;
    const [low, high] = range;
    const within = (shown: number): number => Math.min(high, Math.max(low, shown));
    let value = rounded(signal.at(tUs), resolution);
    let more: Omit<Sample, 'tUs' | 'value'> | undefined;
    for (let place = 0; place < PLACES; place++) {
      if (this.u32[this.signalAt + place] !== index) continue;
      const sinceUs = this.f64[this.sinceAt + place];
      const amount = this.f64[this.amountAt + place];
      const held = this.f64[this.heldAt + place];
      switch (this.u8[this.whatAt + place]) {
        case BIAS:
          value = within(value + amount);
          break;
        case DRIFT:
          value = within(value + (amount * (tUs - sinceUs)) / HOUR);
          break;
        case GAIN:
          value = within(value * amount);
          break;
        case STUCK:
          value = held;
          break;
        case NOISE:
          value = within(value + amount * this.luck.at(tUs * PLACES + place));
          break;
        case DROPOUT:
          return {
            tUs: sinceUs,
            value: held,
            status: amount === 1 ? 'UncertainLastUsableValue' : 'BadNoCommunication',
          };
        case OUT_OF_RANGE:
          value = amount < 0 ? low - STOP_BEYOND * (high - low) : high + STOP_BEYOND * (high - low);
          more = { ...more, status: 'UncertainEngineeringUnitsExceeded' };
          break;
        // A total goes on from what it showed; a power is shown in proportion.
        case RATIO:
          value = within(unit === 'kWh' ? held + amount * (value - held) : value * amount);
          break;
        case UNIT: {
          const { factor, offset } = mixUp(unit, amount) ?? { factor: 1, offset: 0 };
          value = value * factor + offset;
          resolution *= Math.min(1, factor);
          break;
        }
        case FROZEN_TIME:
          more = { ...more, stampUs: sinceUs };
          break;
        case SKEW:
          more = { ...more, stampUs: (more?.stampUs ?? tUs) + amount * SECOND };
          break;
        case DUPLICATES:
          more = { ...more, copies: 2 };
          break;
      }
    }
    return { tUs, value: rounded(value, resolution), ...more };
  }

  private find(what: number, signal: number): number {
    for (let place = 0; place < PLACES; place++) {
      if (this.u8[this.whatAt + place] === what && this.u32[this.signalAt + place] === signal) return place;
    }
    return -1;
  }
}
