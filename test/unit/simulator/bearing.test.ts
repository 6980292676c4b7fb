import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { hours, minutes, seconds } from '#simulator/kernel/time.ts';
import { bearingOrders, SKF_6205 } from '#simulator/plant/machining/bearing.ts';
import type { Waveform } from '#simulator/plant/capture.ts';
import {
  envelopeSpectrum,
  peakNear,
  type Spectrum,
  spectrum,
  velocityRms,
} from '#simulator/plant/machining/spectrum.ts';
import { modelOf } from './support.ts';

const SHAFT_HZ = 150_000 / (60 * Math.PI * 20);
const ORDERS = bearingOrders(SKF_6205);
/** Where the head of the spindle rings. */
const RINGS = [2400, 4400] as const;

/** A cell in which the mill is in its rough cut, the spindle at its set speed. */
function inTheCut(set: Record<string, unknown> = {}): Cell {
  const cell = createCell(modelOf('pump-line'), { seed: 5n, set: { 'ST03.timeToFailure': 'never', ...set } });
  cell.runUntil(minutes(40));
  runIntoTheCut(cell);
  return cell;
}

function runIntoTheCut(cell: Cell): void {
  const progress = () => cell.read('ST03.Cycle.Progress');
  while (progress() < 15 || progress() > 30 || cell.read('ST03.Spindle.Speed') < 2380)
    cell.runUntil(cell.now + seconds(1));
}

function waveformOf(cell: Cell): Waveform {
  const taken = cell.capture('ST03.Spindle.VibrationWaveform');
  if (taken.kind !== 'waveform') throw new Error(taken.kind);
  return taken;
}

const median = (values: Float64Array): number => values.toSorted()[values.length >> 1];
/** How far the line at an order stands out of its neighbourhood. */
function contrast({ amplitudes, resolutionHz, ...rest }: Spectrum, order: number): number {
  const hz = order * SHAFT_HZ;
  const around = amplitudes.slice(Math.round((hz - 40) / resolutionHz), Math.round((hz + 40) / resolutionHz));
  return peakNear({ amplitudes, resolutionHz, ...rest }, hz, 1.6).amplitude / median(around);
}

test('SKF 6205 has the orders that its maker and the literature give', () => {
  expect(ORDERS.bpfo).toBeCloseTo(3.58478, 5);
  expect(ORDERS.bpfi).toBeCloseTo(5.41522, 5);
  expect(ORDERS.ftf).toBeCloseTo(0.39831, 5);
  expect(ORDERS.bsf).toBeCloseTo(2.35672, 5);
});

test('a spectrum shows tones at their frequency with their amplitude', () => {
  const tone = (hz: number, peak: number, k: number) => peak * Math.sin((2 * Math.PI * hz * k) / 1024);
  const samples = Float64Array.from({ length: 1024 }, (_, k) => 0.5 + tone(100, 3, k) + tone(240, 0.25, k));
  const { amplitudes, resolutionHz } = spectrum({ kind: 'waveform', rateHz: 1024, unit: 'm/s2', samples });
  expect(resolutionHz).toBe(1);
  expect(amplitudes[0]).toBeCloseTo(0.5, 9);
  expect(amplitudes[100]).toBeCloseTo(3, 9);
  expect(amplitudes[240]).toBeCloseTo(0.25, 9);
  expect(amplitudes[170]).toBeLessThan(1e-9);
  const velocity = velocityRms({ kind: 'waveform', rateHz: 1024, unit: 'm/s2', samples });
  expect(velocity).toBeCloseTo((1000 * Math.hypot(3 / (200 * Math.PI), 0.25 / (480 * Math.PI))) / Math.SQRT2, 3);
  expect(() => spectrum({ kind: 'waveform', rateHz: 1, unit: '1', samples: new Float64Array(1000) })).toThrow(
    /power of two/,
  );
});

