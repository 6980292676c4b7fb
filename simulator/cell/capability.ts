/** How well a process keeps the limits of one characteristic. A figure that nothing stands behind is undefined. */
export interface Capability {
  readonly unit: string;
  readonly lower: number | undefined;
  readonly upper: number | undefined;
  /** Parts measured, and how many of them lay outside the limits. */
  readonly n: number;
  readonly outside: number;
  readonly mean: number | undefined;
  /** Standard deviation within subgroups: the mean range of each 5 parts in a row, divided by d2 = 2.32593. */
  readonly sigmaWithin: number | undefined;
  /** Standard deviation of all parts, with n - 1. */
  readonly sigmaOverall: number | undefined;
  /** (USL - LSL) / (6 sigmaWithin); of a characteristic with both limits only. */
  readonly cp: number | undefined;
  /** min(USL - mean, mean - LSL) / (3 sigmaWithin), over the limits that there are. */
  readonly cpk: number | undefined;
  /** As cp and cpk, with sigmaOverall. */
  readonly pp: number | undefined;
  readonly ppk: number | undefined;
}

export interface Limits {
  readonly unit: string;
  readonly lower: number | undefined;
  readonly upper: number | undefined;
}

const SUBGROUP = 5;
/** Mean range of 5 normal values in units of their standard deviation: ISO 7870-2, ASTM E2587. */
const D2 = 2.32593;

/**
 * Capability (Cp, Cpk: short-term spread) and performance (Pp, Ppk: overall spread) indices after ISO 22514-2 and
 * ISO 22400-2, with `values` in the order of production. They presume a normal distribution; a leak rate is not, so its
 * index says less about the share outside than `outside` does.
 */
export function capabilityOf({ unit, lower, upper }: Limits, values: readonly number[]): Capability {
  const n = values.length;
  const mean = n > 0 ? values.reduce((sum, x) => sum + x, 0) / n : undefined;
  const sigmaOverall = mean === undefined ? undefined : deviationOf(values, mean);
  const sigmaWithin = withinOf(values);
  const isOutside = (x: number) => x < (lower ?? -Infinity) || x > (upper ?? Infinity);
  return {
    ...{ unit, lower, upper, n, outside: values.filter(isOutside).length, mean, sigmaWithin, sigmaOverall },
    cp: spreadIndex(lower, upper, sigmaWithin),
    cpk: nearIndex(lower, upper, mean, sigmaWithin),
    pp: spreadIndex(lower, upper, sigmaOverall),
    ppk: nearIndex(lower, upper, mean, sigmaOverall),
  };
}

function deviationOf(values: readonly number[], mean: number): number | undefined {
  if (values.length < 2) return undefined;
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / (values.length - 1));
}

function withinOf(values: readonly number[]): number | undefined {
  const groups = Math.floor(values.length / SUBGROUP);
  let ranges = 0;
  for (let k = 0; k < groups; k++) {
    const group = values.slice(k * SUBGROUP, (k + 1) * SUBGROUP);
    ranges += Math.max(...group) - Math.min(...group);
  }
  return groups > 0 ? ranges / groups / D2 : undefined;
}

type Maybe = number | undefined;

function spreadIndex(lower: Maybe, upper: Maybe, sigma: Maybe): Maybe {
  if (lower === undefined || upper === undefined || sigma === undefined || sigma === 0) return undefined;
  return (upper - lower) / (6 * sigma);
}

function nearIndex(lower: Maybe, upper: Maybe, mean: Maybe, sigma: Maybe): Maybe {
  if (mean === undefined || sigma === undefined || sigma === 0) return undefined;
  const room = Math.min((upper ?? Infinity) - mean, mean - (lower ?? -Infinity));
  return room === Infinity ? undefined : room / (3 * sigma);
}
