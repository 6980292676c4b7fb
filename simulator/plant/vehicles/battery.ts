import { f64, record } from '#simulator/kernel/fields.ts';
import { HOUR, NEVER } from '#simulator/kernel/time.ts';

/** What a new battery holds, in W h. */
const NEW_WH = 1800;
/** Drawn from the mains while it charges, and the share of it that arrives in the battery. */
const CHARGER_W = 1300;
const EFFICIENCY = 0.885;

/**
 * The battery of a vehicle. Its charge moves on straight lines until it is full or empty; what was drawn from the mains,
 * what was given away and the charge are added up apart: drawn x efficiency - given = change of charge.
 */
export class Battery extends record({
  /** What it can hold, against a new one: falls with age, which nobody sees but by how fast the charge falls. */
  health: f64(1),
  chargeWh: f64(NEW_WH),
  drawnWh: f64(),
  givenWh: f64(),
  /** Into the battery since then; negative out of it. */
  watts: f64(),
  sinceUs: f64(),
  /** When it will be full or empty at this flow. */
  endsUs: f64(),
}) {
  static readonly efficiency = EFFICIENCY;

  charge(t: number): void {
    this.flow(CHARGER_W * EFFICIENCY, t);
  }

  flow(watts: number, t: number): void {
    if (watts !== this.watts) this.change(watts, t);
  }

  private change(watts: number, t: number): void {
    const before = this.watts;
    const changeWh = this.changeWh(t);
    const chargeWh = this.chargeWh + changeWh;
    if (before > 0) this.drawnWh += changeWh / EFFICIENCY;
    else this.givenWh -= changeWh;
    this.chargeWh = chargeWh;
    this.watts = watts;
    this.sinceUs = t;
    const toEndWh = watts > 0 ? NEW_WH * this.health - chargeWh : -chargeWh;
    this.endsUs = watts === 0 ? NEVER : t + (toEndWh * HOUR) / watts;
  }

  /** Share of what a new one holds. What it holds now shrinks or grows with it, at the same percentage. */
  age(health: number, t: number): void {
    const { watts } = this;
    this.change(0, t);
    const keptWh = (this.chargeWh * health) / this.health;
    this.givenWh += this.chargeWh - keptWh;
    this.chargeWh = keptWh;
    this.health = health;
    this.change(watts, t);
  }

  percentAt(t: number): number {
    return Math.min(100, Math.max(0, (100 * this.chargeWhAt(t)) / this.capacityWh));
  }

  chargeWhAt(t: number): number {
    return this.chargeWh + this.changeWh(t);
  }

  /** From the mains. */
  drawnWhAt(t: number): number {
    return this.drawnWh + (this.watts > 0 ? this.changeWh(t) / EFFICIENCY : 0);
  }

  /** To drive, lift and compute, and lost with age. */
  givenWhAt(t: number): number {
    return this.givenWh - (this.watts > 0 ? 0 : this.changeWh(t));
  }

  /** From the mains, in kW. */
  chargerKwAt(t: number): number {
    return this.isCharging(t) ? CHARGER_W / 1000 : 0;
  }

  isCharging(t: number): boolean {
    return this.watts > 0 && t < this.endsUs;
  }

  /** When it will be full if it goes on charging. */
  fullUs(t: number): number {
    return t + Math.ceil(((this.capacityWh - this.chargeWhAt(t)) * HOUR) / (CHARGER_W * EFFICIENCY));
  }

  private get capacityWh(): number {
    return NEW_WH * this.health;
  }

  private changeWh(t: number): number {
    const { sinceUs } = this;
    return t > sinceUs ? (this.watts * (Math.min(t, this.endsUs) - sinceUs)) / HOUR : 0;
  }
}
