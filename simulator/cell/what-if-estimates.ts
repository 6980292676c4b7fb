import { quantileT } from './student-t.ts';
import { FIGURES, type FigureName } from './what-if-figures.ts';
import type { ForkedFigures } from './what-if.ts';

const CONFIDENCE = 0.95;
/** What a microsecond here or there makes, as a share of a figure: no difference to anyone. */
const ROUNDING = 1e-6;

/** A mean over forks, and the interval that covers the true one 95 times in 100: Student's t with n - 1 degrees. */
export interface Estimate {
  /** Forks that have the figure. */
  readonly n: number;
  readonly mean: number;
  /** Standard error and interval; from two forks on. */
  readonly standardError?: number;
  readonly low?: number;
  readonly high?: number;
}

/** How a variant differs from the first one: the mean of the differences of forks with the same number (paired t). */
export interface Difference extends Estimate {
  /** The change has not touched the figure in any fork. */
  readonly isSame: boolean;
  /** Of one difference. */
  readonly variance?: number;
  /** The same if the variants had independent luck: the sum of the variances of both. */
  readonly independentVariance?: number;
  /** How many times as many forks independent luck would need for the same interval; absent where nothing differs. */
  readonly gain?: number;
}

export type ByFigure<T> = Readonly<Partial<Record<FigureName, T>>>;

export interface VariantEstimates {
  readonly means: ByFigure<Estimate>;
  /** Against the first variant; the first one has none. */
  readonly differences?: ByFigure<Difference>;
}

/** A figure that no fork has is left out. */
export function estimateForks({ figures }: Pick<ForkedFigures, 'figures'>): VariantEstimates[] {
  const [base] = figures;
  return figures.map((forks, place) => ({
    means: byFigure((figure) => estimateOf(column(forks, figure))),
    ...(place > 0 && {
      differences: byFigure((figure) => differenceOf(column(base, figure), column(forks, figure))),
    }),
  }));
}

/** @param values NaN where a fork does not have the figure. */
export function estimateOf(values: readonly number[]): Estimate | undefined {
  const known = values.filter((value) => !Number.isNaN(value));
  const n = known.length;
  if (n === 0) return undefined;
  const { mean, variance } = moments(known);
  if (n === 1) return { n, mean };
  const standardError = Math.sqrt(variance / n);
  const reach = quantileT(CONFIDENCE, n - 1) * standardError;
  return { n, mean, standardError, low: mean - reach, high: mean + reach };
}

/**
 * Paired differences, whose t interval holds whether or not the pairs share their luck: A. M. Law, Simulation Modeling
 * and Analysis, 5th edition (2015), sections 10.2.1 and 11.2.
 */
export function differenceOf(base: readonly number[], changed: readonly number[]): Difference | undefined {
  const pairs = base.flatMap((a, k) => (Number.isNaN(a) || Number.isNaN(changed[k]) ? [] : [[a, changed[k]] as const]));
  const size = Math.max(...pairs.map(([a, b]) => Math.max(Math.abs(a), Math.abs(b))));
  const isSame = pairs.every(([a, b]) => Math.abs(b - a) <= ROUNDING * size);
  const estimate = estimateOf(pairs.map(([a, b]) => (isSame ? 0 : b - a)));
  if (estimate === undefined || estimate.n === 1) return estimate && { ...estimate, isSame };
  const { variance } = moments(pairs.map(([a, b]) => (isSame ? 0 : b - a)));
  const independentVariance = moments(pairs.map(([a]) => a)).variance + moments(pairs.map(([, b]) => b)).variance;
  return {
    ...{ ...estimate, isSame, variance, independentVariance },
    ...(variance > 0 && { gain: independentVariance / variance }),
  };
}

/** Mean, and variance with n - 1 in the denominator. */
function moments(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const squares = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return { mean, variance: squares / (values.length - 1) };
}

const column = (forks: readonly (readonly number[])[], figure: number): number[] => forks.map((own) => own[figure]);

function byFigure<T>(of: (figure: number) => T | undefined): ByFigure<T> {
  return Object.fromEntries(
    FIGURES.flatMap(({ name }, figure) => {
      const made = of(figure);
      return made === undefined ? [] : [[name, made] as const];
    }),
  );
}
