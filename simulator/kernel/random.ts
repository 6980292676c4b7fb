import { field, type ObjectField, record, type Site, u32 } from './fields.ts';
import { log, powerOfTwo } from './math.ts';

/** A 32-bit integer with all bits stirred ("lowbias32", C. Wellons, public domain). */
export function mix(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}

/** The n-th number of the stream with these two keys: 32 bits. Random access: nothing needs to be drawn before. */
export function hash(keyA: number, keyB: number, n: number): number {
  return mix(mix(keyA + Math.imul(n, 0x9e3779b9)) ^ keyB);
}

/** A key from a name, so that a new station does not shift the random numbers of the others. */
export function keyOf(name: string): number {
  let h = 0x811c9dc5;
  for (let k = 0; k < name.length; k++) h = Math.imul(h ^ name.charCodeAt(k), 0x01000193);
  return mix(h) >>> 0;
}

/** Something whose keys depend on all 64 bits of the cell's seed and on its own path. */
export interface Seeded {
  seed(high: number, low: number): void;
}

/** The two keys of what has the name key `key`. */
export const seededKeys = (key: number, high: number, low: number): { keyA: number; keyB: number } => ({
  keyA: hash(hash(high, key, 1), low, 3),
  keyB: hash(hash(low, key, 2), high, 4),
});

/**
 * A random stream: two keys and a counter. With equal seeds a what-if meets the same luck as the original, whatever
 * else it changes (common random numbers).
 */
export class Stream extends record({ keyA: u32(), keyB: u32(), drawn: u32() }) implements Seeded {
  private readonly key: number;

  constructor(site: Site) {
    super(site);
    this.key = keyOf(site.path);
    site.kernel.seeded.push(this);
  }

  seed(high: number, low: number): void {
    Object.assign(this, seededKeys(this.key, high, low));
  }

  next(): number {
    const n = this.drawn;
    this.drawn = n + 1;
    return hash(this.keyA, this.keyB, n);
  }
}

export const stream = (): ObjectField<Stream> => field((site) => new Stream(site));

/*
 * Variates by inversion of a hashed integer h: monotone, and one integer per variate.
 */

/** Uniform in (0, 1). */
export const uniform = (h: number): number => ((h >>> 0) + 0.5) * 2.3283064365386963e-10;

/** For each of 256 intervals of [1, 2) its centre c, as 2^-31 / c and as ln c. */
const CENTRES = Float64Array.from({ length: 256 }, (_, k) => 1 + (k + 0.5) / 256);
const INVERSES = CENTRES.map((c) => powerOfTwo(-31) / c);
const LOGARITHMS = CENTRES.map(log);

/** Exponential with mean 1: -ln of a uniform number, by table and a short series; absolute error below 4e-12. */
export function exponential(h: number): number {
  const odd = h | 1;
  const zeros = Math.clz32(odd);
  const scaled = (odd << zeros) >>> 0;
  const k = (scaled >>> 23) & 255;
  const r = scaled * INVERSES[k] - 1;
  return (zeros + 1) * Math.LN2 - LOGARITHMS[k] - r * (1 - r * (1 / 2 - r * (1 / 3)));
}

/** Standard normal: Wichura's PPND7 (Algorithm AS 241, 1988), relative error about 1e-7. */
export function normal(h: number): number {
  const p = uniform(h);
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    const above = ((59.10937472 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179;
    const below = ((67.1875636 * r + 78.757757664) * r + 17.895169469) * r + 1;
    return (q * above) / below;
  }
  const r = Math.sqrt(-log(q < 0 ? p : 1 - p)) - 1.6;
  const above = ((0.17023821103 * r + 1.3067284816) * r + 2.75681539) * r + 1.4234372777;
  const below = (0.12021132975 * r + 0.7370016425) * r + 1;
  return q < 0 ? -above / below : above / below;
}

/** Triangular between `low` and `high` with the given mode. */
export function triangular(h: number, low: number, mode: number, high: number): number {
  const u = uniform(h);
  const width = high - low;
  if (u * width < mode - low) return low + Math.sqrt(u * width * (mode - low));
  return high - Math.sqrt((1 - u) * width * (high - mode));
}
