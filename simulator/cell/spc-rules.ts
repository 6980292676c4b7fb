import type { Limits } from './spc.ts';

/**
 * Tests for special causes on a control chart: L. S. Nelson, "The Shewhart Control Chart - Tests for Special Causes",
 * Journal of Quality Technology 16 (1984), the eight of ISO 8258. Zones are thirds of the distance from centre to limit.
 */
export const SPC_RULES = [1, 2, 3, 4, 5, 6, 7, 8] as const;
export type SpcRule = (typeof SPC_RULES)[number];

export interface Violation {
  readonly rule: SpcRule;
  /** Place of the point that completes the pattern. */
  readonly place: number;
}

/** What points break which rules, in the order of the points. A rule is told at each point that completes its pattern. */
export function violations(
  points: readonly number[],
  limits: Limits,
  rules: readonly SpcRule[] = SPC_RULES,
): Violation[] {
  const zones = points.map((point) => zoneOf(point, limits));
  return points.flatMap((_, place) =>
    rules.filter((rule) => TESTS[rule]({ points, zones, place })).map((rule) => ({ rule, place })),
  );
}

interface Seen {
  readonly points: readonly number[];
  /** Distance from the centre in thirds of that to the limit on its side. */
  readonly zones: readonly number[];
  readonly place: number;
}

function zoneOf(point: number, { centre, lower, upper }: Limits): number {
  const reach = point >= centre ? upper - centre : centre - lower;
  if (point === centre) return 0;
  return reach > 0 ? (3 * (point - centre)) / reach : Math.sign(point - centre) * Infinity;
}

/** The last `n` up to and with `place`; nothing if there are fewer. */
const lastOf = (list: readonly number[], place: number, n: number): readonly number[] =>
  place + 1 < n ? [] : list.slice(place + 1 - n, place + 1);

const isOneSide = (zones: readonly number[]): boolean =>
  zones.length > 0 && (zones.every((zone) => zone > 0) || zones.every((zone) => zone < 0));

/** At least `count` of the last `n` lie beyond `zone` on one side, the last of them too. */
function beyond({ zones, place }: Seen, n: number, count: number, zone: number): boolean {
  const seen = lastOf(zones, place, n);
  return [1, -1].some((side) => side * zones[place] > zone && seen.filter((z) => side * z > zone).length >= count);
}

const steps = (points: readonly number[]): number[] => points.slice(1).map((point, k) => Math.sign(point - points[k]));

const TESTS: Readonly<Record<SpcRule, (seen: Seen) => boolean>> = {
  1: ({ zones, place }) => Math.abs(zones[place]) > 3,
  2: ({ zones, place }) => isOneSide(lastOf(zones, place, 9)),
  3: ({ points, place }) => {
    const rise = steps(lastOf(points, place, 6));
    return rise.length > 0 && (rise.every((step) => step > 0) || rise.every((step) => step < 0));
  },
  4: ({ points, place }) => {
    const rise = steps(lastOf(points, place, 14));
    return rise.length > 0 && rise.every((step, k) => step !== 0 && (k === 0 || step === -rise[k - 1]));
  },
  5: (seen) => beyond(seen, 3, 2, 2),
  6: (seen) => beyond(seen, 5, 4, 1),
  7: ({ zones, place }) => {
    const seen = lastOf(zones, place, 15);
    return seen.length > 0 && seen.every((zone) => Math.abs(zone) < 1);
  },
  8: ({ zones, place }) => {
    const seen = lastOf(zones, place, 8);
    return seen.length > 0 && seen.every((zone) => Math.abs(zone) > 1) && !isOneSide(seen);
  },
};
