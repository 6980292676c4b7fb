import { timer } from '#simulator/kernel/calendar.ts';
import { relaxing } from '#simulator/kernel/closed-form.ts';
import { f64, field, type ObjectField, record, u32 } from '#simulator/kernel/fields.ts';
import { EventSource } from '#simulator/kernel/journal.ts';
import { HOUR, seconds } from '#simulator/kernel/time.ts';
import { LoopLink } from '#simulator/plant/loop/loop.ts';
import type { Feature, Parts } from '#simulator/plant/parts/parts.ts';
import { Verdict } from '#simulator/plant/parts/scrap-causes.ts';
import { control } from './control.ts';
import type { Controlled } from './controlled.ts';
import { distribution } from './distribution.ts';
import { inlet, outlet, type Outlet } from './flow.ts';
import { addConsumer } from './meters.ts';
import { FLAT, type Profile } from './profile.ts';
import { type Fault, Reason } from './reasons.ts';
import { standby } from './standby.ts';
import { plantField, type PlantSite, type Station } from './station.ts';
import type { Production } from './time-book.ts';

const NONE = 0;
/** Share of rated power that a machine with a load profile draws while it is ready. */
const STANDBY_SHARE = 0.35;
const SPINS_UP_US = seconds(0.4);
const RUNS_DOWN_US = seconds(0.6);

/**
 * What the station around a cycle adds to it. An item is a part; on a loop it is the carrier that the part comes on, and
 * a part of 0 is an empty carrier.
 */
export interface CycleHooks {
  /** It stands at a stop of a loop and has drives that spin up and run down. */
  readonly onLoop?: boolean;
  readonly faults?: readonly Fault[] | undefined;
  /** How the power goes over a cycle, as a share of the rated power. */
  readonly load?: Profile | undefined;
  /** Whether there is anything to do for a part; without it, on a loop, for every part that is not scrap. Others pass. */
  readonly wants?: ((station: never, part: number, item: number) => boolean) | undefined;
  /** What keeps it from beginning, or Executing. Whoever names a cause calls `retry` when it is gone. */
  readonly ready?: ((station: never, part: number, t: number) => number) | undefined;
  /** What keeps it from going on after a stop, or Executing: asked also in the middle of an item. */
  readonly awaits?: ((station: never) => number) | undefined;
  /** The work that the part takes, from the time that was drawn. */
  readonly workUs?: ((station: never, part: number, drawnUs: number) => number) | undefined;
  readonly begun?: ((station: never, part: number, t: number) => void) | undefined;
  /** Power of the work on the part against that of the profile; 1 if not said. The same whenever the work goes on. */
  readonly effort?: ((station: never, part: number) => number) | undefined;
  readonly completed?: ((station: never, part: number, t: number, item: number) => void) | undefined;
  readonly route?: ((station: never, item: number) => Outlet) | undefined;
}

