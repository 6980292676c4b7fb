import { Refusal } from '#simulator/kernel/refusal.ts';

/** 64 bits: as one number, or as its high and its low half. A plain number is fine for tests and the command line. */
export type Seed = bigint | number | readonly [high: number, low: number];

/** Both halves of a seed as unsigned 32-bit integers. */
export function halvesOf(seed: Seed): readonly [high: number, low: number] {
  if (typeof seed === 'object') return [seed[0] >>> 0, seed[1] >>> 0];
  if (typeof seed === 'number' && !Number.isSafeInteger(seed)) throw notSeed(seed);
  const bits = BigInt(seed);
  if (bits < 0n || bits > 0xffff_ffff_ffff_ffffn) throw notSeed(seed);
  return [Number(bits >> 32n), Number(bits & 0xffff_ffffn)];
}

const notSeed = (seed: bigint | number): Refusal =>
  new Refusal(`${seed} is no seed.`, 'Give a whole number from 0 to 18446744073709551615.', 'out_of_range');
