import { timer } from '#simulator/kernel/calendar.ts';
import { f64, u32, u8 } from '#simulator/kernel/fields.ts';
import { event } from '#simulator/kernel/journal.ts';
import { normal, stream, uniform } from '#simulator/kernel/random.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { minutes, seconds, SECOND } from '#simulator/kernel/time.ts';
import { distribution } from './distribution.ts';
import { loopStation } from './loop-station.ts';
import { duration, quantity } from './parameters.ts';
import { profile } from './profile.ts';
import { fault, Reason } from './reasons.ts';
import { held, signal } from './signal.ts';
import { text } from './texts.ts';

const STEPS = 6;
const CORRECTION_US = seconds(14);

/** A person fits shaft seal, bearing and screws. Sometimes a wrong part is picked; now and then the place is empty. */
export const assembly = loopStation('assembly', {
  faults: [
    fault(601, 'screwdriver', 'Screwdriver gives no torque', 'Skruvdragaren ger inget moment', 2),
    fault(602, 'pick-light', 'Pick light does not confirm', 'Plocklampan kvitterar inte', 1),
  ],
  load: profile([0, 0], [0.55, 0.2], [0.6, 1], [0.9, 1], [0.95, 0.2], [1, 0]),
  fields: {
    takt: duration({ fallback: 38, min: 10, max: 300, shown: { path: 'Takt.Time', ...text('Takt time', 'Takttid') } }),
    pace: quantity('%', {
      fallback: 100,
      min: 60,
      max: 130,
      shown: { path: 'Operator.Pace', ...text('Pace of the operator', 'Operatörens arbetstakt') },
    }),
    presentTime: distribution({ exponential: 5400 }),
    absentTime: distribution({ uniform: [60, 180] }),
    andonTime: distribution({ uniform: [40, 110] }),
    pickErrorShare: quantity('1', { fallback: 0.012, max: 1 }),
    isAway: u8(),
    isAndon: u8(),
    pickErrors: u32(),
    torqueNm: f64(),
    picks: stream(),
    torques: stream(),
    leaves: timer(),
    returns: timer(),
    andonAnswered: timer(),
    andonCalled: event('AndonCalled'),
  },
  start: (s, t) => s.leaves.at(t + s.presentTime.draw()),
  ready: (s) => (s.isAway === 1 ? Reason.NoOperator : s.isAndon === 1 ? Reason.Andon : Reason.Executing),
  workUs(s, _, drawnUs) {
    const paced = Math.round((drawnUs * 100) / s.pace);
    if (uniform(s.picks.next()) >= s.pickErrorShare) return paced;
    s.pickErrors += 1;
    return paced + CORRECTION_US;
  },
  completed(s) {
    s.torqueNm = 8.5 + 0.22 * normal(s.torques.next());
  },
  on: {
    leaves(s, t) {
      if (!s.cycle.control.isRunning) {
        s.leaves.at(t + minutes(2));
        return;
      }
      s.isAway = 1;
      s.cycle.pause(Reason.NoOperator, t);
      s.returns.at(t + s.absentTime.draw());
    },
    returns(s, t) {
      s.isAway = 0;
      s.leaves.at(t + s.presentTime.draw());
      s.cycle.retry(t);
    },
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
        s.isAndon = 1;
        s.andonCalled.raise(t);
        s.cycle.pause(Reason.Andon, t);
        s.andonAnswered.at(t + s.andonTime.draw());
      },
      ...text(
        'Call for help: the work stops until somebody has come',
        'Larma andon: arbetet står tills någon har kommit',
      ),
    },
  },
  signals: (s) => [
    held('Operator.Present', '1', () => 1 - s.isAway, {
      ...text('Operator is at the place', 'Operatören är på plats'),
      type: 'Boolean',
      range: [0, 1],
    }),
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
    held('Screw.Torque', 'N.m', () => s.torqueNm, {
      ...text('Torque of the last screw', 'Moment för senaste skruv'),
      type: 'Double',
      resolution: 0.01,
      range: [0, 20],
    }),
  ],
});
