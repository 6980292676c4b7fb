import { SECOND } from '#simulator/kernel/time.ts';
import type { Curve } from '#simulator/plant/capture.ts';
import { text } from '#simulator/plant/texts.ts';

/**
 * Pressure decay: the part is filled, settles, is shut off and measured, and vented. From the drop of pressure in a known
 * volume follows the leak at ambient pressure, by the gas law at one temperature: Q = V dp / (p0 dt) (pressure change method,
 * EN 13184).
 */
const TEST_KPA = 150;
/** Standard atmosphere. */
const AMBIENT_KPA = 101.325;
/** Shares of the cycle. */
const FILL = 0.54;
const SETTLE = 0.64;
const MEASURE = 0.7;
const VENT = 0.92;
const EMPTY = 0.98;
/** Filling heats the air: so much more than the test pressure is in it when it is shut off, and settles. */
const FILLED = 1.015;
export const HIGHEST_LEAK = 1000;

/** One test: leak in mL/min at ambient pressure, volume of part and fixture in mL, time of the cycle. */
interface LeakTest {
  readonly leakRate: number;
  readonly volumeMl: number;
  readonly cycleUs: number;
}

/** kPa per share of a cycle that leaks out while it is shut off. */
const fall = ({ leakRate, volumeMl, cycleUs }: LeakTest): number =>
  (leakRate * AMBIENT_KPA * cycleUs) / (60 * SECOND * volumeMl);

/** Drop of pressure over the measuring time, in kPa. */
export const pressureDrop = (test: LeakTest): number => Math.min(TEST_KPA, fall(test) * (VENT - MEASURE));

/** Gauge pressure in the part in kPa, by the progress of the cycle. */
export function pressureAt(progress: number, test: LeakTest): number {
  if (progress <= FILL || progress >= EMPTY) return 0;
  if (progress < SETTLE) return TEST_KPA * FILLED * eased((progress - FILL) / (SETTLE - FILL));
  if (progress < MEASURE) {
    return TEST_KPA * (FILLED - (FILLED - 1) * eased((progress - SETTLE) / (MEASURE - SETTLE)));
  }
  const left = Math.max(0, TEST_KPA - fall(test) * (Math.min(progress, VENT) - MEASURE));
  return progress <= VENT ? left : left * (1 - eased((progress - VENT) / (EMPTY - VENT)));
}

/** Smooth from 0 to 1, at rest at both. */
const eased = (u: number): number => u * u * (3 - 2 * u);

/** Pressure over the time since the filling began. The measuring time begins and ends on a sample: `MEASURED`. */
export function pressureCurve(test: LeakTest): Curve {
  const progress: number[] = [];
  for (let k = 0; k <= 88; k++) progress.push(FILL + k * 0.005);
  return {
    kind: 'curve',
    x: {
      unit: 's',
      ...text('Time since the filling began', 'Tid sedan fyllningen började'),
      values: Float64Array.from(progress, (p) => ((p - FILL) * test.cycleUs) / SECOND),
    },
    y: {
      unit: 'kPa',
      ...text('Pressure in the part, against ambient', 'Tryck i detaljen, mot omgivningen'),
      values: Float64Array.from(progress, (p) => pressureAt(p, test)),
    },
  };
}

/** Indices of the samples of a pressure curve between which the leak is measured. */
export const MEASURED = [32, 76] as const;
