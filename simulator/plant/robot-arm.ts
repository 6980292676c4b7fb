import { u8 } from '#simulator/kernel/fields.ts';
import { noise } from '#simulator/kernel/closed-form.ts';
import { seconds, SECOND } from '#simulator/kernel/time.ts';
import { loopStation } from './loop-station.ts';
import { quantity } from './parameters.ts';
import { profile } from './profile.ts';
import { fault } from './reasons.ts';
import { held, signal } from './signal.ts';
import { text } from './texts.ts';
import { variantAt } from './variants.ts';

/** Pick the impeller from the magazine, carry it, set it into the housing, go home: keyframes of the six joints in degrees. */
const AT = [0, 0.12, 0.2, 0.28, 0.46, 0.56, 0.72, 0.8, 1] as const;
const joint = (...angles: readonly number[]) => profile(...AT.map((at, k) => [at, angles[k]] as const));
const JOINTS = [
  joint(0, -62, -62, -62, 34, 36, 36, 36, 0),
  joint(-20, 18, 34, 16, -6, 22, 30, -4, -20),
  joint(70, 58, 44, 60, 74, 62, 52, 76, 70),
  joint(0, -12, -12, -12, 6, 8, 8, 8, 0),
  joint(40, 14, 12, 14, 22, 6, 8, 18, 40),
  joint(0, 62, 62, 62, -34, -36, 54, 54, 0),
];
/** Speed of the tool centre, as a share of the highest. */
const PACE = profile(
  [0, 0],
  [0.06, 1],
  [0.12, 0.2],
  [0.2, 0],
  [0.24, 0.3],
  [0.37, 1],
  [0.46, 0.3],
  [0.58, 0.05],
  [0.72, 0.02],
  [0.8, 0.35],
  [0.9, 1],
  [1, 0],
);
const GRIP = profile([0, 0], [0.19, 0], [0.22, 1], [0.71, 1], [0.74, 0], [1, 0]);
const IMPELLER_KG = 1.24;

/** A six-axis arm that sets the impeller into the housing. */
export const robotArm = loopStation('robot-arm', {
  faults: [
    fault(401, 'vacuum-lost', 'Vacuum lost', 'Vakuumet förlorat', 3),
    fault(402, 'light-curtain', 'Light curtain interrupted', 'Ljusridån bruten', 3),
    fault(403, 'collision', 'Collision detected', 'Kollision upptäckt', 1),
    fault(404, 'magazine-empty', 'Impeller magazine does not feed', 'Pumphjulsmagasinet matar inte', 2),
  ],
  load: PACE,
  fields: {
    override: quantity('%', {
      fallback: 100,
      min: 10,
      max: 100,
      shown: { path: 'Speed.Override', ...text('Speed override', 'Hastighetsöverstyrning') },
    }),
    isZoneClear: u8(1),
    vacuumNoise: noise(seconds(0.6)),
    heatNoise: noise(seconds(5)),
  },
  workUs: (s, _, drawnUs) => Math.round((drawnUs * 100) / s.override),
  signals: (s) => {
    const { cycle, drive } = s;
    const heat = (t: number) => cycle.control.temperatureC.at(t) + 0.06 * s.heatNoise.smoothAt(t);
    return [
      ...JOINTS.map((way, k) =>
        signal(`Joint${k + 1}.Angle`, 'deg', (t) => way.easedAt(cycle.progress(t)), {
          ...text(`Angle of joint ${k + 1}`, `Vinkel för led ${k + 1}`),
          range: [-180, 180],
          scanS: 0.2,
        }),
      ),
      signal('Tcp.Speed', 'mm/s', (t) => 15 * s.override * PACE.at(cycle.progress(t)) * drive.at(t), {
        ...text('Speed of the tool centre point', 'Verktygspunktens hastighet'),
        range: [0, 2000],
        scanS: 0.2,
        resolution: 1,
      }),
      signal(
        'Gripper.Vacuum',
        'kPa',
        (t) => -62 * GRIP.at(cycle.progress(t)) * (1 + 0.015 * s.vacuumNoise.smoothAt(t)),
        {
          ...text('Pressure at the gripper, against ambient', 'Tryck i gripdonet, mot omgivningen'),
          range: [-100, 5],
          resolution: 0.1,
        },
      ),
      signal('Gripper.Payload', 'kg', (t) => IMPELLER_KG * GRIP.at(cycle.progress(t)), {
        ...text('Mass in the gripper', 'Massa i gripdonet'),
        range: [0, 10],
      }),
      signal('Motor2.Temperature', 'Cel', heat, {
        ...text('Temperature of the motor of joint 2', 'Temperatur i motorn för led 2'),
        range: [0, 120],
        scanS: 5,
        resolution: 0.1,
      }),
      held('Safety.ZoneClear', '1', () => s.isZoneClear, {
        ...text('Nobody in the safety zone', 'Ingen i skyddszonen'),
        type: 'Boolean',
        range: [0, 1],
      }),
    ];
  },
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
