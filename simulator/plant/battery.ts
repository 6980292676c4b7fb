import { f64, record } from '#simulator/kernel/fields.ts';
import { HOUR } from '#simulator/kernel/time.ts';

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
}) {
  static readonly efficiency = EFFICIENCY;

  charge(t: number): void {
    this.flow(CHARGER_W * EFFICIENCY, t);
  }

  flow(watts: number, t: number): void {
    const changeWh = this.changeWh(t);
    if (this.watts > 0) this.drawnWh += changeWh / EFFICIENCY;
    else this.givenWh -= changeWh;
    this.chargeWh += changeWh;
    this.watts = watts;
    this.sinceUs = t;
  }

  /** Share of what a new one holds. What it holds now shrinks or grows with it, at the same percentage. */
  age(health: number, t: number): void {
    this.flow(this.watts, t);
    const keptWh = (this.chargeWh * health) / this.health;
    this.givenWh += this.chargeWh - keptWh;
    this.chargeWh = keptWh;
    this.health = health;
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
    return this.watts > 0 && t < this.sinceUs + this.lastsUs;
  }

  /** When it will be full if it goes on charging. */
  fullUs(t: number): number {
    return t + Math.ceil(((this.capacityWh - this.chargeWhAt(t)) * HOUR) / (CHARGER_W * EFFICIENCY));
  }

  private get capacityWh(): number {
    return NEW_WH * this.health;
  }

  /** How long from `sinceUs` on the present flow lasts: until full or empty. */
  private get lastsUs(): number {
    if (this.watts > 0) return ((this.capacityWh - this.chargeWh) * HOUR) / this.watts;
    return this.watts < 0 ? (-this.chargeWh * HOUR) / this.watts : Infinity;
  }

  private changeWh(t: number): number {
    return (this.watts * Math.min(t - this.sinceUs, this.lastsUs)) / HOUR;
  }
}
