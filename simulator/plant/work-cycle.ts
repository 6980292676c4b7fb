import { timer } from '#simulator/kernel/calendar.ts';
import { integral, relaxing } from '#simulator/kernel/closed-form.ts';
import { f64, field, type ObjectField, record, u32 } from '#simulator/kernel/fields.ts';
import { event } from '#simulator/kernel/journal.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { crewLink } from './crew.ts';
import { distribution } from './distribution.ts';
import { inlet, outlet, type Outlet } from './flow.ts';
import { choice, duration, quantity } from './parameters.ts';
import type { Parts } from './parts.ts';
import type { PlantSite, Station } from './station.ts';
import { Reason, unit } from './unit.ts';

const NONE = 0;
const WORKING = 0; // index of the word in `failureClock`
export const AMBIENT_C = 22;

/** Share of rated power, and of the rise above ambient temperature, for each reason in `Reason`. */
const POWER_SHARE = [0.35, 1, 0.4, 0.15, 0.1, 0.2, 0];
const HEAT_SHARE = [0.4, 1, 0.45, 0.1, 0.1, 0.2, 0];

/** What the station around a cycle adds to it. */
export interface CycleHooks {
  readonly begun?: ((station: never, part: number, t: number) => void) | undefined;
  readonly completed?: ((station: never, part: number, t: number) => void) | undefined;
  readonly route?: ((station: never, part: number) => Outlet) | undefined;
}

/** Work on one part at a time: PackML unit, processing, failures, repair, blocking after service, energy and heat. */
export class WorkCycle extends record({
  time: distribution(),
  timeToFailure: distribution('never'),
  repairTime: distribution(0),
  failureClock: choice('working', 'always'),
  crew: crewLink(),
  ratedKw: quantity('kW', { fallback: 0 }),
  heatRiseK: quantity('K', { fallback: 0 }),
  heatTime: duration({ fallback: 600, min: 1 }),

  in: inlet(),
  out: outlet(),
  unit: unit(),
  part: u32(),
  startedUs: f64(),
  resumedUs: f64(),
  processUs: f64(),
  remainingUs: f64(),
  toFailureUs: f64(),
  lastCycleUs: f64(),
  made: u32(),
  failures: u32(),
  energy: integral(),
  temperatureC: relaxing(),

  finished: timer(),
  failed: timer(),
  attended: timer(),
  repaired: timer(),
  brokeDown: event('BrokeDown'),
  backInService: event('BackInService'),
}) {
  readonly parts: Parts;
  private readonly host: Station;

  constructor(
    site: PlantSite,
    private readonly hooks: CycleHooks,
  ) {
    super(site);
    this.parts = site.plant.parts;
    this.host = site.station;
    this.host.partsAreHeldBy<WorkCycle>(this, {
      offer: (cycle, part, t) => cycle.take(part, t),
      room: (cycle, t) => cycle.room(t),
    });
    this.finished.connect(this, (cycle, t) => cycle.finish(t));
    this.failed.connect(this, (cycle, t) => cycle.fail(t));
    this.attended.connect(this, (cycle, t) => cycle.attend(t));
    this.repaired.connect(this, (cycle, t) => cycle.recover(t));
  }

  start(t: number): void {
    this.unit.begin(t);
    this.temperatureC.settle(AMBIENT_C, t);
    this.adjust(t);
    this.armFailure(t);
  }

  private take(part: number, t: number): boolean {
    if (this.part !== NONE || !this.unit.isRunning) return false;
    this.part = part;
    this.startedUs = t;
    this.processUs = this.remainingUs = this.time.draw();
    this.hooks.begun?.(this.host.self, part, t);
    this.work(t);
    return true;
  }

  private room(t: number): void {
    if (this.unit.reason === Reason.Blocked) this.release(t);
  }

  hold(t: number): void {
    if (!this.unit.isRunning) throw new Refusal(`${this.host.path} does not run.`, 'Hold it while it runs.');
    if (this.unit.reason === Reason.Executing) this.interrupt(t);
    this.enter(Reason.Held, t);
  }

  unhold(t: number): void {
    if (this.unit.reason !== Reason.Held) throw new Refusal(`${this.host.path} is not held.`, 'Hold it first.');
    this.resume(t);
  }

  /** Lets power and heat follow the reason and the parameters. */
  adjust(t: number): void {
    const { reason } = this.unit;
    this.energy.flow(this.ratedKw * POWER_SHARE[reason], t);
    this.temperatureC.aimFor(AMBIENT_C + this.heatRiseK * HEAT_SHARE[reason], this.heatTime, t);
  }

  get powerKw(): number {
    return this.energy.rate;
  }

  remainingUsAt(t: number): number {
    return this.unit.reason === Reason.Executing ? this.remainingUs - (t - this.resumedUs) : this.remainingUs;
  }

  /** How much of the part in hand is done, 0 to 1. */
  progress(t: number): number {
    return this.part === NONE || this.processUs === 0 ? 0 : 1 - this.remainingUsAt(t) / this.processUs;
  }

  private enter(reason: number, t: number): void {
    if (this.unit.enter(reason, t)) this.adjust(t);
  }

  private work(t: number): void {
    this.enter(Reason.Executing, t);
    this.resumedUs = t;
    if (this.failureClock === WORKING && this.toFailureUs < this.remainingUs) this.failed.at(t + this.toFailureUs);
    else this.finished.at(t + this.remainingUs);
  }

  private interrupt(t: number): void {
    const workedUs = t - this.resumedUs;
    this.remainingUs -= workedUs;
    this.toFailureUs -= workedUs;
    this.finished.cancel();
    if (this.failureClock === WORKING) this.failed.cancel();
  }

  private finish(t: number): void {
    this.toFailureUs -= this.remainingUs;
    this.remainingUs = 0;
    this.made += 1;
    this.lastCycleUs = t - this.startedUs;
    this.hooks.completed?.(this.host.self, this.part, t);
    this.release(t);
  }

  private release(t: number): void {
    const outlet = this.hooks.route?.(this.host.self, this.part) ?? this.out;
    if (!outlet.send(this.part, t)) return this.enter(Reason.Blocked, t);
    this.part = NONE;
    this.in.pull(t);
    if (this.part === NONE) this.enter(Reason.Starved, t);
  }

  private resume(t: number): void {
    if (this.remainingUs > 0) return this.work(t);
    if (this.part !== NONE) return this.release(t);
    this.enter(Reason.Starved, t);
    this.in.pull(t);
  }

  private fail(t: number): void {
    if (this.unit.reason === Reason.Executing) this.interrupt(t);
    this.failures += 1;
    this.enter(Reason.Failed, t);
    this.brokeDown.raise(t, this.failures);
    this.crew.call(this.attended, t);
  }

  private attend(t: number): void {
    this.enter(Reason.Repair, t);
    this.repaired.at(t + this.repairTime.draw());
  }

  private recover(t: number): void {
    this.crew.release(t);
    this.backInService.raise(t, this.failures);
    this.armFailure(t);
    this.resume(t);
  }

  private armFailure(t: number): void {
    this.toFailureUs = this.timeToFailure.draw();
    if (this.failureClock !== WORKING) this.failed.at(t + this.toFailureUs);
  }
}

export const workCycle = (hooks: CycleHooks): ObjectField<WorkCycle> =>
  field((site) => new WorkCycle(site as PlantSite, hooks));