test('the spectrum of the waveform is that of a direct Fourier sum', () => {
  const waveform = waveformOf(inTheCut({ 'ST03.outerRaceDamage': 0.3 }));
  const samples = waveform.samples.slice(0, 64);
  const { amplitudes } = spectrum({ ...waveform, samples });
  for (const line of [1, 7, 20, 31]) {
    let [re, im] = [0, 0];
    samples.forEach((value, k) => {
      const weight = 0.5 - 0.5 * Math.cos((2 * Math.PI * k) / 64);
      re += value * weight * Math.cos((2 * Math.PI * line * k) / 64);
      im += value * weight * Math.sin((2 * Math.PI * line * k) / 64);
    });
    expect(amplitudes[line]).toBeCloseTo((4 * Math.hypot(re, im)) / 64, 9);
  }
});

test('the waveform has 8,192 samples at 12.8 kHz, and is the same to the last bit when taken again', () => {
  const cell = inTheCut();
  const waveform = waveformOf(cell);
  expect(waveform).toMatchObject({ rateHz: 12_800, unit: 'm/s2' });
  expect(waveform.samples.length).toBe(8192);
  expect(waveformOf(cell).samples).toEqual(waveform.samples);
  expect(waveformOf(cell.past(cell.now)).samples).toEqual(waveform.samples);
  const other = createCell(cell.model, { seed: 6n });
  other.runUntil(cell.now);
  expect(waveformOf(other).samples).not.toEqual(waveform.samples);
});

test('shaft and teeth show in the spectrum while the mill cuts, and only noise is left at rest', () => {
  const lines = spectrum(waveformOf(inTheCut()));
  for (const order of [1, 2, 4, 8]) {
    const { hz } = peakNear(lines, order * SHAFT_HZ, 8);
    expect(Math.abs(hz - order * SHAFT_HZ), `order ${order}`).toBeLessThan(lines.resolutionHz);
    expect(contrast(lines, order), `order ${order}`).toBeGreaterThan(7);
  }
  const held = inTheCut();
  held.command({ target: 'ST03.Hold' });
  held.runUntil(held.now + seconds(20));
  for (const order of [1, 2, 4, 8]) expect(contrast(spectrum(waveformOf(held)), order)).toBeLessThan(5);
});

test.each([
  ['outerRaceDamage', ORDERS.bpfo],
  ['innerRaceDamage', ORDERS.bpfi],
  ['ballDamage', ORDERS.bsf],
] as const)(
  '%s shows in the envelope spectrum at its geometric order, and nothing does without it',
  (damage, order) => {
    for (const size of [0.15, 0.4]) {
      const hurt = envelopeSpectrum(waveformOf(inTheCut({ [`ST03.${damage}`]: size })), ...RINGS);
      const { hz } = peakNear(hurt, order * SHAFT_HZ, 12);
      expect(Math.abs(hz - order * SHAFT_HZ)).toBeLessThanOrEqual(hurt.resolutionHz);
      expect(contrast(hurt, order)).toBeGreaterThan(6);
    }
    const sound = envelopeSpectrum(waveformOf(inTheCut()), ...RINGS);
    for (const each of [ORDERS.bpfo, ORDERS.bpfi, ORDERS.bsf]) expect(contrast(sound, each)).toBeLessThan(4);
  },
);

test('a scenario may hurt the bearing while it runs, and no participant sees that it can', () => {
  const cell = createCell(modelOf('pump-line'), {
    seed: 5n,
    set: { 'ST03.timeToFailure': 'never' },
    scenario: [{ at: hours(2), target: 'ST03.outerRaceDamage', value: 0.3 }],
  });
  expect(cell.model.targets.get('ST03.outerRaceDamage')?.hidden).toBe(true);
  const seen = [hours(1.5), hours(2.5)].map((t) => {
    cell.runUntil(t);
    runIntoTheCut(cell);
    return contrast(envelopeSpectrum(waveformOf(cell), ...RINGS), ORDERS.bpfo);
  });
  expect(seen[0]).toBeLessThan(4);
  expect(seen[1]).toBeGreaterThan(6);
});

test('damages do not show at the orders of one another', () => {
  const outer = envelopeSpectrum(waveformOf(inTheCut({ 'ST03.outerRaceDamage': 0.3 })), ...RINGS);
  expect(contrast(outer, ORDERS.bpfi)).toBeLessThan(4);
  expect(contrast(outer, ORDERS.bsf)).toBeLessThan(4);
});

