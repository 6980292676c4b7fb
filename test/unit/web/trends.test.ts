import { expect, test } from 'vitest';
import type { SignalView } from '#contract/cell-view.ts';
import { mean } from '#simulator/cell/spc.ts';
import { Quality, qualityOf } from '#web/live/quality.ts';
import type { CellSession } from '#web/live/cell-session.ts';
import { Tape } from '#web/live/tape.ts';
import { axisGroups } from '#web/workspace/trends/axes.ts';
import { doubtsOf, summaryOf } from '#web/workspace/trends/chart-data.ts';
import { changed, keyMove, within } from '#web/workspace/trends/chart-moves.ts';
import { histogramOf } from '#web/workspace/trends/histogram.ts';
import { ledgerOf, losses } from '#web/workspace/trends/ledger.ts';
import { pointsOf } from '#web/workspace/trends/samples.ts';
import { spcOf } from '#web/workspace/trends/spc-chart.ts';
import { bearingLines, spectrumOfPoints } from '#web/workspace/trends/spectrum-of.ts';
import { tablePath } from '#web/workspace/trends/trend-lines.ts';
import { rangeIn, windowIn } from '#web/workspace/trends/window-text.ts';

const held = { kind: 'held', scanS: 0 } as const;
const session = { findSignal: () => held } as unknown as CellSession;

function tapeOf(strips: Readonly<Record<string, readonly (readonly [tMs: number, value: number])[]>>): Tape {
  const tape = new Tape(session, Object.keys(strips));
  for (const [path, samples] of Object.entries(strips)) {
    tape.strips.set(path, { tMs: samples.map(([tMs]) => tMs), values: samples.map(([, value]) => value) });
  }
  return tape;
}

test('a live reading that is not Good brings qualities into its strip, and a bad one is a gap', () => {
  const tape = tapeOf({ a: [[0, 1]] });
  tape.append('a', { tMs: 10, value: 2, quality: qualityOf('UncertainLastUsableValue') });
  tape.append('a', { tMs: 20, value: NaN });
  tape.append('a', { tMs: 30, value: 3 });
  const strip = tape.strips.get('a')!;
  expect(strip).toEqual({
    tMs: [0, 10, 20, 30],
    values: [1, 2, NaN, 3],
    quality: [Quality.Good, Quality.Uncertain, Quality.Bad, Quality.Good],
  });
  expect(doubtsOf(strip, { fromMs: 5, toMs: 25 })).toEqual([
    { quality: Quality.Uncertain, fromMs: 10, toMs: 20 },
    { quality: Quality.Bad, fromMs: 20, toMs: 25 },
  ]);
  expect(summaryOf(strip, { fromMs: 0, toMs: 40 })).toEqual({ low: 1, high: 3, mean: 2 });
});

test('signals of one unit share an axis, and an enumeration has its own', () => {
  const signal = (path: string, unit: string, words?: object) => ({ path, unit, words, type: 'Double' }) as SignalView;
  const groups = axisGroups([signal('a', 'Cel'), signal('b', '%'), signal('c', 'Cel'), signal('d', '1', {})]);
  expect(groups.map(({ key, places }) => [key, places])).toEqual([
    ['Cel', [0, 2]],
    ['%', [1]],
    ['d', [3]],
  ]);
});

const known = { fromMs: 0, toMs: 100_000 };

test('zooming keeps the instant under the pointer, and nothing leaves what is known', () => {
  expect(changed({ fromMs: 20_000, toMs: 40_000 }, known, 0.5, 0, 0.25)).toEqual({ fromMs: 22_500, toMs: 32_500 });
  expect(changed({ fromMs: 0, toMs: 40_000 }, known, 1, -0.5)).toEqual({ fromMs: 0, toMs: 40_000 });
  expect(within({ fromMs: 90_000, toMs: 130_000 }, known)).toEqual({ fromMs: 60_000, toMs: 100_000 });
});

test('a live window stays live while only its length changes', () => {
  expect(keyMove('+', false, { spanMs: 40_000 }, known)).toEqual({ spanMs: 20_000 });
  expect(keyMove('ArrowLeft', false, { spanMs: 40_000 }, known)).toEqual({ fromMs: 56_000, toMs: 96_000 });
  expect(keyMove('0', false, { fromMs: 0, toMs: 40_000 }, known)).toEqual({ spanMs: 40_000 });
  expect(keyMove('x', false, { spanMs: 1 }, known)).toBeUndefined();
});

test('an address that says nothing sensible shows the newest half hour', () => {
  const of = (query: string) => windowIn(new URLSearchParams(query));
  expect(of('span=600')).toEqual({ spanMs: 600_000 });
  expect(of('span=-5')).toEqual({ spanMs: 1_800_000 });
  expect(of('from=2026-03-02T06:00:00Z&to=2026-03-02T05:00:00Z')).toEqual({ spanMs: 1_800_000 });
  expect(rangeIn('2026-03-02T06:00:00Z', '2026-03-02T06:00:01Z')!.toMs).toBe(Date.parse('2026-03-02T06:00:01Z'));
});

