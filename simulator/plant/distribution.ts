import { f64, type ObjectField, record, u8 } from '#simulator/kernel/fields.ts';
import { exp, log } from '#simulator/kernel/math.ts';
import { exponential, normal, stream, triangular, uniform } from '#simulator/kernel/random.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { NEVER, SECOND } from '#simulator/kernel/time.ts';

/** How durations vary: each kind says how many numbers it takes and how it turns random integers into seconds. */
const KINDS = {
  constant: 1,
  exponential: 1,
  uniform: 2,
  triangular: 3,
  normal: 2,
  erlang: 2,
  hyperexponential: 3,
  geometric: 2,
  weibull: 2,
} as const;
const NAMES = Object.keys(KINDS) as (keyof typeof KINDS)[];
const [CONSTANT, EXPONENTIAL, UNIFORM, TRIANGULAR, NORMAL, ERLANG, , GEOMETRIC, WEIBULL] = NAMES.keys();

const MIN_SHAPE = 0.1;

/** The gamma function of x >= 1: Stirling's series (Abramowitz and Stegun 6.1.40) far out, and x Gamma(x) = Gamma(x + 1). */
function gamma(x: number): number {
  if (x < 12) return gamma(x + 1) / x;
  const x2 = x * x;
  const series = (1 / 12 - (1 / 360 - 1 / 1260 / x2) / x2) / x;
  return exp((x - 0.5) * log(x) - x + 0.9189385332046727 + series);
}

/**
 * A duration that is drawn anew each time. In a definition: `26`, `"never"`, `{ "exponential": 26 }`,
 * `{ "uniform": [20, 30] }`, `{ "triangular": [24, 26, 31] }`, `{ "normal": [26, 2] }`, `{ "erlang": [2, 240] }` (k, mean),
 * `{ "hyperexponential": [0.9, 1, 8] }` (share of the first, both means), `{ "geometric": [0.9, 1] }` (chance of each slot to
 * be the last, length of a slot), `{ "weibull": [3, 3600] }` (shape, mean); in seconds.
 */
export class Distribution extends record({ kind: u8(), a: f64(), b: f64(), c: f64(), numbers: stream() }) {
  /** The next duration in whole microseconds, never negative. */
  draw(): number {
    return this.kind === CONSTANT ? this.a : Math.floor(this.sample(this.numbers.next()) * SECOND + 0.5);
  }

  /** Its mean in seconds, leaving out that no duration is negative. */
  get meanS(): number {
    const { kind, a, b, c } = this;
    switch (kind) {
      case CONSTANT:
        return a / SECOND;
      case UNIFORM:
        return (a + b) / 2;
      case TRIANGULAR:
        return (a + b + c) / 3;
      case ERLANG:
      case WEIBULL:
        return b;
      case GEOMETRIC:
        return b / a;
      case EXPONENTIAL:
      case NORMAL:
        return a;
      default:
        return a * b + (1 - a) * c;
    }
  }

  /** @param h the first random number that it takes. */
  private sample(h: number): number {
    const { kind, a, b, c } = this;
    switch (kind) {
      case EXPONENTIAL:
        return a * exponential(h);
      case UNIFORM:
        return a + (b - a) * uniform(h);
      case TRIANGULAR:
        return triangular(h, a, b, c);
      case NORMAL:
        return Math.max(0, a + b * normal(h));
      case ERLANG:
        return (b / a) * this.stages(a, h);
      case GEOMETRIC:
        return b * (a < 1 ? 1 + Math.floor(log(uniform(h)) / log(1 - a)) : 1);
      case WEIBULL:
        return c * exp(log(exponential(h)) / a);
      default:
        return (uniform(h) < a ? b : c) * exponential(this.numbers.next());
    }
  }

  private stages(count: number, h: number): number {
    let sum = exponential(h);
    for (let k = 1; k < count; k++) sum += exponential(this.numbers.next());
    return sum;
  }

  set(value: unknown): void {
    const spec = value === 'never' ? { constant: NEVER } : typeof value === 'number' ? { constant: value } : value;
    const [name, given] = Object.entries<unknown>((spec ?? {}) as Record<string, unknown>)[0] ?? [];
    const kind = NAMES.findIndex((known) => known === name);
    const numbers: unknown[] = [given].flat();
    if (kind < 0 || numbers.length !== KINDS[NAMES[kind]] || !numbers.every((x) => typeof x === 'number' && x >= 0)) {
      const known = NAMES.map((k) => `${k} (${KINDS[k]})`).join(', ');
      throw new Refusal(`${JSON.stringify(value)} is no distribution.`, `Give seconds, "never", or one of ${known}.`);
    }
    const [a, b = 0, third = 0] = numbers as number[];
    if (kind === WEIBULL && a < MIN_SHAPE) {
      throw new Refusal(`${a} is no shape of a Weibull distribution.`, `Give one from ${MIN_SHAPE}.`, 'out_of_range');
    }
    const c = kind === WEIBULL ? b / gamma(1 + 1 / a) : third;
    Object.assign(this, { kind, a: kind === CONSTANT && a < NEVER ? Math.round(a * SECOND) : a, b, c });
  }
}

export const distribution = (fallback?: unknown): ObjectField<Distribution> => ({
  bind: (site) => new Distribution(site),
  setting: {
    ...(fallback === undefined ? {} : { fallback }),
    write: (owner, name, value) => (owner as Record<string, Distribution>)[name].set(value),
  },
});
