import { timer } from '#simulator/kernel/calendar.ts';
import { relaxing } from '#simulator/kernel/closed-form.ts';
import { f64, field, type ObjectField, record, u32, u8 } from '#simulator/kernel/fields.ts';
import { event } from '#simulator/kernel/journal.ts';
import { stream, uniform } from '#simulator/kernel/random.ts';
import { crewLink } from '#simulator/plant/people/crew-link.ts';
import type { Maintained } from '#simulator/plant/people/crew-team.ts';
import { servicePlan } from '#simulator/plant/people/service-plan.ts';
import type { Controlled, ControlHooks } from './controlled.ts';
import { distribution } from './distribution.ts';
import { addConsumer } from './meters.ts';
import { choice, duration, quantity } from './parameters.ts';
import { type Fault, fault, PASSING, Reason } from './reasons.ts';
import type { Standby } from './standby.ts';
import { standingPower } from './standing-power.ts';
import type { PlantSite } from './station.ts';
import { unit } from './unit.ts';

const WORKING = 0; // index of the word in `failureClock`
export const AMBIENT_C = 22;
/** Unit modes of ISA-TR88.00.02. */
export const Mode = { Produce: 1, Maintenance: 2, Manual: 3 } as const;
export const UNKNOWN_FAULT = fault(100, 'fault', 'Machine fault', 'Maskinfel');

