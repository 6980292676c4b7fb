import { f64, field, type ObjectField, record, u8 } from '#simulator/kernel/fields.ts';
import { HOUR } from '#simulator/kernel/time.ts';
import { Reason, REASONS } from './reasons.ts';
import type { Meter } from './station.ts';
import type { Unit } from './unit.ts';

/** Share of rated power while a unit is in standby (ISO 14955-1): controls and what must stay warm. */
const STANDBY_SHARE = 0.12;

/**
 * Power that follows the reason of a unit: a share of its rated power in each, and less while it waits in standby. Its
 * energy comes from the time ledger, share by share, so that a change of state costs nothing.
 */
export class StandingPower
  extends record({
    ratedKw: f64(),
    idlingShare: f64(),
    /** Energy until the rated power or a share last changed, and the weighted time then. In kW us, and us. */
    banked: f64(),
    weightedUs: f64(),
    isStandby: u8(),
  })
  implements Meter
{
  unit: Unit | undefined;
  /** Share of rated power that is drawn all the time while it works. */
  executingShare = 1;

  /** @param idlingShare below which no share falls that is not of work. */
  change(ratedKw: number, idlingShare: number, t: number): void {
    if (ratedKw === this.ratedKw && idlingShare === this.idlingShare) return;
    this.banked = this.energyAt(t);
    this.ratedKw = ratedKw;
    this.idlingShare = idlingShare;
    this.weightedUs = this.weightedUsAt(t);
  }

  /** Switches standby on (1) or off (0). */
  standBy(isStandby: number, t: number): void {
    this.banked = this.energyAt(t);
    this.isStandby = isStandby;
    this.weightedUs = this.weightedUsAt(t);
  }

  powerKw(): number {
    return this.unit === undefined ? 0 : this.ratedKw * this.share(this.unit.reason);
  }

  energyKwh(t: number): number {
    return this.energyAt(t) / HOUR;
  }

  private energyAt(t: number): number {
    return this.banked + this.ratedKw * (this.weightedUsAt(t) - this.weightedUs);
  }

  /** Time in each reason, times its share. */
  private weightedUsAt(t: number): number {
    let sum = 0;
    if (this.unit === undefined) return sum;
    const { ledger } = this.unit;
    for (let reason = 0; reason < REASONS.length; reason++) sum += this.share(reason) * ledger.timeInUs(reason, t);
    return sum;
  }

  /** Share of rated power in a reason, as things are set. */
  share(reason: number): number {
    if (reason === Reason.Executing) return this.executingShare;
    const isStandby = this.isStandby === 1 && (reason === Reason.Starved || reason === Reason.Blocked);
    return Math.max(isStandby ? STANDBY_SHARE : REASONS[reason].power, this.idlingShare);
  }
}

export const standingPower = (): ObjectField<StandingPower> => field((site) => new StandingPower(site));
