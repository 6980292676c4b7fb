import { f64, record, type Site, u32, u8 } from '#simulator/kernel/fields.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { NEVER } from '#simulator/kernel/time.ts';
import type { AlarmPlan, AlarmSettings } from './alarm-plan.ts';

/** States of an alarm (ISA-18.2-2016, 6.2.5, figure 3; letters as there). The last three set it aside. */
export const AlarmState = {
  /** A. */
  Normal: 1,
  /** B: active and not acknowledged. */
  Unacknowledged: 2,
  /** C: active and acknowledged. */
  Acknowledged: 3,
  /** D: back to normal, not acknowledged. */
  Returned: 4,
  /** G: set aside by an operator for a while. */
  Shelved: 5,
  /** F: set aside by design. */
  Suppressed: 6,
  /** H: switched off. */
  OutOfService: 7,
} as const;

const { Normal, Unacknowledged, Acknowledged, Returned, Shelved, Suppressed, OutOfService } = AlarmState;

const WHAT = [
  '',
  ...['normal', 'active and not acknowledged', 'active and acknowledged', 'back to normal and not acknowledged'],
  ...['shelved', 'suppressed', 'out of service'],
];

/** One alarm: its settings, and how far it has come, as numbers in the slab. */
export class Alarm extends record({
  state: u8(OutOfService),
  priority: u8(),
  limit: f64(),
  deadband: f64(),
  onDelayUs: f64(),
  offDelayUs: f64(),
  /** Since when the signal has been on the other side without a break. */
  crossedUs: f64(NEVER),
  shelvedUntilUs: f64(),
  raised: u32(),
}) {
  constructor(
    site: Site,
    readonly plan: AlarmPlan,
  ) {
    super(site);
    site.kernel.initially(() => this.set(plan));
  }

  get isEnabled(): boolean {
    return this.state !== OutOfService;
  }

  get isActive(): boolean {
    return this.state === Unacknowledged || this.state === Acknowledged;
  }

  get isUnacknowledged(): boolean {
    return this.state === Unacknowledged || this.state === Returned;
  }

  get settings(): AlarmSettings {
    const { limit, deadband, onDelayUs, offDelayUs, priority, isEnabled } = this;
    return { limit, deadband, onDelayUs, offDelayUs, priority, enabled: isEnabled };
  }

  set({ limit, deadband, onDelayUs, offDelayUs, priority, enabled }: AlarmSettings): void {
    Object.assign(this, { limit, deadband, onDelayUs, offDelayUs, priority });
    if (enabled !== this.isEnabled) this.enter(enabled ? Normal : OutOfService);
  }

  /**
   * One look at t. `excess` is how far the signal is beyond the limit; NaN, unknown, changes nothing. While it is set
   * aside nothing is raised, and its delays count anew afterwards.
   */
  look(excess: number, isSuppressed: boolean, t: number): 'raised' | 'returned' | undefined {
    if (this.state === Shelved && t < this.shelvedUntilUs) return undefined;
    if (this.state === Shelved || (this.state === Suppressed && !isSuppressed)) this.enter(Normal);
    if (isSuppressed) {
      this.enter(Suppressed);
      return undefined;
    }
    const { isActive } = this;
    if (!(isActive ? excess <= -this.deadband : excess > 0)) {
      this.crossedUs = NEVER;
      return undefined;
    }
    this.crossedUs = Math.min(this.crossedUs, t);
    if (t - this.crossedUs < (isActive ? this.offDelayUs : this.onDelayUs)) return undefined;
    if (isActive) {
      this.enter(this.state === Acknowledged ? Normal : Returned);
      return 'returned';
    }
    this.enter(Unacknowledged);
    this.raised += 1;
    return 'raised';
  }

  acknowledge(): void {
    this.demand(this.isUnacknowledged, 'acknowledged');
    const crossedUs = this.crossedUs;
    this.enter(this.state === Unacknowledged ? Acknowledged : Normal);
    this.crossedUs = crossedUs;
  }

  shelve(untilUs: number): void {
    this.demand(this.state !== Shelved && this.isEnabled, 'shelved');
    this.enter(Shelved);
    this.shelvedUntilUs = untilUs;
  }

  unshelve(): void {
    this.demand(this.state === Shelved, 'unshelved');
    this.enter(Normal);
  }

  private enter(state: number): void {
    this.state = state;
    this.crossedUs = NEVER;
    this.shelvedUntilUs = 0;
  }

  private demand(allowed: boolean, what: string): void {
    if (allowed) return;
    const { id } = this.plan;
    const hint = this.isEnabled ? 'Look at its state first.' : 'Enable it first, by Configure.';
    throw new Refusal(`${id} is ${WHAT[this.state]} and cannot be ${what}.`, hint);
  }
}
