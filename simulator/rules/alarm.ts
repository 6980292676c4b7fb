import { f64, record, type Site, u32, u8 } from '#simulator/kernel/fields.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { NEVER } from '#simulator/kernel/time.ts';
import type { AlarmPlan, AlarmSettings } from './alarm-plan.ts';

/** States of an alarm (ISA-18.2-2016, 6.2.5, figure 3). */
export const AlarmState = {
  /** There is no alarm at this place. */
  None: 0,
  Normal: 1,
  /** Active and not acknowledged. */
  Unacknowledged: 2,
  /** Active and acknowledged. */
  Acknowledged: 3,
  /** Back to normal, not acknowledged. */
  Returned: 4,
  /** Set aside by an operator for a while. */
  Shelved: 5,
  /** Set aside by design. */
  Suppressed: 6,
  /** Switched off. */
  OutOfService: 7,
  /** The signal came back, and the alarm stays until it is reset. */
  LatchedUnacknowledged: 8,
  LatchedAcknowledged: 9,
} as const;

/** A shelving for one time ends when the signal comes back after it was beyond the limit. */
const OneShot = { No: 0, Waiting: 1, Beyond: 2 } as const;

const { None, Normal, Unacknowledged, Acknowledged, Returned, Shelved, Suppressed, OutOfService } = AlarmState;
const { LatchedUnacknowledged, LatchedAcknowledged } = AlarmState;

const WHAT = [
  '',
  ...['normal', 'active and not acknowledged', 'active and acknowledged', 'back to normal and not acknowledged'],
  ...['shelved', 'suppressed', 'out of service', 'latched and not acknowledged', 'latched and acknowledged'],
];

/** Where the plan of an alarm stands that was created while the cell runs: in the command that created it. */
type PlanSource = (source: number) => AlarmPlan;

