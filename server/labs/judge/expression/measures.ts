import type { Sample } from '#simulator/cell/sample.ts';
import { SECOND } from '#simulator/kernel/time.ts';

/** Samples in a window, the first one being what held at its beginning; each holds until the next. */
export type Held = readonly Pick<Sample, 'tUs' | 'value'>[];
interface Span {
  readonly fromUs: number;
  readonly toUs: number;
}
type Measure = (samples: Held, span: Span) => number;

/** Seconds that each sample held. */
const held = (samples: Held, { fromUs, toUs }: Span): number[] =>
  samples.map(({ tUs }, k) => ((samples[k + 1]?.tUs ?? toUs) - Math.max(tUs, fromUs)) / SECOND);

const weighted = (samples: Held, span: Span, of: (value: number) => number): number => {
  const seconds = held(samples, span);
  const total = seconds.reduce((sum, s) => sum + s, 0);
  return total > 0 ? samples.reduce((sum, { value }, k) => sum + of(value) * seconds[k], 0) / total : NaN;
};
const mean: Measure = (samples, span) => weighted(samples, span, (x) => x);
const std: Measure = (samples, span) => {
  const m = mean(samples, span);
  return Math.sqrt(weighted(samples, span, (x) => (x - m) * (x - m)));
};
const last = (samples: Held): number => samples.at(-1)?.value ?? NaN;

/** By least squares through the samples, per second. */
const slope: Measure = (samples) => {
  const t0 = samples[0]?.tUs ?? 0;
  const points = samples.map(({ tUs, value }) => [(tUs - t0) / SECOND, value] as const);
  const n = points.length;
  const mt = points.reduce((sum, [t]) => sum + t, 0) / n;
  const mx = points.reduce((sum, [, x]) => sum + x, 0) / n;
  const tt = points.reduce((sum, [t]) => sum + (t - mt) ** 2, 0);
  return tt > 0 ? points.reduce((sum, [t, x]) => sum + (t - mt) * (x - mx), 0) / tt : NaN;
};

/** With a time constant of the whole window. */
const ewma: Measure = (samples, span) => {
  const seconds = held(samples, span);
  const length = (span.toUs - span.fromUs) / SECOND;
  return samples.reduce(
    (so, { value }, k) => so + (1 - Math.exp(-seconds[k] / length)) * (value - so),
    samples[0]?.value ?? NaN,
  );
};

/** What can be asked of a signal in a window. Means are over time, so they do not depend on how often it was sampled. */
export const MEASURES: Readonly<Record<string, Measure>> = {
  mean,
  std,
  slope,
  ewma,
  min: (samples) => samples.reduce((least, { value }) => Math.min(least, value), Infinity),
  max: (samples) => samples.reduce((most, { value }) => Math.max(most, value), -Infinity),
  delta: (samples) => last(samples) - (samples[0]?.value ?? NaN),
  integral: (samples, span) => (mean(samples, span) * (span.toUs - span.fromUs)) / SECOND,
  zscore: (samples, span) => (last(samples) - mean(samples, span)) / std(samples, span),
};
