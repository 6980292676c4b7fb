import { record, type Site } from '#simulator/kernel/fields.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { MINUTE } from '#simulator/kernel/time.ts';

/** The rate of change is taken over so many looks: a minute, if the alarms look every 5 s. */
const LOOKS = 12;
const MOST_RATES = 8;
const NOBODY = 0;

/** What alarms on a rate of change (OPC 10000-9, 5.8.21) remember: the last values of a few of them, in the slab. */
export class AlarmRates extends record({}) {
  private readonly valuesAt: number;
  private readonly takenAt: number;
  /** The place of the alarm that each row belongs to, from 1. */
  private readonly ownersAt: number;

  constructor(site: Site) {
    super(site);
    const { layout } = site.kernel;
    this.valuesAt = layout.take('f64', MOST_RATES * LOOKS, `${site.path}.values`);
    this.takenAt = layout.take('u32', MOST_RATES, `${site.path}.taken`);
    this.ownersAt = layout.take('u8', MOST_RATES, `${site.path}.owners`);
  }

  /** Refuses another alarm on a rate of change if there are `count` already. */
  static refuseMany(count: number): void {
    if (count < MOST_RATES) return;
    const hint = 'Remove one of them, or watch the value itself.';
    throw new Refusal(`There are ${count} alarms on a rate of change already.`, hint, 'out_of_range');
  }

  /** Takes a value; the change per minute over the last looks, NaN until there are so many and while one is unknown. */
  take(place: number, value: number, everyUs: number): number {
    const row = this.rowOf(place);
    const taken = this.u32[this.takenAt + row]++;
    const at = this.valuesAt + row * LOOKS + (taken % LOOKS);
    const before = this.f64[at];
    this.f64[at] = value;
    return taken < LOOKS ? NaN : ((value - before) * MINUTE) / (LOOKS * everyUs);
  }

  forget(place: number): void {
    const row = this.find(place + 1);
    if (row >= 0) this.give(row, NOBODY);
  }

  private rowOf(place: number): number {
    const row = this.find(place + 1);
    if (row >= 0) return row;
    const free = this.find(NOBODY);
    this.give(free, place + 1);
    return free;
  }

  private find(owner: number): number {
    for (let row = 0; row < MOST_RATES; row++) if (this.u8[this.ownersAt + row] === owner) return row;
    return -1;
  }

  private give(row: number, owner: number): void {
    const at = this.valuesAt + row * LOOKS;
    this.f64.fill(0, at, at + LOOKS);
    this.u32[this.takenAt + row] = 0;
    this.u8[this.ownersAt + row] = owner;
  }
}