/** The PackML state machine of a unit, with failures and repair, power and heat. What it controls is set by its owner. */
export class Control
  extends record({
    timeToFailure: distribution('never'),
    repairTime: distribution(0),
    failureClock: choice('working', 'always'),
    crew: crewLink(),
    ratedKw: quantity('kW', { fallback: 0 }),
    heatRiseK: quantity('K', { fallback: 0 }),
    heatTime: duration({ fallback: 600, min: 1 }),
    /** Share of the rated power below which it does not fall while it has no work: left idling. */
    idlingShare: quantity('1', { fallback: 0, max: 1 }),

    service: servicePlan(),
    unit: unit(),
    mode: u8(Mode.Produce),
    fault: u8(),
    faultLuck: stream(),
    toFailureUs: f64(),
    /** Repair time of a failure that a scenario made, which needs no crew. */
    plannedRepairUs: f64(),
    failures: u32(),
    standing: standingPower(),
    temperatureC: relaxing(),

    failed: timer(),
    attended: timer(),
    repaired: timer(),
    passed: timer(),
    brokeDown: event('BrokeDown'),
    backInService: event('BackInService'),
    serviced: event('Serviced'),
  })
  implements Maintained
{
  controlled: Controlled;
  /** Of a machine that may rest while it waits; set by its owner. */
  standby: Standby | undefined;
  readonly path: string;

  constructor(
    site: PlantSite,
    public faults: readonly Fault[] = [UNKNOWN_FAULT],
    hooks?: ControlHooks,
  ) {
    super(site);
    const { station } = site;
    this.path = station.path;
    this.crew.unit = this;
    this.controlled = {
      halt: (t) => hooks?.halt(station.self, t),
      resume: (t) => hooks?.resume(station.self, t),
    };
    this.standing.unit = this.unit;
    addConsumer(station, this.standing);
    this.failed.connect(this, (control, t) => control.fail(t));
    this.attended.connect(this, (control, t) => control.attend(t));
    this.repaired.connect(this, (control, t) => control.recover(t));
    this.passed.connect(this, (control, t) => control.pass(t));
    station.timeBook = this.unit.timeBook;
  }

  start(t: number): void {
    this.unit.begin(t);
    this.temperatureC.settle(AMBIENT_C, t);
    this.adjust(t);
    this.armFailure(t);
  }

  get reason(): number {
    return this.unit.ledger.state;
  }

  get isRunning(): boolean {
    return this.unit.ledger.state <= Reason.Blocked;
  }

  /** For a part, or for room. */
  get isWaiting(): boolean {
    const { reason } = this;
    return reason === Reason.Starved || reason === Reason.Blocked;
  }

  get isDown(): boolean {
    return this.reason === Reason.Failed || this.reason === Reason.Repair;
  }

  get faultCode(): number {
    return this.faults[this.fault].code;
  }

  get isServiceable(): boolean {
    return this.isRunning || this.reason === Reason.Break;
  }

  get isIdle(): boolean {
    return this.reason !== Reason.Executing;
  }

  /** What `State.Reason` shows: the reason, or while it is down the code of the fault. */
  get reasonCode(): number {
    return this.isDown ? this.faultCode : this.reason;
  }

  enter(reason: number, t: number): void {
    if (!this.unit.enter(reason, t)) return;
    this.standby?.watch(t);
    if (this.heatRiseK !== 0) this.warm(t);
  }

  /** Enters a state that passes by itself. */
  enterPassing(reason: number, t: number): void {
    this.enter(reason, t);
    this.passed.at(t + PASSING[reason][0]);
  }

  /** Lets power and heat follow changed parameters. */
  adjust(t: number): void {
    this.standing.change(this.ratedKw, this.idlingShare, t);
    this.warm(t);
    this.standby?.adjust(t);
  }

  /** Lets heat follow the reason. */
  private warm(t: number): void {
    const { reason } = this;
    // While it works its heat is that of full power, whatever stands and whatever follows the load.
    const power = reason === Reason.Executing ? 1 : this.standing.share(reason);
    this.temperatureC.aimFor(AMBIENT_C + this.heatRiseK * power, this.heatTime, t);
  }

  /** The working time until it fails, if that is less than what is to be done. Then the failure is on its way. */
  failsWithin(workUs: number, t: number): boolean {
    if (this.failureClock !== WORKING || this.toFailureUs >= workUs) return false;
    this.failed.at(t + this.toFailureUs);
    return true;
  }

  /** Counts work that came to an end before it could fail. */
  worked(workedUs: number): void {
    this.toFailureUs -= workedUs;
  }

  /** Counts work that was stopped, and calls off the failure that was on its way. */
  interrupted(workedUs: number): void {
    this.worked(workedUs);
    if (this.failureClock === WORKING) this.failed.cancel();
  }

  /** Stops for `forUs` in all, for a reason that a scenario names. If it is down already, the repair takes that long. */
  failFor(forUs: number, which: number, t: number): void {
    if (!this.isDown) {
      this.crew.callOff(t);
      this.goDown(which, t);
      this.plannedRepairUs = Math.ceil(forUs * 0.7);
      this.attended.at(t + forUs - this.plannedRepairUs);
      return;
    }
    this.fault = which;
    if (this.crew.isWaiting) {
      this.crew.callOff(t);
      this.plannedRepairUs = forUs;
    }
    if (this.reason === Reason.Repair) this.repaired.at(t + forUs);
    else if (this.plannedRepairUs > 0) this.plannedRepairUs = forUs;
  }

  private fail(t: number): void {
    if (!this.isDown) {
      this.goDown(this.drawFault(), t);
      this.crew.call(t);
    }
  }

  private goDown(which: number, t: number): void {
    this.controlled.halt(t);
    this.passed.cancel();
    this.failed.cancel();
    this.repaired.cancel();
    this.fault = which;
    this.failures += 1;
    this.enter(Reason.Failed, t);
    this.brokeDown.raise(t, this.faults[which].code);
  }

  private attend(t: number): void {
    if (!this.isDown) {
      this.crew.beginPlanned(t);
      return;
    }
    this.enter(Reason.Repair, t);
    if (this.plannedRepairUs > 0) this.repaired.at(t + this.plannedRepairUs);
    else if (this.crew.beginRepair(t)) this.repaired.at(t + this.crew.paced(this.repairTime.draw()));
  }

  private recover(t: number): void {
    if (!this.isDown) {
      this.endPlanned(t);
      return;
    }
    if (this.plannedRepairUs > 0) this.plannedRepairUs = 0;
    else this.crew.release(t);
    this.backInService.raise(t, this.failures);
    this.renew(t);
    this.controlled.resume(t);
  }

  isServiceDue(t: number): boolean {
    return this.service.isDue(this.unit, t);
  }

  /** People stop it and have their hands in it. False if it is in no state for that. */
  beginService(forUs: number, t: number): boolean {
    if (!this.isServiceable) return false;
    this.controlled.halt(t);
    this.failed.cancel();
    this.enter(Reason.Maintenance, t);
    this.repaired.at(t + forUs);
    return true;
  }

  /** People look at it while it goes on. */
  beginLook(forUs: number, t: number): void {
    this.repaired.at(t + forUs);
  }

  private endPlanned(t: number): void {
    this.crew.endPlanned(t);
    if (this.reason !== Reason.Maintenance) return;
    this.serviced.raise(t);
    this.renew(t);
    this.controlled.resume(t);
  }

  /** As good as new. */
  private renew(t: number): void {
    this.service.renew(this.unit, t);
    this.armFailure(t);
  }

  private pass(t: number): void {
    if (this.isWaiting) {
      this.standing.standBy(1, t);
      this.warm(t);
      return;
    }
    const next = this.reason === Reason.Waking ? Reason.Starved : PASSING[this.reason][1];
    if (next === Reason.Starved) this.controlled.resume(t);
    else this.enter(next, t);
  }

  private armFailure(t: number): void {
    this.toFailureUs = this.timeToFailure.draw();
    if (this.failureClock !== WORKING) this.failed.at(t + this.toFailureUs);
  }

  private drawFault(): number {
    const { faults } = this;
    if (faults.length === 1) return 0;
    let left = uniform(this.faultLuck.next()) * faults.reduce((sum, { weight }) => sum + weight, 0);
    return Math.max(
      faults.findIndex(({ weight }) => (left -= weight) < 0),
      0,
    );
  }
}

export const control = (faults?: readonly Fault[], hooks?: ControlHooks): ObjectField<Control> =>
  field((site) => new Control(site as PlantSite, faults, hooks));
