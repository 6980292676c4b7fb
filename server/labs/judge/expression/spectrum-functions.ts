import { type LabFunctions, usOf } from './lab-function.ts';
import { envelopePeakHz, spectrumPeakHz } from './spectrum.ts';

/** Of waveforms. */
export const SPECTRUM_FUNCTIONS: LabFunctions = {
  spectrumPeak: {
    takes: ['text', 'number'],
    apply: ({ facts, text, number }) => {
      const [path, at] = [text(0), usOf(number(1))];
      return facts.keep(`spectrumPeak ${path} ${at}`, () => spectrumPeakHz(facts.capture(path, at)));
    },
  },
  /** In the envelope of a band (Hz, from and to): the highest line between two frequencies. */
  envelopePeak: {
    takes: ['text', 'number', 'number', 'number', 'number', 'number'],
    apply: ({ facts, text, number }) => {
      const [path, at] = [text(0), usOf(number(1))];
      const [low, high, from, to] = [number(2), number(3), number(4), number(5)];
      const question = `envelopePeak ${path} ${at} ${low}-${high} ${from}-${to}`;
      return facts.keep(question, () => envelopePeakHz(facts.capture(path, at), [low, high], [from, to]));
    },
  },
};
