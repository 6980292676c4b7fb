import { timer } from '#simulator/kernel/calendar.ts';
import { noise, relaxing } from '#simulator/kernel/closed-form.ts';
import { f64, u8 } from '#simulator/kernel/fields.ts';
import { hash, stream, uniform } from '#simulator/kernel/random.ts';
import { seconds, SECOND } from '#simulator/kernel/time.ts';
import { start, unhold } from '#simulator/plant/control-commands.ts';
import { demandClosed, demandStandstill } from '#simulator/plant/interlocks.ts';
import { loopStation } from '#simulator/plant/loop/loop-station.ts';
import type { LoopLink } from '#simulator/plant/loop/loop.ts';
import { quantity } from '#simulator/plant/parameters.ts';
import type { Feature } from '#simulator/plant/parts/parts.ts';
import { type Variant, variantAt } from '#simulator/plant/parts/variants.ts';
import { fault, Reason } from '#simulator/plant/reasons.ts';
import { text } from '#simulator/plant/texts.ts';
import type { WorkCycle } from '#simulator/plant/work-cycle.ts';
import { type Gripper, GRIP, PACE, robotSignals, separationReport, TOP_M_PER_S } from './robot-signals.ts';
import { safetyZones, Zone } from './safety-zones.ts';

/** Time constants in which the arm comes to another speed, and to a stop. */
const SLOWS_US = seconds(0.1);
const STOPS_US = seconds(0.05);
/** How long somebody takes to free the gripper after a pick that failed. */
const RETRY_US = seconds(20);
const IMPELLER_KG: Readonly<Record<Variant['name'], number>> = { P1: 1.24, P2: 1.46, P3: 1.24 };
/** Vacuum of a tight gripper, how much less it may be on a rough part, and the hole that halves it. */
const TIGHT_KPA = 62;
const ROUGH = 0.06;
const HALVING_MM = 1.2;

const fields = {
  override: quantity('%', {
    fallback: 100,
    min: 10,
    max: 100,
    shown: { path: 'Speed.Override', ...text('Speed override', 'Hastighetsöverstyrning') },
  }),
  /** Of the tool centre while somebody is in the slow zone: reduced speed of ISO 10218-1:2025 is 250 mm/s. */
  slowSpeed: quantity('mm/s', {
    fallback: 250,
    min: 20,
    max: 1500,
    shown: { path: 'Safety.SlowSpeed', ...text('Speed in the slow zone', 'Hastighet i saktazonen') },
  }),
  leastVacuum: quantity('kPa', {
    fallback: 35,
    min: 5,
    max: 60,
    shown: {
      path: 'Gripper.LeastVacuum',
      ...text('Vacuum below which the gripper lets go', 'Vakuum under vilket gripdonet tappar'),
    },
  }),
  /** A hole in the line of the gripper. */
  vacuumLeakMm: quantity('mm', { fallback: 0, max: 5 }),
  safety: safetyZones(),
  isDoorOpen: u8(),
  /** Speed against the highest: as the work in hand was reckoned with, and as it follows that. */
  share: f64(1),
  pace: relaxing(),
  /** One number for each pick, and how many this part has taken. */
  picks: stream(),
  attempts: u8(),
  freed: timer(),
  vacuumNoise: noise(seconds(0.6)),
  heatNoise: noise(seconds(5)),
};

/** What the functions below need of the station. */
interface Robot {
  readonly cycle: WorkCycle;
  readonly loop: LoopLink;
  readonly variant: Feature;
  readonly override: number;
  readonly slowSpeed: number;
  readonly leastVacuum: number;
  readonly vacuumLeakMm: number;
  readonly safety: { readonly zone: number };
  isDoorOpen: number;
  share: number;
  readonly pace: { aimFor(target: number, tauUs: number, t: number): void };
  readonly picks: { readonly keyA: number; readonly keyB: number; readonly drawn: number; next(): number };
  attempts: number;
  readonly freed: { at(t: number): void };
}

