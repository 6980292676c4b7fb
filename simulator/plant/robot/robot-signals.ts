import type { Relaxing, Noise } from '#simulator/kernel/closed-form.ts';
import type { CaptureSource } from '#simulator/plant/capture.ts';
import { INTERLOCKS } from '#simulator/plant/interlocks.ts';
import { profile } from '#simulator/plant/profile.ts';
import { Reason } from '#simulator/plant/reasons.ts';
import { held, type Signal, signal, type Text } from '#simulator/plant/signal.ts';
import { text } from '#simulator/plant/texts.ts';
import type { WorkCycle } from '#simulator/plant/work-cycle.ts';
import { FAR_M } from './person-track.ts';
import { type SafetyZones, Zone } from './safety-zones.ts';
import { protectiveSeparationM, separationTerms, stoppingDistanceM, stoppingTimeS } from './separation.ts';

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
export const PACE = profile(
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
export const GRIP = profile([0, 0], [0.19, 0], [0.22, 1], [0.71, 1], [0.74, 0], [1, 0]);

/** Highest speed of the tool centre point. */
export const TOP_M_PER_S = 1.5;

/** What the signals of a robot look at. */
interface Robot {
  readonly cycle: WorkCycle;
  readonly drive: { at(t: number): number };
  readonly safety: SafetyZones;
  readonly pace: Relaxing;
  readonly vacuumNoise: Noise;
  readonly heatNoise: Noise;
  readonly isDoorOpen: number;
}

/** What the robot is asked about its gripper. */
export interface Gripper {
  /** Below ambient, in kPa, while it holds something. */
  vacuumKpa(): number;
  /** Whether it holds or tries to hold something now, 0 to 1. */
  grip(t: number): number;
  payloadKg(t: number): number;
}

const ZONES: Readonly<Record<number, Text>> = {
  [Zone.Clear]: { en: 'nobody', sv: 'ingen' },
  [Zone.Warning]: { en: 'warning', sv: 'varning' },
  [Zone.Slow]: { en: 'slow', sv: 'sakta' },
  [Zone.Stop]: { en: 'stop', sv: 'stopp' },
};

function interlockOf({ isDoorOpen, safety, cycle }: Robot): number {
  if (isDoorOpen === 1) return 1;
  if (safety.zone === Zone.Stop) return 2;
  return cycle.control.reason === Reason.Andon ? 3 : 0;
}

/** Of the tool centre point, in m/s. */
const speedOf = ({ pace, cycle, drive }: Robot, t: number): number =>
  TOP_M_PER_S * pace.at(t) * PACE.at(cycle.progress(t)) * drive.at(t);

export function robotSignals(s: Robot, gripper: Gripper): Signal[] {
  const { cycle, safety } = s;
  const restarts = true;
  return [
    ...JOINTS.map((way, k) =>
      signal(`Joint${k + 1}.Angle`, 'deg', (t) => way.easedAt(cycle.progress(t)), {
        ...text(`Angle of joint ${k + 1}`, `Vinkel för led ${k + 1}`),
        range: [-180, 180],
        scanS: 0.2,
      }),
    ),
    signal('Tcp.Speed', 'mm/s', (t) => 1000 * speedOf(s, t), {
      ...text('Speed of the tool centre point', 'Verktygspunktens hastighet'),
      range: [0, 2000],
      scanS: 0.2,
      resolution: 1,
    }),
    signal(
      'Gripper.Vacuum',
      'kPa',
      (t) => -gripper.vacuumKpa() * gripper.grip(t) * (1 + 0.015 * s.vacuumNoise.smoothAt(t)),
      {
        ...text('Pressure at the gripper, against ambient', 'Tryck i gripdonet, mot omgivningen'),
        range: [-100, 5],
        resolution: 0.1,
        restarts,
      },
    ),
    signal('Gripper.Payload', 'kg', (t) => gripper.payloadKg(t), {
      ...text('Mass in the gripper', 'Massa i gripdonet'),
      range: [0, 10],
    }),
    signal('Motor2.Temperature', 'Cel', (t) => cycle.control.temperatureC.at(t) + 0.06 * s.heatNoise.smoothAt(t), {
      ...text('Temperature of the motor of joint 2', 'Temperatur i motorn för led 2'),
      range: [0, 120],
      scanS: 5,
      resolution: 0.1,
    }),
    held('Safety.ZoneClear', '1', () => (safety.zone === Zone.Clear ? 1 : 0), {
      ...text('Nobody in the safety zone', 'Ingen i skyddszonen'),
      type: 'Boolean',
      range: [0, 1],
    }),
    held('Safety.Zone', '1', () => safety.zone, {
      ...text('Innermost zone with somebody in it', 'Innersta zonen med någon i'),
      type: 'Int32',
      range: [0, 3],
      words: ZONES,
    }),
    signal('Safety.Separation', 'm', (t) => safety.person.distanceM(t), {
      ...text(`Distance of the nearest person, at most ${FAR_M} m`, `Avstånd till närmaste person, högst ${FAR_M} m`),
      range: [0, FAR_M],
      scanS: 0.2,
    }),
    signal('Safety.PersonBearing', 'deg', () => safety.person.bearingDeg, {
      ...text('Where the person comes from, 180 is straight ahead', 'Varifrån personen kommer, 180 är rakt fram'),
      range: [0, 360],
      resolution: 1,
      restarts,
    }),
    signal('Safety.ProtectiveDistance', 'm', (t) => protectiveSeparationM(speedOf(s, t), gripper.payloadKg(t)), {
      ...text('Protective separation distance at the present speed', 'Skyddsavstånd vid den nuvarande hastigheten'),
      range: [0, 10],
      scanS: 0.2,
    }),
    signal('Safety.StoppingTime', 's', (t) => stoppingTimeS(speedOf(s, t), gripper.payloadKg(t)), {
      ...text('Time to standstill at the present speed', 'Tid till stillastående vid den nuvarande hastigheten'),
      range: [0, 5],
      scanS: 0.2,
      resolution: 0.001,
    }),
    signal('Safety.StoppingDistance', 'mm', (t) => 1000 * stoppingDistanceM(speedOf(s, t), gripper.payloadKg(t)), {
      ...text('Way to standstill at the present speed', 'Väg till stillastående vid den nuvarande hastigheten'),
      range: [0, 5000],
      scanS: 0.2,
      resolution: 1,
    }),
    held('Door.Open', '1', () => s.isDoorOpen, {
      ...text('Door of the fence is open', 'Stängslets dörr är öppen'),
      type: 'Boolean',
      range: [0, 1],
    }),
    held('Interlock.Open', '1', () => interlockOf(s), {
      ...text('Interlock that keeps the robot from moving', 'Förregling som hindrar roboten från att röra sig'),
      type: 'Int32',
      range: [0, 3],
      words: INTERLOCKS,
    }),
  ];
}

/** Separation and the terms of the protective separation distance at this moment, in metres. */
export const separationReport = (s: Robot, gripper: Gripper): CaptureSource => ({
  name: 'Safety.Report',
  ...text('Terms of the protective separation distance', 'Skyddsavståndets termer'),
  take(t) {
    const [mPerS, payloadKg] = [speedOf(s, t), gripper.payloadKg(t)];
    return {
      kind: 'document',
      content: {
        separationM: s.safety.person.distanceM(t),
        protectiveSeparationM: protectiveSeparationM(mPerS, payloadKg),
        termsM: separationTerms(mPerS, payloadKg),
        ...{ speedMPerS: mPerS, payloadKg, zone: ZONES[s.safety.zone].en },
      },
    };
  },
});
