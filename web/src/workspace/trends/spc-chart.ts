import { type Chart, imr, subgroupsOf, xbarR } from '#simulator/cell/spc.ts';
import { type SpcRule, type Violation, violations } from '#simulator/cell/spc-rules.ts';
import { mean, rangeOf as spreadOf } from '#simulator/cell/spc.ts';
import { rangeIn } from './window-text.ts';
import type { Point } from './samples.ts';

/** From which points the limits come: all, so many first subgroups, or those of a stretch of time. */
export type Baseline = string;
export const FIRST = [20, 25, 30] as const;

export interface SpcWish {
  readonly kind: 'xbar' | 'imr';
  /** Values in a subgroup; 1 for individuals. */
  readonly size: number;
  /** `all`, `first25`, or `from/to` in ISO 8601. */
  readonly baseline: Baseline;
  readonly rules: readonly SpcRule[];
}

export interface SpcFound {
  readonly limits: Chart;
  /** The end of each subgroup, ms since 1970. */
  readonly tMs: readonly number[];
  readonly location: readonly number[];
  /** The first individual has no moving range. */
  readonly spread: readonly (number | null)[];
  /** How many subgroups the limits come from, and which. */
  readonly basis: { readonly first: number; readonly count: number };
  readonly ofLocation: readonly Violation[];
  readonly ofSpread: readonly Violation[];
}

/** A control chart of points; undefined if the baseline holds less than two subgroups. */
export function spcOf(points: readonly Point[], { kind, size, baseline, rules }: SpcWish): SpcFound | undefined {
  const n = kind === 'imr' ? 1 : size;
  const values = points.map(({ value }) => value);
  const groups = n === 1 ? values.map((value) => [value]) : subgroupsOf(values, n);
  const tMs = groups.map((_, k) => points[(k + 1) * n - 1].tMs);
  const isBasis = basisOf(baseline, tMs);
  const chosen = groups.filter((_, k) => isBasis(k));
  if (chosen.length < 2) return undefined;
  const limits = n === 1 ? imr(chosen.map(([value]) => value)) : xbarR(chosen);
  const location = n === 1 ? values : groups.map(mean);
  const spread =
    n === 1 ? values.map((value, k) => (k === 0 ? null : Math.abs(value - values[k - 1]))) : groups.map(spreadOf);
  const offset = n === 1 ? 1 : 0;
  const ranges = spread.flatMap((value) => (value === null ? [] : [value]));
  return {
    ...{ limits, tMs, location, spread },
    basis: { first: tMs.findIndex((_, k) => isBasis(k)), count: chosen.length },
    ofLocation: violations(location, limits.location, rules),
    // Zones presume a symmetric distribution, which a range has not: only its limits are asked.
    ofSpread: violations(ranges, limits.spread, [1]).map(({ rule, place }) => ({ rule, place: place + offset })),
  };
}

function basisOf(baseline: Baseline, tMs: readonly number[]): (k: number) => boolean {
  const first = /^first(\d+)$/.exec(baseline);
  if (first) return (k) => k < Number(first[1]);
  const [from, to] = baseline.split('/');
  const range = rangeIn(from, to);
  return range ? (k) => tMs[k] >= range.fromMs && tMs[k] <= range.toMs : () => true;
}
