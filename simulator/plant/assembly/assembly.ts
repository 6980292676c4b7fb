import { timer } from '#simulator/kernel/calendar.ts';
import { u32, u8 } from '#simulator/kernel/fields.ts';
import { event } from '#simulator/kernel/journal.ts';
import { hash, stream, uniform } from '#simulator/kernel/random.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { seconds, SECOND } from '#simulator/kernel/time.ts';
import type { CaptureSource } from '#simulator/plant/capture.ts';
import { distribution } from '#simulator/plant/distribution.ts';
import { loopStation } from '#simulator/plant/loop/loop-station.ts';
import { duration, quantity } from '#simulator/plant/parameters.ts';
import { Flag } from '#simulator/plant/parts/parts.ts';
import { isWorkOrRework, putRight } from '#simulator/plant/parts/rework.ts';
import { Verdict } from '#simulator/plant/parts/scrap-causes.ts';
import { variantAt } from '#simulator/plant/parts/variants.ts';
import { profile } from '#simulator/plant/profile.ts';
import { fault, Reason } from '#simulator/plant/reasons.ts';
import { held, signal } from '#simulator/plant/signal.ts';
import { text } from '#simulator/plant/texts.ts';
import { operator } from './operator.ts';
import { angleDeg, torqueCurve, torqueNm } from './screwdriving.ts';
import { instructionSheet, STEP_WORDS, STEPS } from './work-instruction.ts';

const CORRECTION_US = seconds(14);
const Pick = { Right: 0, PutRight: 1, LeftIn: 2 } as const;
const WRONG_PICKS = [Flag.WrongLid, Flag.NoScrew, Flag.SealTilted];

/**
 * A person fits shaft seal, bearing, lid and screws; see `Operator`. Sometimes a wrong part is picked: mostly it is seen
 * and put right on the spot, else it stays in the part as a flag that only a later check can find. What happens to a part
 * follows from its serial number.
 */
