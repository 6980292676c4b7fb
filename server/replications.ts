/** A figure over several runs. */
export interface Estimate {
  readonly mean: number;
  readonly standardError: number;
}

export function estimate(values: readonly number[]): Estimate {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const squares = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return { mean, standardError: values.length > 1 ? Math.sqrt(squares / (values.length - 1) / values.length) : 0 };
}

/** Objects of one shape into one object of that shape, with an estimate in the place of each number. */
export function estimateAll(runs: readonly object[]): Record<string, unknown> {
  const keys = new Set(runs.flatMap((run) => Object.keys(run)));
  return Object.fromEntries(
    [...keys].map((key) => {
      const values = runs.map((run) => (run as Record<string, unknown>)[key]);
      const parts = values.filter((value) => typeof value === 'object' && value !== null);
      // What a run does not mention, such as a state that it never was in, is 0 there.
      return [
        key,
        parts.length > 0 ? estimateAll(values.map((v) => v ?? {})) : estimate(values.map((v) => Number(v ?? 0))),
      ];
    }),
  );
}
