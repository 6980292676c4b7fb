import { sine } from '#simulator/kernel/math.ts';
import type { Waveform } from '#simulator/plant/capture.ts';

/** Amplitudes of the harmonic parts of a waveform: `amplitudes[k]` at `k * resolutionHz`, in its unit, peak. */
export interface Spectrum {
  readonly resolutionHz: number;
  readonly unit: string;
  readonly amplitudes: Float64Array;
}

/** Noise bandwidth of the Hann window in lines: its lines add up to this much more than the power that is there. */
const HANN_BANDWIDTH = 1.5;

/** Amplitude spectrum with a Hann window. A power of two of samples is needed. */
export function spectrum({ samples, rateHz, unit }: Waveform): Spectrum {
  const n = samples.length;
  const re = Float64Array.from(samples, (value, k) => value * hann(k / n));
  const im = new Float64Array(n);
  transform(re, im);
  // Half of a real tone lies at its negative frequency, and the window lets half of the rest through.
  const amplitudes = Float64Array.from({ length: n / 2 }, (_, k) => ((k === 0 ? 2 : 4) * magnitude(re[k], im[k])) / n);
  return { resolutionHz: rateHz / n, unit, amplitudes };
}

/**
 * Spectrum of the envelope of what lies between two frequencies: how often a resonance there is struck. The envelope is
 * the magnitude of the analytic signal, without its mean (Randall and Antoni 2011, "Rolling element bearing diagnostics").
 */
export function envelopeSpectrum(waveform: Waveform, lowHz: number, highHz: number): Spectrum {
  return spectrum({ ...waveform, samples: envelope(waveform, lowHz, highHz) });
}

/** RMS of the vibration velocity in mm/s between two frequencies, from an acceleration in m/s2 (10 Hz to 1 kHz in ISO 20816-1). */
export function velocityRms(waveform: Waveform, lowHz = 10, highHz = 1000): number {
  const { amplitudes, resolutionHz } = spectrum(waveform);
  let sum = 0;
  for (let k = 1; k < amplitudes.length; k++) {
    const hz = k * resolutionHz;
    if (hz < lowHz || hz > highHz) continue;
    const velocity = amplitudes[k] / (2 * Math.PI * hz);
    sum += (velocity * velocity) / 2;
  }
  return 1000 * Math.sqrt(sum / HANN_BANDWIDTH);
}

/** The highest line within `withinHz` of a frequency. */
export function peakNear({ amplitudes, resolutionHz }: Spectrum, hz: number, withinHz: number): Peak {
  let best = Math.max(0, Math.ceil((hz - withinHz) / resolutionHz));
  const last = Math.min(amplitudes.length - 1, Math.floor((hz + withinHz) / resolutionHz));
  for (let k = best; k <= last; k++) if (amplitudes[k] > amplitudes[best]) best = k;
  return { hz: best * resolutionHz, amplitude: amplitudes[best] };
}

interface Peak {
  readonly hz: number;
  readonly amplitude: number;
}

function envelope({ samples, rateHz }: Waveform, lowHz: number, highHz: number): Float64Array {
  const n = samples.length;
  const re = Float64Array.from(samples);
  const im = new Float64Array(n);
  transform(re, im);
  for (let k = 0; k < n; k++) {
    const hz = (k * rateHz) / n;
    const gain = k < n / 2 && hz >= lowHz && hz <= highHz ? 2 / n : 0;
    re[k] *= gain;
    im[k] *= -gain; // the inverse transform is the transform of the conjugate
  }
  transform(re, im);
  const values = re.map((value, k) => magnitude(value, im[k]));
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  return values.map((value) => value - mean);
}

const hann = (share: number): number => 0.5 - 0.5 * sine(share + 0.25);
const magnitude = (re: number, im: number): number => Math.sqrt(re * re + im * im);

/** Fast Fourier transform in place (Cooley and Tukey 1965, radix 2), from + - * / alone, so the same bits everywhere. */
function transform(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  if (n < 4 || (n & (n - 1)) !== 0)
    throw new RangeError(`A spectrum needs a power of two of samples, from 4 on, not ${n}.`);
  for (let k = 1, reversed = 0; k < n; k++) {
    let bit = n >> 1;
    for (; (reversed & bit) !== 0; bit >>= 1) reversed ^= bit;
    reversed ^= bit;
    if (k < reversed) {
      [re[k], re[reversed]] = [re[reversed], re[k]];
      [im[k], im[reversed]] = [im[reversed], im[k]];
    }
  }
  const sines = Float64Array.from({ length: n }, (_, k) => sine(k / n));
  for (let half = 1; half < n; half *= 2) {
    const stride = n / (2 * half);
    for (let start = 0; start < n; start += 2 * half) {
      for (let k = 0; k < half; k++) {
        const [a, b] = [start + k, start + k + half];
        const turn = k * stride;
        const c = sines[(turn + n / 4) & (n - 1)];
        const s = -sines[turn];
        const x = re[b] * c - im[b] * s;
        const y = re[b] * s + im[b] * c;
        re[b] = re[a] - x;
        im[b] = im[a] - y;
        re[a] += x;
        im[a] += y;
      }
    }
  }
}
