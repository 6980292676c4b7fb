import { exp } from '#simulator/kernel/math.ts';

/** How the samples of a window lie in its buckets: `perBucket` in each but the newest, which is being filled. */
export interface WindowShape {
  readonly buckets: number;
  readonly perBucket: number;
  /** Samples until the window is full; before that it is unknown. */
  readonly samples: number;
  readonly everyS: number;
}

/** The buckets of one window, read in place. */
export interface Buckets {
  readonly numbers: Float64Array;
  /** Where the first bucket begins in `numbers`. */
  readonly at: number;
  /** The newest bucket, and the samples in it. */
  newest: number;
  filled: number;
}

/** What a rule may ask about the last stretch of time, or the last parts. Each bucket has `width` numbers. */
export interface WindowFunction {
  readonly wants: 'number' | 'condition';
  /** A number without it. */
  readonly gives?: 'condition';
  readonly width: 1 | 2;
  /** Samples that a window must have at least. */
  readonly fewest: number;
  /** Samples that it may have at most, each in a bucket of its own. */
  readonly most?: number;
  /** Windows of another kind make no sense for it. */
  readonly only?: 'time' | 'parts';
  /** One bucket for ever, without an end. */
  readonly isFading?: boolean;
  /** One sample more than the window has periods: from its first instant to its last. */
  readonly isFromEndToEnd?: boolean;
  /** Takes a sample into a bucket at `at`, as its `nth` sample from 1. */
  fold(numbers: Float64Array, at: number, x: number, nth: number, shape: WindowShape): void;
  result(buckets: Buckets, x: number, shape: WindowShape): number;
}

const held = ({ filled }: Buckets, { buckets, perBucket }: WindowShape): number => (buckets - 1) * perBucket + filled;

function sum({ numbers, at }: Buckets, { buckets }: WindowShape): number {
  let total = 0;
  for (let k = 0; k < buckets; k++) total += numbers[at + k];
  return total;
}

const add: WindowFunction['fold'] = (numbers, at, x, nth) => {
  numbers[at] = nth === 1 ? x : numbers[at] + x;
};
const additive = (wants: WindowFunction['wants'], result: WindowFunction['result'], fewest = 1): WindowFunction => ({
  ...{ wants, width: 1, fewest, fold: add, result },
});

const extreme = (pick: (a: number, b: number) => number): WindowFunction => ({
  ...{ wants: 'number', width: 1, fewest: 1 },
  fold(numbers, at, x, nth) {
    numbers[at] = nth === 1 ? x : pick(numbers[at], x);
  },
  result({ numbers, at }, _, { buckets }) {
    let best = numbers[at];
    for (let k = 1; k < buckets; k++) best = pick(best, numbers[at + k]);
    return best;
  },
});

/** Mean and sum of squared deviations, bucket by bucket: Welford 1962, put together after Chan, Golub and LeVeque 1983. */
function spread({ numbers, at, newest, filled }: Buckets, { buckets, perBucket }: WindowShape): [number, number] {
  let [n, mean, squares] = [0, 0, 0];
  for (let k = 0; k < buckets; k++) {
    const count = k === newest ? filled : perBucket;
    const difference = numbers[at + 2 * k] - mean;
    const total = n + count;
    mean += (difference * count) / total;
    squares += numbers[at + 2 * k + 1] + (difference * difference * n * count) / total;
    n = total;
  }
  return [mean, Math.sqrt(squares / (n - 1))];
}

const spreading = (result: WindowFunction['result']): WindowFunction => ({
  ...{ wants: 'number', width: 2, fewest: 2, result },
  fold(numbers, at, x, nth) {
    if (nth === 1) numbers[at] = numbers[at + 1] = 0;
    const difference = x - numbers[at];
    numbers[at] += difference / nth;
    numbers[at + 1] += difference * (x - numbers[at]);
  },
});

/** What stood a window ago is in its first sample. */
const before = (result: (then: number, x: number) => number): WindowFunction => ({
  ...{ wants: 'number', width: 1, fewest: 1, isFromEndToEnd: true },
  fold(numbers, at, x, nth) {
    if (nth === 1) numbers[at] = x;
  },
  result: ({ numbers, at, newest }, x, { buckets }) => result(numbers[at + ((newest + 1) % buckets)], x),
});

