import type { Capture } from '#simulator/plant/capture.ts';
import { envelopeSpectrum, peakNear } from '#simulator/plant/machining/spectrum.ts';

type Span = readonly [number, number];

/** The frequency of the highest line of an envelope spectrum, in Hz: of what rings in `band`, how often between `from` and `to` it is struck. */
export function envelopePeakHz(capture: Capture, [low, high]: Span, [from, to]: Span): number {
  if (capture.kind !== 'waveform') return NaN;
  return peakNear(envelopeSpectrum(capture, low, high), (from + to) / 2, (to - from) / 2).hz;
}

/** The frequency of the largest line in the spectrum of a waveform, in Hz: radix-2 FFT (Cooley and Tukey 1965) of as many samples as a power of two holds. */
export function spectrumPeakHz(capture: Capture): number {
  if (capture.kind !== 'waveform') return NaN;
  const { samples, rateHz } = capture;
  const n = 2 ** Math.floor(Math.log2(samples.length));
  const mean = samples.reduce((sum, x) => sum + x, 0) / samples.length;
  const re = Float64Array.from(
    { length: n },
    (_, k) => (samples[k] - mean) * (0.5 - 0.5 * Math.cos((2 * Math.PI * k) / n)),
  );
  const im = new Float64Array(n);
  transform(re, im);
  let peak = 1;
  const power = (k: number) => re[k] * re[k] + im[k] * im[k];
  for (let k = 2; k < n / 2; k++) if (power(k) > power(peak)) peak = k;
  return (peak * rateHz) / n;
}

function transform(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j], re[i]];
      [im[i], im[j]] = [im[j], im[i]];
    }
  }
  for (let length = 2; length <= n; length <<= 1) {
    const half = length >> 1;
    for (let i = 0; i < n; i += length) {
      for (let k = 0; k < half; k++) {
        const angle = (-2 * Math.PI * k) / length;
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        const [a, b] = [i + k, i + k + half];
        const [x, y] = [re[b] * c - im[b] * s, re[b] * s + im[b] * c];
        [re[b], im[b]] = [re[a] - x, im[a] - y];
        re[a] += x;
        im[a] += y;
      }
    }
  }
}
