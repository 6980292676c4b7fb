/**
 * exp, log and sine from + - * / alone. The built-in ones may differ in the last bit between engines, and one such bit
 * would give a participant another history after an upgrade. Accuracy is about one unit in the last place.
 * Kernels after fdlibm (e_exp.c, e_log.c, Sun Microsystems 1993).
 */
const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;

/** 2^k for -1022 <= k <= 1023. */
const POWERS_OF_TWO = new Float64Array(2046);
POWERS_OF_TWO[1022] = 1;
for (let k = 1; k <= 1023; k++) POWERS_OF_TWO[1022 + k] = POWERS_OF_TWO[1021 + k] * 2;
for (let k = 1; k <= 1022; k++) POWERS_OF_TWO[1022 - k] = POWERS_OF_TWO[1023 - k] / 2;
export const powerOfTwo = (k: number): number => POWERS_OF_TWO[1022 + k];

/** e^x; below -708 it is 0. */
export function exp(x: number): number {
  if (x < -708) return 0;
  if (x > 709) return Infinity;
  const k = Math.floor(x * 1.4426950408889634 + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const r2 = r * r;
  const tail = 1.6533902205465251539e-6 - r2 * 4.13813679705723846039e-8;
  const c =
    r -
    r2 * (0.166666666666666019037 - r2 * (2.77777777770155933842e-3 - r2 * (6.61375632143793436117e-5 - r2 * tail)));
  return (1 - (low - (r * c) / (2 - c) - high)) * powerOfTwo(k);
}

/** Natural logarithm of a positive, normal number. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  let exponent = 0;
  for (let step = 512; step >= 1; step /= 2) {
    if (x >= powerOfTwo(step)) {
      x *= powerOfTwo(-step);
      exponent += step;
    } else if (x < powerOfTwo(1 - step)) {
      x *= powerOfTwo(step);
      exponent -= step;
    }
  }
  if (x > 1.4142135623730951) {
    x *= 0.5;
    exponent += 1;
  }
  const f = x - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const odd =
    z * (0.666666666666673513 + w * (0.2857142874366239149 + w * (0.1818357216161805012 + w * 0.1479819860511658591)));
  const even = w * (0.3999999999940941908 + w * (0.2222219843214978396 + w * 0.1531383769920937332));
  const half = 0.5 * f * f;
  return exponent * LN2_HIGH - (half - (s * (half + odd + even) + exponent * LN2_LOW) - f);
}

/** sin(2 pi turns). Reduction to a quarter turn is exact, so a signal has no drift after any number of turns. */
export function sine(turns: number): number {
  const phase = turns - Math.floor(turns);
  const folded = phase <= 0.25 ? phase : phase <= 0.75 ? 0.5 - phase : phase - 1;
  const x = folded * 6.283185307179586;
  const x2 = x * x;
  let term = x;
  let sum = x;
  for (let k = 2; k <= 20; k += 2) {
    term *= -x2 / (k * (k + 1));
    sum += term;
  }
  return sum;
}
