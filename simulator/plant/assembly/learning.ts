import { exp, log } from '#simulator/kernel/math.ts';

/** Pieces after which nobody is reckoned to learn any more. */
export const LEARNED_AT_MOST = 4096;

/**
 * Time of the n-th piece as a share of that of the first: n^(log2 0.8), so each doubling of the pieces takes 20 % off.
 * Wright, Factors Affecting the Cost of Airplanes, J. Aeronautical Sciences 3 (1936). The 10th piece takes 47.6510 %.
 */
const WRIGHT = Float64Array.from({ length: LEARNED_AT_MOST + 1 }, (_, n) =>
  n === 0 ? 1 : exp((log(n) * log(0.8)) / log(2)),
);

/** Time of the n-th piece against that of the `standard`-th, after which it stays. */
export const learned = (n: number, standard: number): number => (n < standard ? WRIGHT[n] / WRIGHT[standard] : 1);