test('damage of the inner race has side lines of the shaft, that of the outer race has none', () => {
  const sides = (damage: string, order: number) => {
    const lines = envelopeSpectrum(waveformOf(inTheCut({ [damage]: 0.3 })), ...RINGS);
    return Math.min(contrast(lines, order - 1), contrast(lines, order + 1));
  };
  expect(sides('ST03.innerRaceDamage', ORDERS.bpfi)).toBeGreaterThan(5);
  expect(sides('ST03.outerRaceDamage', ORDERS.bpfo)).toBeLessThan(4);
});

test.each([{}, { outerRaceDamage: 0.5 }, { innerRaceDamage: 0.8 }, { ballDamage: 1 }, { outerRaceDamage: 1 }])(
  'the vibration velocity that is shown is that of the waveform, with %o',
  (damage) => {
    const cell = inTheCut(Object.fromEntries(Object.entries(damage).map(([name, size]) => [`ST03.${name}`, size])));
    const ratios: number[] = [];
    for (let k = 0; k < 6; k++) {
      cell.runUntil(cell.now + seconds(0.5));
      ratios.push(velocityRms(waveformOf(cell)) / cell.read('ST03.Spindle.Vibration'));
    }
    const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
    expect(mean).toBeGreaterThan(0.97);
    expect(mean).toBeLessThan(1.03);
  },
);

test('damage raises vibration, then temperature, spread of the bores, power and load', () => {
  const life = (set: Record<string, unknown>) => {
    const steady = { 'ST03.growth': 0, 'ST03.wearDrift': 0, 'ST03.lifeScatter': 0 };
    const cell = inTheCut({ ...steady, 'ST03.damageGrowth': 0, ...set });
    const vibration = cell.read('ST03.Spindle.Vibration');
    const load = cell.read('ST03.Spindle.Load');
    const bores: number[] = [];
    let [made, energy] = [cell.read('ST03.Counter.Parts'), cell.read('ST03.Meter.Energy')];
    const first = { made, energy };
    for (let k = 0; k < 2000; k++) {
      cell.runUntil(cell.now + seconds(10));
      const now = cell.read('ST03.Counter.Parts');
      if (now === made) continue;
      made = now;
      bores.push(cell.read('ST03.Bore.Deviation'));
    }
    energy = cell.read('ST03.Meter.Energy');
    const perPart = (energy - first.energy) / (made - first.made);
    return { vibration, load, perPart, temperature: cell.read('ST03.Spindle.Temperature'), spread: spreadOf(bores) };
  };
  const [sound, hurt] = [life({}), life({ 'ST03.outerRaceDamage': 0.8 })];
  expect(hurt.vibration / sound.vibration).toBeGreaterThan(1.1);
  expect(hurt.temperature - sound.temperature).toBeGreaterThan(8);
  expect(hurt.spread / sound.spread).toBeCloseTo(2.2, 1);
  expect(hurt.perPart / sound.perPart).toBeGreaterThan(1.05);
  expect(hurt.load / sound.load).toBeGreaterThan(1.1);
});

function spreadOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

test('a damage grows in proportion to itself while the spindle turns, and what is whole stays whole', () => {
  const cell = createCell(modelOf('pump-line'), {
    seed: 5n,
    set: { 'ST03.outerRaceDamage': 0.1, 'ST03.damageGrowth': 0.2, 'ST03.timeToFailure': 'never' },
  });
  cell.runUntil(minutes(300));
  const turnedH = cell.look(({ stations }, t) => stations.get('ST03')?.timeBook?.timeInUs(1, t) ?? 0) / 3.6e9;
  expect(turnedH).toBeGreaterThan(3);
  expect(Number(cell.parameter('ST03.outerRaceDamage'))).toBeCloseTo(0.1 * Math.exp(0.2 * turnedH), 2);
  expect(cell.parameter('ST03.innerRaceDamage')).toBe(0);
});
