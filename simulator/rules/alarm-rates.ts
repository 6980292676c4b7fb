import { record, type Site } from '#simulator/kernel/fields.ts';
import { MINUTE } from '#simulator/kernel/time.ts';

/** The rate of change is taken over so many looks: a minute, if the alarms look every 5 s. */
const LOOKS = 12;

/** What alarms on a rate of change (OPC 10000-9, 5.8.21) remember: the last values of each, in the slab. */
export class AlarmRates extends record({}) {
  private readonly valuesAt: number;
  private readonly takenAt: number;

  constructor(site: Site, places: number) {
    super(site);
    this.valuesAt = site.kernel.layout.take('f64', places * LOOKS, `${site.path}.values`);
    this.takenAt = site.kernel.layout.take('u32', places, `${site.path}.taken`);
  }

  /** Takes a value; the change per minute over the last looks, NaN until there are so many and while one is unknown. */
  take(place: number, value: number, everyUs: number): number {
    const taken = this.u32[this.takenAt + place]++;
    const at = this.valuesAt + place * LOOKS + (taken % LOOKS);
    const before = this.f64[at];
    this.f64[at] = value;
    return taken < LOOKS ? NaN : ((value - before) * MINUTE) / (LOOKS * everyUs);
  }

  forget(place: number): void {
    const at = this.valuesAt + place * LOOKS;
    this.f64.fill(0, at, at + LOOKS);
    this.u32[this.takenAt + place] = 0;
  }
}
