import { timer } from '#simulator/kernel/calendar.ts';
import { integral } from '#simulator/kernel/closed-form.ts';
import { f64, record, u32, u8 } from '#simulator/kernel/fields.ts';
import { seconds, SECOND } from '#simulator/kernel/time.ts';
import { addConsumer, steady } from './meters.ts';
import type { PlantSite } from './station.ts';

const LOADED_KW = 7.4;
const UNLOADED_KW = 2.1;
/** Free air delivered under load, in l/s, and the receiver in litres: 1 bar in it is as many litres of free air. */
const DELIVERS = 19;
const RECEIVER_L = 900;
/** How long it trusts what it has seen of the demand. */
const LOOK_US = seconds(60);

/**
 * A screw compressor with load/unload control. Pressure moves on straight lines; the demand of the line is looked at when
 * the compressor switches, and once a minute at least.
 */
export class Compressor extends record({
  isLoaded: u8(1),
  starts: u32(),
  demand: f64(),
  pressure: f64(7.2),
  sinceUs: f64(),
  power: integral(),
  loadedTime: integral(),
  look: timer(),
}) {
  constructor(
    site: PlantSite,
    private readonly limits: () => { readonly low: number; readonly high: number },
    private readonly demandNow: (t: number) => number,
  ) {
    super(site);
    addConsumer(site.station, steady(this.power));
    this.look.connect(site.station, (_, t) => this.decide(t));
  }

  /** Pressure in bar above ambient. */
  pressureAt(t: number): number {
    return this.pressure + (this.barPerSecond * (t - this.sinceUs)) / SECOND;
  }

  decide(t: number): void {
    this.pressure = Math.max(0, this.pressureAt(t));
    this.sinceUs = t;
    const { low, high } = this.limits();
    if (this.pressure >= high - 1e-6) this.isLoaded = 0;
    else if (this.pressure <= low + 1e-6 && this.isLoaded === 0) {
      this.isLoaded = 1;
      this.starts += 1;
    }
    this.power.flow(this.isLoaded === 1 ? LOADED_KW : UNLOADED_KW, t);
    this.loadedTime.flow(this.isLoaded, t);
    this.demand = this.demandNow(t);
    const wayBar = (this.isLoaded === 1 ? high : low) - this.pressure;
    const rate = this.barPerSecond;
    const switchUs = wayBar * rate > 0 ? Math.ceil((wayBar / rate) * SECOND) : LOOK_US;
    this.look.at(t + Math.min(LOOK_US, Math.max(switchUs, SECOND)));
  }

  private get barPerSecond(): number {
    return ((this.isLoaded === 1 ? DELIVERS : 0) - this.demand) / RECEIVER_L;
  }
}
