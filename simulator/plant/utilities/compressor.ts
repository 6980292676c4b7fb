import { timer } from '#simulator/kernel/calendar.ts';
import { integral } from '#simulator/kernel/closed-form.ts';
import { f64, record, u32, u8 } from '#simulator/kernel/fields.ts';
import { HOUR, seconds, SECOND } from '#simulator/kernel/time.ts';
import { addConsumer, steady } from '#simulator/plant/meters.ts';
import type { PlantSite } from '#simulator/plant/station.ts';
import { type AirConsumers, leakLps } from './air-network.ts';

/** Under load at 7 bar(g); each bar more or less takes 7 % more or less (rule of CAGI and VDMA 4370 for screw compressors). */
const LOADED_KW = 7.4;
const PER_BAR = 0.07;
const UNLOADED_KW = 2.1;
/** Free air delivered under load: 19 l/s with 7.4 kW are 6.5 kW/(m3/min). */
const DELIVERS_LPS = 19;
/** How near to a limit it switches. */
const NEAR_BAR = 0.015;
/** How soon it looks again at the least, and at the most where no limit comes nearer. */
const SOONEST_US = seconds(2);
const LATEST_US = seconds(300);
/** Shares of the highest demand that it reckons with, so that a line that stops or starts does not surprise it by much. */
const QUIET = 0.5;
const BUSY = 0.8;
/** How much of what it sees of the demand is news. */
const NEWS = 0.3;

/** What the hall around a compressor sets. Pressures in bar above ambient, holes in mm, the receiver in litres. */
export interface AirSettings {
  readonly lowBar: number;
  readonly highBar: number;
  readonly receiverL: number;
  readonly leakMm: number;
  readonly naturalLeakMm: number;
  readonly air: AirConsumers;
}

/**
 * A screw compressor with load/unload control and its receiver. The pressure is the balance of what was delivered, drawn
 * and lost, at any time exact; leaks flow as at the pressure that was last looked at. It looks when the pressure should
 * have reached the limit at the demand that it knows, which takes two or three looks for each switch.
 */
export class Compressor extends record({
  isLoaded: u8(1),
  starts: u32(),
  pressure: f64(7.2),
  sinceUs: f64(),
  /** What the stations had drawn by then, and what they draw on average in l/s. */
  usedL: f64(),
  meanLps: f64(),
  leaked: integral(),
  power: integral(),
  loadedTime: integral(),
  look: timer(),
}) {
  constructor(
    site: PlantSite,
    private readonly hall: () => AirSettings,
  ) {
    super(site);
    addConsumer(site.station, steady(this.power));
    this.look.connect(site.station, (_, t) => this.decide(t));
  }

  /** Pressure in bar above ambient. A litre of free air in a receiver of a litre is one bar. */
  pressureAt(t: number): number {
    const { receiverL, air } = this.hall();
    const suppliedL = ((this.suppliesLps - this.leaked.rate) * (t - this.sinceUs)) / SECOND;
    return Math.max(0, this.pressure + (suppliedL - (air.usedL(t) - this.usedL)) / receiverL);
  }

  /** Free air that the stations take and that leaks, in l/s. */
  get flowLps(): number {
    return this.hall().air.lps + this.leaked.rate;
  }

  /** The same since the start, in m3. */
  usedM3(t: number): number {
    return (this.hall().air.usedL(t) + this.leaked.at(t) / SECOND) / 1000;
  }

  /** Energy for a cubic metre of free air delivered, since the start, in kWh. */
  specificKwh(t: number): number {
    const deliveredM3 = (DELIVERS_LPS * this.loadedTime.at(t)) / SECOND / 1000;
    return deliveredM3 > 0 ? this.power.at(t) / HOUR / deliveredM3 : 0;
  }

  decide(t: number): void {
    const { lowBar, highBar, receiverL, leakMm, naturalLeakMm, air } = this.hall();
    const pressure = this.pressureAt(t);
    this.learn(air.usedL(t), t);
    this.pressure = pressure;
    this.sinceUs = t;
    const high = Math.max(highBar, lowBar + 0.2);
    if (pressure >= high - NEAR_BAR) this.isLoaded = 0;
    else if (pressure <= lowBar + NEAR_BAR && this.isLoaded === 0) {
      this.isLoaded = 1;
      this.starts += 1;
    }
    const loadedKw = LOADED_KW * (1 + PER_BAR * ((lowBar + high) / 2 - 7));
    this.power.flow(this.isLoaded === 1 ? loadedKw : UNLOADED_KW, t);
    this.loadedTime.flow(this.isLoaded, t);
    this.leaked.flow(leakLps(leakMm, pressure) + leakLps(naturalLeakMm, pressure), t);
    const wayBar = (this.isLoaded === 1 ? high : lowBar) - pressure;
    this.look.at(t + this.lookInUs(wayBar * receiverL, air.mostLps));
  }

  /** How long the receiver takes to gain or lose so much, for all that is known. */
  private lookInUs(litres: number, mostLps: number): number {
    const { isLoaded, meanLps } = this;
    const expectedLps = isLoaded === 1 ? Math.min(meanLps, QUIET * mostLps) : Math.max(meanLps, BUSY * mostLps);
    const netLps = this.suppliesLps - this.leaked.rate - expectedLps;
    const inUs = litres * netLps > 0 ? Math.ceil((litres / netLps) * SECOND) : LATEST_US;
    return Math.min(LATEST_US, Math.max(SOONEST_US, inUs));
  }

  private learn(usedL: number, t: number): void {
    const elapsedUs = t - this.sinceUs;
    if (elapsedUs > 0) this.meanLps += NEWS * (((usedL - this.usedL) * SECOND) / elapsedUs - this.meanLps);
    this.usedL = usedL;
  }

  private get suppliesLps(): number {
    return this.isLoaded === 1 ? DELIVERS_LPS : 0;
  }
}
