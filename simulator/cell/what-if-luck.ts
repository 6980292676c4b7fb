import type { Timer } from '#simulator/kernel/calendar.ts';
import { uniform } from '#simulator/kernel/random.ts';
import { NEVER, SECOND } from '#simulator/kernel/time.ts';
import { Control } from '#simulator/plant/control.ts';
import type { Distribution } from '#simulator/plant/distribution.ts';
import type { Plant } from '#simulator/plant/plant.ts';
import { Reason } from '#simulator/plant/reasons.ts';
import { WorkCycle } from '#simulator/plant/work-cycle.ts';

const MOST_TRIES = 400;
/** Intervals that are longer than so many times their mean are too rare to matter. */
const LONG_IN_MEANS = 8;

/** Where the stations of a plant keep what they have drawn ahead. */
interface DrawnAhead {
  readonly cycle: WorkCycle;
  readonly control: Control;
  readonly arrival: Timer;
  readonly every: Distribution;
  readonly coreArrives: Timer;
  readonly coreEvery: Distribution;
  readonly demand: { readonly arrives: Timer; readonly orderEvery: Distribution };
  readonly operator: { readonly leaves: Timer; readonly presentTime: Distribution };
}

/**
 * Draws again, in the open slab, what the line has drawn already and nobody in it can know: when each machine will fail,
 * how long a repair or a service still takes, when the next customer, part or returned unit comes, when the operator
 * leaves. Without that, a fork would share its parent's next failure whatever its seed, and tell of the future. What
 * can be seen goes on as it was begun: an item in work, a delivery that is on its way, a build in a printer.
 */
export function drawAgain({ stations }: Plant, t: number): void {
  for (const { self } of stations.values()) {
    const { cycle, control, arrival, every, coreArrives, coreEvery, demand, operator } = self as Partial<DrawnAhead>;
    if (cycle instanceof WorkCycle) drawWork(cycle, t);
    else if (control instanceof Control) drawControl(control, 0, t);
    drawArrival(arrival, every, t);
    drawArrival(coreArrives, coreEvery, t);
    drawArrival(demand?.arrives, demand?.orderEvery, t);
    drawArrival(operator?.leaves, operator?.presentTime, t);
  }
}

/** Of an item in work either the end is due, or the failure that comes first. */
function drawWork(cycle: WorkCycle, t: number): void {
  const { control, finished, isWorking, remainingUs, resumedUs } = cycle;
  const inHandUs = isWorking ? t - resumedUs : 0;
  drawControl(control, workSinceNewUs(control, t) - inHandUs, t);
  if (!isWorking) return;
  finished.cancel();
  // The work on the item counts when it is done.
  control.worked(-inHandUs);
  if (!control.failsWithin(remainingUs, resumedUs)) finished.at(resumedUs + remainingUs);
}

function drawControl(control: Control, countedUs: number, t: number): void {
  if (control.isDown || control.reason === Reason.Maintenance) drawRepair(control, t);
  else drawFailure(control, countedUs, t);
}

/** @param countedUs work since it was as good as new that `toFailureUs` holds no more. */
function drawFailure(control: Control, countedUs: number, t: number): void {
  const { failed, timeToFailure } = control;
  if (control.failureClock !== 0) {
    if (failed.dueUs === NEVER) return;
    const drawnUs = control.toFailureUs + countedUs;
    failed.at(t + remainderUs(() => timeToFailure.draw(), t - (failed.dueUs - drawnUs)));
    return;
  }
  failed.cancel();
  control.toFailureUs = remainderUs(() => timeToFailure.draw(), workSinceNewUs(control, t));
}

/** The rest of what people do at a machine. How long a scenario lets it stand is not known to anyone either. */
function drawRepair(control: Control, t: number): void {
  const { attended, crew, plannedRepairUs, reason, repaired, repairTime, unit } = control;
  const time = reason === Reason.Maintenance ? crew.target?.serviceTime : repairTime;
  if (time === undefined) return;
  const drawUs = () => crew.paced(time.draw());
  if (repaired.dueUs !== NEVER) repaired.at(t + remainderUs(drawUs, t - unit.ledger.sinceUs));
  if (plannedRepairUs === 0) return;
  control.plannedRepairUs = Math.max(1, drawUs());
  if (attended.dueUs !== NEVER) attended.at(t + (crew.target?.walkTime.draw() ?? 0));
}

/** When the next of a row of arrivals comes, for whoever does not know when the last one came. */
function drawArrival(timer: Timer | undefined, every: Distribution | undefined, t: number): void {
  if (timer === undefined || every === undefined || timer.dueUs === NEVER) return;
  const meanUs = every.meanS * SECOND;
  const luck = () => uniform(every.numbers.next());
  // What does not vary is no luck: it comes when it comes.
  if (every.draw() === every.draw()) return;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const drawnUs = every.draw();
    // An instant falls into a long interval more often than into a short one, and anywhere in it (Cox 1962, 5.4).
    if (luck() * LONG_IN_MEANS * meanUs > drawnUs) continue;
    timer.at(t + Math.ceil(luck() * drawnUs));
    return;
  }
}

/** What is left of a time of which `pastUs` are over; another whole one if it is longer than any that is drawn. */
function remainderUs(drawUs: () => number, pastUs: number): number {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const drawnUs = drawUs();
    if (drawnUs > pastUs) return drawnUs - pastUs;
  }
  return drawUs();
}

const workSinceNewUs = ({ service, unit }: Control, t: number): number =>
  Math.max(0, unit.executingUs(t) - service.workedS * SECOND);