/** A six-axis arm that sets the impeller into the housing, beside people without a fence in front. */
export const robotArm = loopStation('robot-arm', {
  faults: [
    fault(401, 'vacuum-lost', 'Vacuum lost', 'Vakuumet förlorat', 3),
    fault(402, 'light-curtain', 'Light curtain interrupted', 'Ljusridån bruten', 3),
    fault(403, 'collision', 'Collision detected', 'Kollision upptäckt', 1),
    fault(404, 'magazine-empty', 'Impeller magazine does not feed', 'Pumphjulsmagasinet matar inte', 2),
  ],
  load: PACE,
  fields,
  start(s, t) {
    s.safety.passed = (now) => follow(s, now);
    s.safety.adjust(t);
    s.pace.settle(1, t);
    follow(s, t);
  },
  changed(s, t) {
    s.safety.adjust(t);
    follow(s, t);
    if (s.cycle.isWorking && GRIP.at(s.cycle.progress(t)) > 0 && !holds(s)) loseGrip(s, t);
  },
  ready: pick,
  awaits: (s) => (mayMove(s) ? Reason.Executing : Reason.ProtectiveStop),
  workUs: (s, _, drawnUs) => Math.round(drawnUs / s.share),
  effort: (s) => s.share,
  on: {
    freed(s, t) {
      if (s.cycle.control.reason !== Reason.Andon) return;
      if (s.cycle.remainingUs > 0) {
        s.picks.next();
        if (!holds(s)) {
          s.freed.at(t + RETRY_US);
          return;
        }
      }
      s.cycle.retry(t);
    },
  },
  commands: {
    Unhold: {
      obey(s, t) {
        demandClosed(openInterlock(s, t), s.cycle.control, 'unhold');
        unhold(s.cycle.control, t);
      },
      ...text('Unhold: go on after a hold', 'Släpp: fortsätt efter håll'),
    },
    Start: {
      obey(s, t) {
        demandClosed(openInterlock(s, t), s.cycle.control, 'start production');
        start(s.cycle.control, t);
      },
      ...text('Start production', 'Starta produktionen'),
    },
    OpenDoor: {
      obey(s, t) {
        demandStandstill(s.cycle.control);
        s.isDoorOpen = 1;
        follow(s, t);
      },
      ...text('Open door: the door of the fence', 'Öppna dörr: stängslets dörr'),
    },
    CloseDoor: {
      obey(s, t) {
        s.isDoorOpen = 0;
        follow(s, t);
      },
      ...text('Close door: the door of the fence', 'Stäng dörr: stängslets dörr'),
    },
  },
  signals: (s) => robotSignals(s, gripperOf(s)),
  captures: (s) => [separationReport(s, gripperOf(s))],
  trace: (s, part) => ({
    picks: s.attempts,
    vacuum: -vacuumKpa(s),
    payload: IMPELLER_KG[variantAt(s.variant.of(part)).name],
  }),
  motion: (s) => [
    {
      id: 'ST04',
      segment(t) {
        const { cycle, loop, variant } = s;
        const part = loop.partOn(cycle.part);
        const here = { path: 'ST04.cycle', ...(part !== 0 && { load: variantAt(variant.of(part)).name }) };
        if (!cycle.isWorking) return { ...here, s0: cycle.progress(t), v: 0, t0: cycle.resumedUs, t1: cycle.resumedUs };
        const s0 = cycle.progress(cycle.resumedUs);
        return {
          ...here,
          s0,
          v: SECOND / cycle.processUs,
          t0: cycle.resumedUs,
          t1: cycle.resumedUs + cycle.remainingUs,
        };
      },
    },
  ],
});

const mayMove = ({ safety, isDoorOpen }: Robot): boolean => safety.zone !== Zone.Stop && isDoorOpen === 0;

/** Lets speed and protective stop follow zones, door and parameters. */
function follow(s: Robot, t: number): void {
  const { cycle, safety } = s;
  const wanted = s.override / 100;
  const share = safety.zone >= Zone.Slow ? Math.min(wanted, s.slowSpeed / (1000 * TOP_M_PER_S)) : wanted;
  if (share !== s.share) stretch(s, share, t);
  if (!mayMove(s)) cycle.pause(Reason.ProtectiveStop, t);
  else if (cycle.control.reason === Reason.ProtectiveStop) cycle.resume(t);
  if (mayMove(s)) s.pace.aimFor(share, SLOWS_US, t);
  else s.pace.aimFor(0, STOPS_US, t);
}

/** What is left of the work in hand takes longer or shorter from here on; how much of it is done stays as it is. */
function stretch(s: Robot, share: number, t: number): void {
  const { cycle } = s;
  const { isWorking } = cycle;
  cycle.halt(t);
  if (cycle.remainingUs > 0) {
    const leftUs = Math.max(1, Math.round((cycle.remainingUs * s.share) / share));
    cycle.processUs *= leftUs / cycle.remainingUs;
    cycle.remainingUs = leftUs;
  }
  s.share = share;
  if (isWorking) cycle.resume(t);
}

/** `Reason.Executing` if the gripper takes hold; otherwise somebody must come. */
function pick(s: Robot, _: number, t: number): number {
  s.attempts = s.cycle.control.reason === Reason.Andon ? Math.min(255, s.attempts + 1) : 1;
  s.picks.next();
  if (holds(s)) return Reason.Executing;
  s.freed.at(t + RETRY_US);
  return Reason.Andon;
}

function loseGrip(s: Robot, t: number): void {
  s.cycle.pause(Reason.Andon, t);
  s.freed.at(t + RETRY_US);
}

const holds = (s: Robot): boolean => vacuumKpa(s) >= s.leastVacuum;

/** Of the last pick: what an ejector reaches against a leak falls with the area of the hole. */
function vacuumKpa({ vacuumLeakMm, picks }: Robot): number {
  const rough = ROUGH * uniform(hash(picks.keyA, picks.keyB, picks.drawn - 1));
  const hole = vacuumLeakMm / HALVING_MM;
  return (TIGHT_KPA * (1 - rough)) / (1 + hole * hole);
}

/** 0 if the robot may move, or the number of what keeps it from it. */
function openInterlock(s: Robot, t: number): number {
  if (s.isDoorOpen === 1) return 1;
  if (s.safety.zone === Zone.Stop) return 2;
  return GRIP.at(s.cycle.progress(t)) > 0 && !holds(s) ? 3 : 0;
}

const gripperOf = (s: Robot): Gripper => ({
  vacuumKpa: () => vacuumKpa(s),
  grip: (t) => (s.cycle.control.reason === Reason.Andon ? 1 : GRIP.at(s.cycle.progress(t))),
  payloadKg(t) {
    const part = s.loop.partOn(s.cycle.part);
    const grip = GRIP.at(s.cycle.progress(t));
    return part === 0 || grip === 0 ? 0 : grip * IMPELLER_KG[variantAt(s.variant.of(part)).name];
  },
});