const parts = tapeOf({
  bore: [
    [0, 9],
    [10, 1],
    [30, 3],
    [40, NaN],
  ],
  count: [
    [0, 7],
    [10, 8],
    [20, 9],
    [30, 10],
    [40, 11],
  ],
});

test('a point for each part counts two alike parts twice, and leaves out what was bad', () => {
  expect(pointsOf(parts, 'bore', 'parts', 'count', { fromMs: 0, toMs: 50 })).toEqual([
    { tMs: 10, value: 1 },
    { tMs: 20, value: 1 },
    { tMs: 30, value: 3 },
  ]);
  expect(pointsOf(parts, 'bore', 0.01, undefined, { fromMs: 5, toMs: 35 }).map(({ value }) => value)).toEqual([
    1, 1, 3,
  ]);
});

test('limits come from the baseline alone', () => {
  const points = Array.from({ length: 60 }, (_, k) => ({ tMs: k, value: k < 40 ? (k % 2) * 2 : 50 }));
  const wish = { kind: 'xbar', size: 4, rules: [1] } as const;
  const found = spcOf(points, { ...wish, baseline: 'first10' })!;
  expect([found.limits.location.centre, found.limits.spread.centre, found.basis.count]).toEqual([1, 2, 10]);
  expect(found.ofLocation.map(({ place }) => place)).toEqual([10, 11, 12, 13, 14]);
  expect(spcOf(points, { ...wish, baseline: 'all' })!.limits.location.centre).toBeCloseTo(
    mean(points.map(({ value }) => value)),
  );
  expect(spcOf(points.slice(0, 7), { ...wish, baseline: 'all' })).toBeUndefined();
});

test('bins hold all values, and as many values can fall into each', () => {
  const values = Array.from({ length: 400 }, (_, k) => Math.round(Math.sin(k * 7.1) * 40) / 10);
  const { from, width, counts } = histogramOf(values, 0.1);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(400);
  expect((width / 0.1) % 1).toBeCloseTo(0);
  expect(from + 0.05).toBeLessThanOrEqual(Math.min(...values) + 1e-9);
  expect(histogramOf([5, 5, 5], 1).counts).toEqual([3]);
});

test('the spectrum of a sine has one line, with its amplitude', () => {
  const points = Array.from({ length: 600 }, (_, k) => ({
    tMs: k * 500,
    value: 7 + 3 * Math.sin((2 * Math.PI * k) / 16),
  }));
  const { amplitudes, resolutionHz } = spectrumOfPoints(points, 0.5, '%')!;
  const top = amplitudes.indexOf(Math.max(...amplitudes));
  expect([amplitudes.length, top * resolutionHz]).toEqual([256, 0.125]);
  expect(amplitudes[top]).toBeCloseTo(3, 1);
  expect(spectrumOfPoints(points.slice(0, 63), 0.5, '%')).toBeUndefined();
});

test('orders of the bearing follow the speed of the shaft', () => {
  const lines = new Map(bearingLines(100 / 60).map(({ name, hz }) => [name, hz]));
  expect(lines.get('BPFI')! / lines.get('1×')!).toBeCloseTo(5.415, 3);
  expect(lines.get('2×BPFO')! / lines.get('BPFO')!).toBe(2);
});

test('the ledger joins states and reasons, and the longest loss comes first', () => {
  const tape = tapeOf({
    'A.State.Current': [
      [0, 6],
      [10, 5],
      [40, 9],
      [60, 6],
    ],
    'A.State.Reason': [
      [0, 1],
      [10, 0],
      [30, 2],
      [40, 101],
      [60, 1],
    ],
  });
  const ledger = ledgerOf(tape, 'A', { fromMs: 5, toMs: 70 });
  expect(ledger.map(({ state, reason, fromMs, toMs }) => [state, reason, fromMs, toMs])).toEqual([
    ['running', 1, 5, 10],
    ['waiting', 0, 10, 30],
    ['waiting', 2, 30, 40],
    ['fault', 101, 40, 60],
    ['running', 1, 60, 70],
  ]);
  expect(losses(ledger, true).map(({ reason, ms, cumulated }) => [reason, ms, cumulated])).toEqual([
    [0, 20, 0.4],
    [101, 20, 0.8],
    [2, 10, 1],
  ]);
});

test('the address of a table keeps commas and colons, and nothing else that could break it', () => {
  const path = tablePath({
    ...{ cell: 'c-1', origin: '', signals: ['A.B', 'C.D'], everyS: undefined },
    window: { from: '2026-03-02T06:00:00.000Z', to: '2026-03-02T07:00:00.000Z' },
  });
  expect(path).toBe(
    '/api/cells/c-1/history?signals=A.B,C.D&from=2026-03-02T06:00:00.000Z&to=2026-03-02T07:00:00.000Z&format=csv',
  );
});