/** One alarm: its settings, and how far it has come, as numbers in the slab. */
export class Alarm extends record({
  state: u8(),
  /** Number of the command that created it, 0 if it is of the definition. */
  source: u32(),
  priority: u8(),
  latching: u8(),
  limit: f64(),
  deadband: f64(),
  onDelayUs: u32(),
  offDelayUs: u32(),
  /** Since when the signal has been on the other side without a break. */
  crossedUs: f64(NEVER),
  shelvedUntilUs: f64(),
  maxShelfUs: f64(),
  /** Whether its signal had no usable value when it last looked (Quality of OPC 10000-9, 5.5.2). */
  isUnsure: u8(),
  /** When it last looked with nothing under way: while its signal does not change nothing will be. */
  calmUs: f64(-1),
  /** How far a shelving for one time has come: see `OneShot`. */
  oneShot: u8(),
  raised: u32(),
  /** Whether someone has confirmed that what was to be done is done (OPC 10000-9, 5.7.4). */
  isConfirmed: u8(1),
  /** When the newest comment was given: at that instant the log has the command that holds it. */
  commentedUs: f64(NEVER),
  /** How often something was told of it, and when the last time. */
  changes: u32(),
  changedUs: f64(),
}) {
  /** @param fixed its plan, if it is of the definition: then it is always there */
  constructor(
    site: Site,
    private readonly fixed: AlarmPlan | undefined,
    private readonly created: PlanSource,
  ) {
    super(site);
    if (fixed === undefined) return;
    site.kernel.initially(() => {
      this.state = OutOfService;
      this.set(fixed);
    });
  }

  /** Only of an alarm that is there. */
  get plan(): AlarmPlan {
    return this.fixed ?? this.created(this.source);
  }

  get isThere(): boolean {
    return this.state !== None;
  }

  get isOfDefinition(): boolean {
    return this.fixed !== undefined;
  }

  get isEnabled(): boolean {
    return this.state !== OutOfService && this.state !== None;
  }

  get isActive(): boolean {
    return this.isBeyond || this.isLatched;
  }

  get isUnacknowledged(): boolean {
    return this.state === Unacknowledged || this.state === Returned || this.state === LatchedUnacknowledged;
  }

  private get isBeyond(): boolean {
    return this.state === Unacknowledged || this.state === Acknowledged;
  }

  private get isLatched(): boolean {
    return this.state === LatchedUnacknowledged || this.state === LatchedAcknowledged;
  }

  get settings(): AlarmSettings {
    const { limit, deadband, onDelayUs, offDelayUs, priority, isEnabled, latching, maxShelfUs } = this;
    const times = { onDelayUs, offDelayUs, maxShelfUs };
    return { limit, deadband, ...times, priority, enabled: isEnabled, latching: latching === 1 };
  }

  create(source: number, plan: AlarmPlan): void {
    this.source = source;
    this.state = OutOfService;
    this.set(plan);
  }

  remove(): void {
    this.enter(None);
    this.source = this.raised = this.changes = this.isUnsure = 0;
    this.isConfirmed = 1;
    this.commentedUs = NEVER;
  }

  set({ limit, deadband, onDelayUs, offDelayUs, maxShelfUs, priority, latching, enabled }: AlarmSettings): void {
    Object.assign(this, { limit, deadband, onDelayUs, offDelayUs, maxShelfUs, priority, latching: latching ? 1 : 0 });
    this.calmUs = -1;
    if (enabled === this.isEnabled) return;
    this.enter(enabled ? Normal : OutOfService);
    this.isConfirmed = 1;
  }

  /**
   * One look at t. `excess` is how far the signal is beyond the limit; NaN, unknown, changes nothing. While it is set
   * aside nothing is raised, and its delays count anew afterwards.
   */
  look(excess: number, isSuppressed: boolean, t: number): 'raised' | 'returned' | undefined {
    if (this.state === Shelved && t < this.shelvedUntilUs && !this.isOnceOver(excess)) return undefined;
    if (this.state === Shelved || (this.state === Suppressed && !isSuppressed)) this.enter(Normal);
    if (isSuppressed) {
      this.enter(Suppressed);
      return undefined;
    }
    const { isBeyond } = this;
    if (!(isBeyond ? excess <= -this.deadband : excess > 0)) {
      this.crossedUs = NEVER;
      this.calmUs = t;
      return undefined;
    }
    this.crossedUs = Math.min(this.crossedUs, t);
    if (t - this.crossedUs < (isBeyond ? this.offDelayUs : this.onDelayUs)) return undefined;
    if (isBeyond) {
      this.enter(this.afterwards);
      return 'returned';
    }
    this.enter(Unacknowledged);
    this.isConfirmed = 0;
    this.raised += 1;
    return 'raised';
  }

  acknowledge(): void {
    this.demand(this.isUnacknowledged, 'acknowledged');
    const crossedUs = this.crossedUs;
    if (this.state === LatchedUnacknowledged) this.enter(LatchedAcknowledged);
    else this.enter(this.state === Unacknowledged ? Acknowledged : Normal);
    this.crossedUs = crossedUs;
  }

  /** Lets go of an alarm that latches, once its signal has come back. */
  reset(): void {
    this.demand(this.isLatched, 'reset');
    this.enter(this.state === LatchedAcknowledged ? Normal : Returned);
  }

  confirm(): void {
    this.demand(!this.isUnacknowledged && this.isConfirmed === 0, 'confirmed');
    this.isConfirmed = 1;
  }

  /** @param once whether it comes back by itself after the signal was beyond the limit once */
  shelve(untilUs: number, once = false): void {
    this.demand(this.state !== Shelved && this.isEnabled, 'shelved');
    const wasActive = this.isActive;
    this.enter(Shelved);
    this.isConfirmed = 1;
    this.shelvedUntilUs = untilUs;
    if (once) this.oneShot = wasActive ? OneShot.Beyond : OneShot.Waiting;
  }

  unshelve(): void {
    this.demand(this.state === Shelved, 'unshelved');
    this.enter(Normal);
  }

  /** To be called before something is told of it. */
  note(t: number, isCommented = false): void {
    this.changes += 1;
    this.changedUs = t;
    if (isCommented) this.commentedUs = t;
  }

  private isOnceOver(excess: number): boolean {
    if (this.oneShot === OneShot.Waiting && excess > 0) this.oneShot = OneShot.Beyond;
    return this.oneShot === OneShot.Beyond && excess <= -this.deadband;
  }

  /** The state once the signal has come back. */
  private get afterwards(): number {
    const isAcknowledged = this.state === Acknowledged;
    if (this.latching === 1) return isAcknowledged ? LatchedAcknowledged : LatchedUnacknowledged;
    return isAcknowledged ? Normal : Returned;
  }

  private enter(state: number): void {
    this.calmUs = -1;
    this.state = state;
    this.crossedUs = NEVER;
    this.shelvedUntilUs = 0;
    this.oneShot = OneShot.No;
  }

  private demand(allowed: boolean, what: string): void {
    if (allowed) return;
    const { id } = this.plan;
    const hint = this.isEnabled ? 'Look at its state first.' : 'Enable it first, by Configure.';
    throw new Refusal(`${id} is ${WHAT[this.state]} and cannot be ${what}.`, hint);
  }
}