/** Mean of the range of two normal values, in standard deviations (ISO 7870-2, table 2: d2 for n = 2). */
const D2 = 1.12838;

/**
 * Whether the newest value lies outside of the limits of an individuals chart of those before it: their mean, plus and
 * minus three times the mean moving range over d2 (ISO 7870-2, 6.3).
 */
function isOutside({ numbers, at, newest }: Buckets, x: number, { buckets }: WindowShape): number {
  const n = buckets - 1;
  let [total, ranges, last] = [0, 0, 0];
  for (let k = 1; k <= n; k++) {
    const value = numbers[at + ((newest + k) % buckets)];
    total += value;
    if (k > 1) ranges += Math.abs(value - last);
    last = value;
  }
  const distance = Math.abs(x - total / n);
  return Number.isNaN(distance) ? NaN : distance > (3 * ranges) / (n - 1) / D2 ? 1 : 0;
}

/** Least squares through the means of the buckets at their middles, per second. */
function slope({ numbers, at, newest, filled }: Buckets, shape: WindowShape): number {
  const { buckets, perBucket, everyS } = shape;
  let [n, t, x, tt, tx] = [0, 0, 0, 0, 0];
  for (let k = 0; k < buckets; k++) {
    const bucket = (newest + 1 + k) % buckets;
    const count = bucket === newest ? filled : perBucket;
    const middle = k * perBucket + (count - 1) / 2;
    n += count;
    t += count * middle;
    x += numbers[at + bucket];
    tt += count * middle * middle;
    tx += middle * numbers[at + bucket];
  }
  const spreadOfTime = n * tt - t * t;
  return spreadOfTime === 0 ? NaN : (n * tx - t * x) / spreadOfTime / everyS;
}

/** By the name that an expression calls them by. What is unknown is NaN, and stays so as long as it is in the window. */
export const WINDOW_FUNCTIONS: ReadonlyMap<string, WindowFunction> = new Map<string, WindowFunction>([
  ['mean', additive('number', (b, _, shape) => sum(b, shape) / held(b, shape))],
  ['min', extreme(Math.min)],
  ['max', extreme(Math.max)],
  ['std', spreading((b, _, shape) => spread(b, shape)[1])],
  [
    'zscore',
    spreading((b, x, shape) => {
      const [mean, std] = spread(b, shape);
      return std === 0 ? NaN : (x - mean) / std;
    }),
  ],
  ['slope', additive('number', (b, _, shape) => slope(b, shape), 2)],
  ['delta', before((then, x) => x - then)],
  ['last', before((then) => then)],
  [
    'ewma',
    {
      ...{ wants: 'number', width: 1, fewest: 1, isFading: true },
      fold(numbers, at, x, nth, { samples }) {
        const before = numbers[at];
        numbers[at] = nth === 1 || Number.isNaN(before) ? x : before + (1 - exp(-1 / samples)) * (x - before);
      },
      result: ({ numbers, at }) => numbers[at],
    },
  ],
  ['integral', { ...additive('number', (b, _, shape) => sum(b, shape) * shape.everyS), only: 'time' }],
  ['count', additive('condition', (b, _, shape) => sum(b, shape))],
  ['share', additive('condition', (b, _, shape) => sum(b, shape) / held(b, shape))],
  [
    'spc.range',
    {
      ...{ wants: 'number', width: 2, fewest: 2, only: 'parts' },
      fold(numbers, at, x, nth) {
        numbers[at] = nth === 1 ? x : Math.min(numbers[at], x);
        numbers[at + 1] = nth === 1 ? x : Math.max(numbers[at + 1], x);
      },
      result({ numbers, at }, _, { buckets }) {
        let [low, high] = [Infinity, -Infinity];
        for (let k = 0; k < buckets; k++) {
          low = Math.min(low, numbers[at + 2 * k]);
          high = Math.max(high, numbers[at + 2 * k + 1]);
        }
        return high - low;
      },
    },
  ],
  [
    'spc.outside',
    {
      ...{ wants: 'number', gives: 'condition', width: 1, fewest: 8, most: 31, only: 'parts', isFromEndToEnd: true },
      fold(numbers, at, x) {
        numbers[at] = x;
      },
      result: isOutside,
    },
  ],
]);