export const assembly = loopStation('assembly', {
  faults: [
    fault(601, 'screwdriver', 'Screwdriver gives no torque', 'Skruvdragaren ger inget moment', 2),
    fault(602, 'pick-light', 'Pick light does not confirm', 'Plocklampan kvitterar inte', 1),
  ],
  load: profile([0, 0], [0.55, 0.2], [0.6, 1], [0.9, 1], [0.95, 0.2], [1, 0]),
  fields: {
    takt: duration({ fallback: 38, min: 10, max: 300, shown: { path: 'Takt.Time', ...text('Takt time', 'Takttid') } }),
    operator: operator(),
    andonTime: distribution({ uniform: [40, 110] }),
    /** Of all parts: those with a wrong pick by a rested operator; a tired one errs up to twice as often. */
    pickErrorShare: quantity('1', { fallback: 0.012, max: 0.5 }),
    /** Of the wrong picks: those that nobody sees. */
    missedShare: quantity('1', { fallback: 0.25, max: 1 }),
    /** Of all parts: those before which the operator calls for help. */
    andonShare: quantity('1', { fallback: 0.002, max: 0.5 }),
    isAndon: u8(),
    pick: u8(),
    pickErrors: u32(),
    reworked: u32(),
    /** Serial number of the last part that was done, and of the last before which help was called. */
    lastSerial: u32(),
    calledFor: u32(),
    lastVariant: u8(),
    picks: stream(),
    torques: stream(),
    andonAnswered: timer(),
    andonCalled: event('AndonCalled'),
  },
  start: (s, t) => s.operator.start(t),
  changed: (s, t) => s.operator.follow(t),
  wants: isWorkOrRework,
  awaits: (s) => (s.isAndon === 1 ? Reason.Andon : s.operator.cause),
  ready(s, part, t) {
    const { cause } = s.operator;
    if (cause !== Reason.Executing || s.isAndon === 1) return s.isAndon === 1 ? Reason.Andon : cause;
    const serial = s.plant.parts.serial(part);
    const isCalm = serial === s.calledFor || s.verdict.of(part) !== Verdict.Good;
    if (isCalm || luckOf(s, serial) < 1 - s.andonShare) return Reason.Executing;
    s.calledFor = serial;
    call(s, t);
    return Reason.Andon;
  },
  workUs(s, part, drawnUs) {
    const t = s.plant.kernel.clock.nowUs;
    const share = s.pickErrorShare * (1 + s.operator.tiredness(t));
    const isRework = s.verdict.of(part) !== Verdict.Good;
    const luck = isRework ? 1 : luckOf(s, s.plant.parts.serial(part));
    s.pick = luck >= share ? Pick.Right : luck < share * s.missedShare ? Pick.LeftIn : Pick.PutRight;
    const workedUs = Math.round(drawnUs * s.operator.timeShare(s.variant.of(part), t));
    return s.pick === Pick.PutRight ? workedUs + CORRECTION_US : workedUs;
  },
  completed(s, part) {
    const { parts } = s.plant;
    s.lastSerial = parts.serial(part);
    s.lastVariant = s.variant.of(part);
    if (putRight(s, part)) {
      s.reworked += 1;
      return;
    }
    s.operator.learn(s.lastVariant);
    if (s.pick === Pick.PutRight) s.pickErrors += 1;
    else if (s.pick === Pick.LeftIn) parts.flag(part, WRONG_PICKS[s.lastSerial % WRONG_PICKS.length]);
  },
  on: {
    andonAnswered(s, t) {
      s.isAndon = 0;
      s.cycle.retry(t);
    },
  },
  commands: {
    Andon: {
      obey(s, t) {
        if (!s.cycle.control.isRunning) {
          throw new Refusal(
            `${s.station.path} does not run, so nobody pulls the andon.`,
            'Call it in Execute or Suspended.',
          );
        }
        call(s, t);
        s.cycle.pause(Reason.Andon, t);
      },
      ...text(
        'Call for help: the work stops until somebody has come',
        'Larma andon: arbetet står tills någon har kommit',
      ),
    },
  },
  signals: (s) => [
    ...s.operator.signals(() => s.lastVariant),
    held('Andon.Active', '1', () => s.isAndon, {
      ...text('Andon is calling', 'Andon larmar'),
      type: 'Boolean',
      range: [0, 1],
    }),
    signal(
      'Instruction.Step',
      '1',
      (t) => (s.cycle.part === 0 ? 0 : 1 + Math.min(STEPS - 1, Math.floor(STEPS * s.cycle.progress(t)))),
      {
        ...text('Step of the work instruction; 0 is none', 'Steg i arbetsinstruktionen; 0 är inget'),
        range: [0, STEPS],
        resolution: 1,
        restarts: true,
        words: STEP_WORDS,
      },
    ),
    held('Takt.Deviation', 's', () => (s.cycle.made === 0 ? 0 : (s.cycle.lastCycleUs - s.takt) / SECOND), {
      ...text('Last cycle against takt; above 0 is late', 'Senaste cykel mot takten; över 0 är sent'),
      type: 'Double',
      resolution: 0.1,
      range: [-300, 86_400],
    }),
    held('Counter.PickErrors', '1', () => s.pickErrors, {
      ...text('Wrong parts picked and put right', 'Felplock som rättats'),
      range: [0, 1e6],
    }),
    held('Counter.Reworked', '1', () => s.reworked, {
      ...text('Parts that were sent back and put right', 'Detaljer som skickats tillbaka och åtgärdats'),
      range: [0, 1e6],
    }),
    held('Screw.Torque', 'N.m', () => (s.lastSerial === 0 ? 0 : torqueNm(s.torques, s.lastSerial)), {
      ...text('Torque of the last screw', 'Moment för senaste skruv'),
      type: 'Double',
      resolution: 0.01,
      range: [0, 20],
    }),
    held('Screw.Angle', 'deg', () => (s.lastSerial === 0 ? 0 : angleDeg(s.torques, s.lastSerial)), {
      ...text(
        'Angle of the last screw from the seating of its head',
        'Vinkel för senaste skruv från skallens anliggning',
      ),
      type: 'Double',
      resolution: 0.1,
      range: [0, 180],
    }),
  ],
  captures: (s): CaptureSource[] => [
    {
      name: 'Screw.TorqueCurve',
      ...text('Torque over angle of the last screw', 'Moment över vinkel för senaste skruv'),
      take() {
        if (s.lastSerial > 0) return torqueCurve(s.torques, s.lastSerial);
        throw new Refusal(`${s.station.path} has driven no screw yet.`, 'Wait until it has done its first part.');
      },
    },
    {
      name: 'Instruction.Sheet',
      ...text('Work instruction for the variant of the last part', 'Arbetsinstruktion för senaste detaljens variant'),
      take: () => instructionSheet(variantAt(s.lastVariant), s.cycle.time.meanS),
    },
  ],
  trace: (s) => ({
    operator: s.operator.number,
    pieces: s.operator.made(s.lastVariant),
    pickErrorNoticed: s.pick === Pick.PutRight ? 1 : 0,
    torque: torqueNm(s.torques, s.lastSerial),
    angle: angleDeg(s.torques, s.lastSerial),
  }),
});

interface Called {
  isAndon: number;
  readonly andonCalled: { raise(t: number): void };
  readonly andonAnswered: { at(t: number): void };
  readonly andonTime: { draw(): number };
}

function call(s: Called, t: number): void {
  s.isAndon = 1;
  s.andonCalled.raise(t);
  s.andonAnswered.at(t + s.andonTime.draw());
}

const luckOf = ({ picks }: { readonly picks: { keyA: number; keyB: number } }, serial: number): number =>
  uniform(hash(picks.keyA, picks.keyB, serial));
