import { VARIANTS } from '#simulator/plant/parts/variants.ts';
import { type Profile, profile } from '#simulator/plant/profile.ts';
import { type Signal, signal } from '#simulator/plant/signal.ts';
import { text } from '#simulator/plant/texts.ts';

/** Chip load over a cycle: rough milling, semi-finishing, boring, finishing; between them the axes travel in air. */
export const CUT = profile(
  ...([
    [0, 0],
    [0.06, 0.1],
    [0.1, 0.92],
    [0.38, 1],
    [0.41, 0.12],
    [0.45, 0.14],
    [0.48, 0.66],
    [0.64, 0.7],
  ] as const),
  ...([
    [0.67, 0.1],
    [0.71, 0.12],
    [0.74, 0.48],
    [0.88, 0.42],
    [0.91, 0.08],
    [1, 0],
  ] as const),
);
/** Share of a cycle in which the tool cuts. */
export const CUTTING = 0.7;

const X = profile(
  [0, 0],
  [0.08, 120],
  [0.24, 310],
  [0.4, 120],
  [0.47, 215],
  [0.66, 215],
  [0.72, 140],
  [0.9, 290],
  [1, 0],
);
const Y = profile(
  [0, 0],
  [0.08, 60],
  [0.16, 180],
  [0.32, 60],
  [0.42, 130],
  [0.66, 130],
  [0.8, 190],
  [0.92, 70],
  [1, 0],
);
const Z = profile(
  [0, 0],
  [0.07, -180],
  [0.4, -182],
  [0.44, -60],
  [0.5, -210],
  [0.64, -235],
  [0.7, -60],
  [0.76, -190],
  [0.92, 0],
  [1, 0],
);

const axis = (name: string, way: Profile, progress: (t: number) => number, low: number, high: number): Signal =>
  signal(`Axis.${name}`, 'mm', (t) => way.easedAt(progress(t)), {
    ...text(`Position of axis ${name}`, `Axel ${name}, läge`),
    range: [low, high],
    resolution: 0.001,
  });

export const axisSignals = (progress: (t: number) => number): Signal[] => [
  axis('X', X, progress, 0, 400),
  axis('Y', Y, progress, 0, 250),
  axis('Z', Z, progress, -300, 0),
];

const FIRST_PROGRAM = 1001;
/** Number of the program for a variant, as the control calls it. */
export const programOf = (variant: number): number => FIRST_PROGRAM + variant;
export const PROGRAM_WORDS = {
  0: { en: 'none', sv: 'inget' },
  ...Object.fromEntries(
    VARIANTS.map(({ name }, variant) => {
      const program = `O${programOf(variant)} HOUSING-${name}`;
      return [programOf(variant), { en: program, sv: program }] as const;
    }),
  ),
};
