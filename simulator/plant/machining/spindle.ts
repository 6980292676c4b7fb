import type { Noise } from '#simulator/kernel/closed-form.ts';
import type { CaptureSource } from '#simulator/plant/capture.ts';
import { AMBIENT_C } from '#simulator/plant/control.ts';
import { type Signal, signal } from '#simulator/plant/signal.ts';
import { text } from '#simulator/plant/texts.ts';
import type { WorkCycle } from '#simulator/plant/work-cycle.ts';
import type { Bearing } from './bearing.ts';
import { CUT } from './cnc-program.ts';
import { type Turning, velocityRmsOf, vibrationWaveform } from './spindle-vibration.ts';
import type { Tool } from './tool-life.ts';

const TOOL_MM = 20;
/** More cutting power per mm of flank wear, and of a bearing that is worn out, as shares. */
const WEAR_EFFORT = 1.2;
const FRICTION_EFFORT = 0.25;

/** What the spindle of a mill turns with, and on what. */
interface Spindle {
  readonly tool: Tool;
  readonly bearing: Bearing;
  readonly cycle: WorkCycle;
  readonly drive: { at(t: number): number };
  /** Cutting speed in m/min, and hardness of the casting against the nominal one. */
  readonly speed: number;
  readonly hardness: number;
}

type Sensors = Readonly<Record<'loadNoise' | 'heatNoise' | 'sampleNoise' | 'strikeNoise' | 'rmsNoise', Noise>>;

/** Cutting power against that of a sharp tool in a nominal casting. */
export const effortOf = ({ tool, bearing, hardness }: Pick<Spindle, 'tool' | 'bearing' | 'hardness'>): number =>
  hardness * (1 + WEAR_EFFORT * tool.wearMm) + FRICTION_EFFORT * bearing.friction;

/** Temperature of the front bearing: that of the machine, and more by the friction of a bearing with damage. */
export const spindleC = ({ bearing, cycle }: Pick<Spindle, 'bearing' | 'cycle'>, t: number): number =>
  AMBIENT_C + (cycle.control.temperatureC.at(t) - AMBIENT_C) * (1 + bearing.heat.at(t));

const rpmOf = (cuttingSpeed: number): number => (cuttingSpeed * 1000) / (Math.PI * TOOL_MM);
const cutAt = ({ cycle, drive }: Spindle, t: number): number => CUT.at(cycle.progress(t)) * drive.at(t);

const turning = (s: Spindle, t: number): Turning => ({
  shaftHz: (rpmOf(s.speed) / 60) * s.drive.at(t),
  drive: s.drive.at(t),
  cut: cutAt(s, t),
  wearMm: s.tool.wearMm,
  bearing: s.bearing,
});

export const spindleSignals = (s: Spindle & Sensors): Signal[] => [
  signal(
    'Spindle.Load',
    '%',
    (t) => (4 * s.drive.at(t) + 58 * cutAt(s, t) * effortOf(s)) * (1 + 0.02 * s.loadNoise.smoothAt(t)),
    {
      ...text('Load of the spindle drive', 'Spindelns belastning'),
      range: [0, 150],
      scanS: 0.5,
      resolution: 0.1,
    },
  ),
  signal('Spindle.Speed', '/min', (t) => rpmOf(s.speed) * s.drive.at(t), {
    ...text('Speed of the spindle', 'Spindelns varvtal'),
    range: [0, 6000],
    resolution: 1,
    restarts: true,
  }),
  signal('Spindle.Temperature', 'Cel', (t) => spindleC(s, t) + 0.05 * s.heatNoise.smoothAt(t), {
    ...text('Temperature of the front spindle bearing', 'Temperatur i främre spindellagret'),
    range: [0, 120],
    resolution: 0.01,
  }),
  signal('Spindle.Vibration', 'mm/s', (t) => velocityRmsOf(turning(s, t)) * (1 + 0.02 * s.rmsNoise.smoothAt(t)), {
    ...text('Vibration velocity of the spindle, RMS', 'Spindelns vibrationshastighet, RMS'),
    range: [0, 25],
    scanS: 0.5,
    resolution: 0.01,
    restarts: true,
  }),
];

export const spindleCaptures = (s: Spindle & Sensors): CaptureSource[] => [
  {
    name: 'Spindle.VibrationWaveform',
    ...text(
      'Acceleration at the front spindle bearing: 8 192 samples at 12.8 kHz',
      'Acceleration vid främre spindellagret: 8 192 sampel vid 12,8 kHz',
    ),
    take: (t) => vibrationWaveform(turning(s, t), s, t),
  },
];