/** Work on one item at a time: processing, own causes to wait, blocking after service, power that follows the work. */
export class WorkCycle
  extends record({
    time: distribution(),
    control: control(),
    standby: standby(),
    in: inlet(),
    out: outlet(),
    part: u32(),
    startedUs: f64(),
    resumedUs: f64(),
    processUs: f64(),
    remainingUs: f64(),
    lastCycleUs: f64(),
    made: u32(),
    /** Above standby: the power at the top of the profile, and the energy of work that is done, in kW us. */
    loadKw: f64(),
    loadEnergy: f64(),
    /** On a loop: 1 while its drives turn, 0 when they rest: what spindles, pumps and fans follow. */
    drive: relaxing(),
    finished: timer(),
  })
  implements Controlled, Production
{
  readonly parts: Parts;
  /** On a loop: where its items are carriers. */
  readonly loop: LoopLink | undefined;
  /** With the serial number of the part: it has been worked on here, as `trace` tells. */
  private readonly partDone: EventSource | undefined;
  private readonly verdict: Feature;
  private readonly host: Station;
  private readonly load: Profile;
  private readonly hooks: CycleHooks;

  constructor(site: PlantSite, hooks: CycleHooks) {
    super(site);
    // Of the same shape for all kinds of stations: this is looked at more than anything else.
    const { wants, ready, awaits, workUs, begun, effort, completed, route } = hooks;
    this.hooks = { wants, ready, awaits, workUs, begun, effort, completed, route };
    this.parts = site.plant.parts;
    this.host = site.station;
    this.load = hooks.load ?? FLAT;
    this.verdict = this.parts.feature('verdict');
    if (hooks.onLoop === true) {
      this.loop = new LoopLink(site);
      this.partDone = new EventSource(site.kernel.journal, `${this.host.path}.PartDone`);
    }
    this.control.controlled = this;
    this.control.standby = this.standby;
    this.standby.control = this.control;
    this.host.production = this;
    if (hooks.faults) this.control.faults = hooks.faults;
    if (hooks.load) this.control.standing.executingShare = STANDBY_SHARE;
    addConsumer(this.host, {
      powerKw: (t) => this.loadKwAt(t),
      energyKwh: (t) => this.loadEnergyAt(t) / HOUR,
    });
    this.host.partsAreHeldBy<WorkCycle>(this, {
      offer: (cycle, item, t) => cycle.take(item, t),
      room: (cycle, t) => cycle.room(t),
    });
    this.finished.connect(this, (cycle, t) => cycle.finish(t));
  }

  start(t: number): void {
    this.control.start(t);
  }

  /** Lets power and heat follow changed parameters. */
  adjust(t: number): void {
    this.control.adjust(t);
  }

  get plannedRunS(): number {
    return this.time.meanS;
  }

  get isWorking(): boolean {
    return this.control.reason === Reason.Executing;
  }

  remainingUsAt(t: number): number {
    return this.isWorking ? this.remainingUs - (t - this.resumedUs) : this.remainingUs;
  }

  /** How much of the item in hand is done, 0 to 1. */
  progress(t: number): number {
    return this.part === NONE || this.processUs === 0 ? 0 : 1 - this.remainingUsAt(t) / this.processUs;
  }

  /** Stops for an own cause until `retry`. */
  pause(cause: number, t: number): void {
    if (!this.control.isRunning) return;
    this.halt(t);
    this.control.enter(cause, t);
  }

  /** The own cause that it waits for may be gone. */
  retry(t: number): void {
    if (isOwnCause(this.control.reason)) this.resume(t);
  }

  halt(t: number): void {
    if (!this.isWorking) return;
    const workedUs = t - this.resumedUs;
    this.loadEnergy = this.loadEnergyAt(t);
    this.remainingUs -= workedUs;
    this.control.interrupted(workedUs);
    this.finished.cancel();
    if (this.loop !== undefined) this.drive.aimFor(0, RUNS_DOWN_US, t);
  }

  resume(t: number): void {
    const cause = this.hooks.awaits === undefined ? Reason.Executing : this.hooks.awaits(this.host.self);
    if (cause !== Reason.Executing) {
      this.control.enter(cause, t);
      return;
    }
    if (this.remainingUs > 0) {
      this.work(t);
      return;
    }
    if (this.part === NONE) {
      this.control.enter(Reason.Starved, t);
      this.in.pull(t);
    } else if (this.processUs === 0 && this.isWanted(this.part)) this.prepare(t);
    else this.release(t);
  }

  private take(item: number, t: number): boolean {
    if (this.part !== NONE || !this.control.isRunning) return false;
    this.part = item;
    this.startedUs = t;
    this.processUs = this.remainingUs = 0;
    if (this.isWanted(item)) this.prepare(t);
    else this.release(t);
    return true;
  }

  private room(t: number): boolean {
    if (this.control.reason !== Reason.Blocked) return false;
    this.resume(t);
    return true;
  }

  /** The part that an item is or carries. */
  private partOn(item: number): number {
    return this.loop === undefined ? item : this.loop.partOn(item);
  }

  private isWanted(item: number): boolean {
    const { hooks, loop } = this;
    const part = this.partOn(item);
    if (hooks.wants !== undefined) return hooks.wants(this.host.self, part, item);
    return loop === undefined || (part !== NONE && this.verdict.of(part) === Verdict.Good);
  }

  private prepare(t: number): void {
    const { control, hooks, host } = this;
    if (this.standby.isOn) {
      this.standby.wake(t);
      return;
    }
    const part = this.partOn(this.part);
    const cause = hooks.ready === undefined ? Reason.Executing : hooks.ready(host.self, part, t);
    if (cause !== Reason.Executing) {
      control.enter(cause, t);
      return;
    }
    const drawnUs = this.time.draw();
    this.processUs = this.remainingUs = hooks.workUs === undefined ? drawnUs : hooks.workUs(host.self, part, drawnUs);
    hooks.begun?.(host.self, part, t);
    this.work(t);
  }

  private work(t: number): void {
    const { control } = this;
    control.enter(Reason.Executing, t);
    this.loadKw = control.ratedKw * (1 - control.standing.executingShare);
    if (this.hooks.effort !== undefined) this.loadKw *= this.hooks.effort(this.host.self, this.partOn(this.part));
    this.resumedUs = t;
    if (this.loop !== undefined) this.drive.aimFor(1, SPINS_UP_US, t);
    if (!control.failsWithin(this.remainingUs, t)) this.finished.at(t + this.remainingUs);
  }

  private finish(t: number): void {
    const { control, hooks, host } = this;
    if (this.loadKw !== 0) this.loadEnergy = this.loadEnergyAt(t);
    control.worked(this.remainingUs);
    this.remainingUs = 0;
    this.made += 1;
    this.lastCycleUs = t - this.startedUs;
    if (this.loop !== undefined) this.drive.aimFor(0, RUNS_DOWN_US, t);
    const part = this.partOn(this.part);
    hooks.completed?.(host.self, part, t, this.part);
    this.partDone?.raise(t, this.parts.serial(part === NONE ? this.partOn(this.part) : part));
    this.release(t);
  }

  private release(t: number): void {
    const outlet = this.hooks.route?.(this.host.self, this.part) ?? this.out;
    if (!outlet.send(this.part, t)) {
      this.control.enter(Reason.Blocked, t);
      return;
    }
    this.part = NONE;
    if (!this.control.isRunning) this.control.enter(Reason.Starved, t);
    this.in.pull(t);
    if (this.part === NONE) this.control.enter(Reason.Starved, t);
  }

  /** Power above what the state draws anyway. */
  private loadKwAt(t: number): number {
    return this.isWorking ? this.loadKw * this.load.at(this.progress(t)) : 0;
  }

  /** The exact integral of `loadKwAt`, in kW us. */
  private loadEnergyAt(t: number): number {
    if (!this.isWorking || this.loadKw === 0) return this.loadEnergy;
    const { load, processUs } = this;
    const done = load.upTo(1 - (this.remainingUs - (t - this.resumedUs)) / processUs);
    return this.loadEnergy + this.loadKw * processUs * (done - load.upTo(1 - this.remainingUs / processUs));
  }
}

const isOwnCause = (reason: number): boolean =>
  (reason >= Reason.ToolChange && reason <= Reason.Andon) || reason === Reason.Break || reason === Reason.Changeover;

export const workCycle = (hooks: CycleHooks): ObjectField<WorkCycle> =>
  field((site) => new WorkCycle(site as PlantSite, hooks));

/** A part of the cycle of the same station, under a name of the station's own; the cycle must come first. */
export const ofCycle = <T>(read: (cycle: WorkCycle) => T): ObjectField<T> =>
  plantField(({ station }) => read(station.production as WorkCycle));
