import { expect, test } from 'vitest';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { Compiler, type SignalReader } from '#simulator/rules/compile.ts';
import type { Rule } from '#simulator/rules/rule.ts';
import { Trial } from '#simulator/rules/trial.ts';
import { modelOf } from '../simulator/support.ts';

/** One signal that each evaluation sees with its next value, one that is unknown, one of two values. */
function worldOf(values: readonly number[], made = () => 0): SignalReader {
  const seen = { range: [-1e9, 1e9], isHeld: false, changedUs: () => Infinity } as const;
  const signals = {
    'ST03.Load': { path: 'ST03.Load', type: 'Double', ...seen, sampleAt: (t: number) => values[t / SECOND - 1] },
    'ST03.Lost': { path: 'ST03.Lost', type: 'Double', ...seen, sampleAt: () => NaN },
    'ST03.Door': { path: 'ST03.Door', type: 'Boolean', ...seen, sampleAt: () => 1 },
    'Line.Power': { path: 'Line.Power', type: 'Double', ...seen, sampleAt: () => 1 },
  } as const;
  return {
    find: (path) => signals[path as keyof typeof signals],
    paths: Object.keys(signals),
    counts: new Map([['ST03', made]]),
    beginRound: () => {},
  };
}

/** What an expression comes to at each second. */
function series(
  text: string,
  values: readonly number[],
  kind: 'number' | 'condition' = 'number',
  made: (second: number) => number = () => 0,
): number[] {
  let second = 0;
  const compiler = new Compiler(
    worldOf(values, () => made(second)),
    SECOND,
  );
  const seen: number[] = [];
  const evaluate = compiler.compile(text, 'when', kind);
  const { signals, windows, samples, results } = compiler;
  const rule: Rule = {
    ...{
      id: 'test',
      everyUs: SECOND,
      each: undefined,
      forUs: 0,
      signals,
      windows,
      hasTimeWindows: true,
      isDiscrete: false,
    },
    ...{ samples, results, until: () => 0, action: { does: 'alarm' } },
    when() {
      seen.push(evaluate());
      return 0;
    },
  };
  const trial = new Trial(rule);
  values.forEach((_, k) => {
    second = k + 1;
    trial.run(second * SECOND);
  });
  return seen;
}
const last = (text: string, values: readonly number[], kind?: 'condition'): number =>
  series(text, values, kind).at(-1)!;
const is = (text: string, value = 5): number => last(text, [value], 'condition');

function refusalOf(text: unknown, kind: 'number' | 'condition' = 'condition'): Refusal {
  try {
    new Compiler(worldOf([]), SECOND).compile(text, 'when', kind);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error(`${String(text)} was not refused.`);
}

test.each([
  ['ST03.Load > 4', 1],
  ['ST03.Load > 4.5 && ST03.Load < 6', 1],
  ['2 * ST03.Load == 10', 1],
  ['ST03.Load / 2 == 2.5', 1],
  ['ST03.Load + 1 > 6 || ST03.Door', 1],
  ['!(ST03.Load >= 5)', 0],
  ['ST03.Door == (ST03.Load != 5)', 0],
  ['(ST03.Door ? ST03.Load : 0) % 3 == 2.0', 1],
  ['value(ST03.Load) - -1 == 6', 1],
])('%s is %s: whole numbers and decimals go together', (text, wanted) => {
  expect(is(text)).toBe(wanted);
});

test('what is missing is unknown, unless the rest decides', () => {
  for (const text of [
    'ST03.Lost > 1',
    'ST03.Lost <= 1',
    'ST03.Lost == ST03.Lost',
    '!(ST03.Lost > 1)',
    'ST03.Load / 0 > 1',
  ]) {
    expect([text, is(text)]).toEqual([text, NaN]);
  }
  expect(is('ST03.Lost > 1 && ST03.Load > 9')).toBe(0);
  expect(is('ST03.Lost > 1 || ST03.Load > 1')).toBe(1);
  expect(is('ST03.Lost > 1 && ST03.Load > 1')).toBe(NaN);
  expect(is('ST03.Lost > 1 ? true : true')).toBe(NaN);
});

/** The window functions again, from the samples themselves. */
const REFERENCES: Record<string, (v: readonly number[]) => number> = {
  mean: (v) => v.reduce((a, b) => a + b, 0) / v.length,
  min: (v) => Math.min(...v),
  max: (v) => Math.max(...v),
  std: (v) => {
    const mean = REFERENCES.mean(v);
    return Math.sqrt(v.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / (v.length - 1));
  },
  zscore: (v) => (v.at(-1)! - REFERENCES.mean(v)) / REFERENCES.std(v),
  slope: (v) => {
    const [t, x] = [(v.length - 1) / 2, REFERENCES.mean(v)];
    const up = v.reduce((sum, y, k) => sum + (k - t) * (y - x), 0);
    return up / v.reduce((sum, _, k) => sum + (k - t) * (k - t), 0);
  },
  integral: (v) => v.reduce((a, b) => a + b, 0),
};
const wave = Array.from({ length: 200 }, (_, k) => 1e6 + ((k * 7919) % 101) + k / 10);

test.each(Object.keys(REFERENCES))('%s is exact while each sample has a bucket', (name) => {
  const found = series(`${name}(ST03.Load, "12 s")`, wave);
  for (let k = 0; k < wave.length; k++) {
    if (k < 11) expect(found[k]).toBe(NaN);
    else expect(found[k]).toBeCloseTo(REFERENCES[name](wave.slice(k - 11, k + 1)), 6);
  }
});

test('a long window keeps 32 numbers and is right to within a bucket', () => {
  const values = Array.from({ length: 2000 }, (_, k) => k);
  const mean = series('mean(ST03.Load, "1000 s")', values);
  for (const k of [999, 1234, 1999]) expect(Math.abs(mean[k] - (k - 499.5))).toBeLessThanOrEqual(16);
  expect(last('slope(ST03.Load, "1000 s")', values)).toBeCloseTo(1, 9);
  // 15 buckets of 63 samples and 47 in the newest; of n whole numbers in a row the deviation is sqrt(n(n + 1) / 12).
  expect(last('std(ST03.Load, "1000 s")', values)).toBeCloseTo(Math.sqrt((992 * 993) / 12), 6);
  expect(mean[1999]).toBe(1999 - 1007 / 2);
});

test('delta, ewma, share and count', () => {
  expect(last('delta(ST03.Load, "3 s")', [1, 2, 4, 8, 16])).toBe(14);
  expect(series('delta(ST03.Load, "3 s")', [1, 2, 4])).toEqual([NaN, NaN, NaN]);
  expect(last('share(ST03.Load > 3, "4 s")', [1, 2, 4, 8, 16])).toBe(0.75);
  expect(last('count(ST03.Load > 3, "4 s")', [1, 2, 4, 8, 16])).toBe(3);
  const ewma = last('ewma(ST03.Load, "10 s")', [0, ...Array.from({ length: 10 }, () => 1)]);
  expect(ewma).toBeCloseTo(1 - Math.exp(-1), 9);
});

/** Two seconds a part, from the fourth second on; the value of part n is that of its second. */
const everyOther = (second: number): number => Math.max(0, Math.floor((second - 2) / 2));
const ofParts = (values: readonly number[]): number[] => values.filter((_, k) => k >= 3 && (k + 1) % 2 === 0);

test.each(Object.keys(REFERENCES).filter((name) => name !== 'integral'))('%s looks at the last parts', (name) => {
  const found = series(`${name}(ST03.Load, "5 parts")`, wave, 'number', everyOther);
  for (let second = 1; second <= wave.length; second++) {
    const parts = ofParts(wave.slice(0, second));
    if (parts.length < 5) expect(found[second - 1]).toBe(NaN);
    else expect(found[second - 1]).toBeCloseTo(REFERENCES[name](parts.slice(-5)), 6);
  }
});

test.each([
  ['last(ST03.Load, "2 parts")', (parts: readonly number[]) => parts.at(-3)!],
  ['delta(ST03.Load, "2 parts")', (parts: readonly number[]) => parts.at(-1)! - parts.at(-3)!],
  [
    'count(ST03.Load > 1000050, "10 parts at ST03")',
    (p: readonly number[]) => p.slice(-10).filter((x) => x > 1000050).length,
  ],
  [
    'share(ST03.Load > 1000050, "10 parts")',
    (p: readonly number[]) => p.slice(-10).filter((x) => x > 1000050).length / 10,
  ],
  ['spc.range(ST03.Load, "5 parts")', (p: readonly number[]) => Math.max(...p.slice(-5)) - Math.min(...p.slice(-5))],
])('%s is of parts', (text, reference) => {
  const found = series(text, wave, 'number', everyOther);
  expect(found.slice(0, 7)).toEqual(Array(7).fill(NaN));
  for (const second of [60, 101, 200]) {
    expect(found[second - 1]).toBeCloseTo(reference(ofParts(wave.slice(0, second))), 6);
  }
});

test('last is the value a window ago, in time too', () => {
  expect(series('last(ST03.Load, "2 s")', [1, 2, 4, 8, 16])).toEqual([NaN, NaN, 1, 2, 4]);
});

test('spc.outside finds the value that leaves the limits of those before it, and only that one', () => {
  const noise = [3, -1, 2, -2, 1, 0, -3, 2, -1, 1, -2, 3, 0, -1, 2];
  const values = [...noise, ...noise, 25, ...noise.slice(0, 3)];
  const found = series('spc.outside(ST03.Load, "15 parts")', values, 'condition', (second) => second);
  expect(found.slice(0, 15)).toEqual(Array(15).fill(NaN));
  expect(found.slice(15)).toEqual(values.slice(15).map((value) => (value === 25 ? 1 : 0)));
});

test('several parts at once count with the value that is seen then', () => {
  const found = series('mean(ST03.Load, "4 parts")', [1, 2, 3, 4], 'number', (second) => [0, 0, 1, 4, 9][second]);
  expect(found).toEqual([NaN, NaN, (2 + 3 * 3) / 4, 4]);
});

test('one unknown sample makes a window unknown until it has left it', () => {
  const found = series('mean(1 / ST03.Load, "2 s")', [1, 1, 0, 1, 1, 1]);
  expect(found.map(Number.isNaN)).toEqual([true, false, true, true, false, false]);
});

test.each([
  ['mean(ST03.Lod, "10 min") > 60', '1:6', 'no signal "ST03.Lod". Did you mean "ST03.Load"?'],
  ['ST03.Load >\n  ST03.Door', '2:3', '> wants a number, and this is a condition'],
  ['ST03.Load', '1:1', '"when" wants a condition, and this is a number'],
  ['ST03.Load && ST03.Door', '1:1', '&& wants a condition'],
  ['mean(ST03.Door, "10 s") > 1', '1:6', 'mean wants a number'],
  ['share(ST03.Load, "10 s") > 1', '1:7', 'share wants a condition'],
  ['ST03.Load > 60,5', '1:15', 'Use a point in rules: 60.5, not 60,5'],
  ['mean(ST03.Load - 60,5, "10 s") > 1', '1:1', 'Use a point in rules: 60.5'],
  ['mean(ST03.Load, 10min) > 1', '1:19', 'cannot be read here'],
  ['mean(ST03.Load, "10min") > 1', '1:17', 'Give a number, a space and s, min, h or d'],
  ['mean(ST03.Load, 10) > 1', '1:17', 'This is no window'],
  ['mean(ST03.Load, "0 parts") > 1', '1:17', 'a whole number and "parts"'],
  ['mean(ST03.Load, "5 parts at ST3") > 1', '1:17', 'ST3 finishes no parts'],
  ['mean(Line.Power, "5 parts") > 1', '1:18', 'Line finishes no parts'],
  ['mean(Line.Power - ST03.Load, "5 parts") > 1', '1:30', 'several stations (Line, ST03)'],
  ['mean(1, "5 parts") > 1', '1:9', 'parts of no station'],
  ['std(ST03.Load, "1 part") > 1', '1:16', 'Give 2 to 1000 parts'],
  ['integral(ST03.Load, "5 parts") > 1', '1:21', 'looks at a length of time'],
  ['spc.outside(ST03.Load, "10 min")', '1:24', 'looks at parts'],
  ['spc.outside(ST03.Load, "7 parts")', '1:24', 'Give 8 to 31 parts'],
  ['spc.outsid(ST03.Load, "25 parts")', '1:1', 'Did you mean "spc.outside"?'],
  ['spc.outside(ST03.Load, "25 parts") > 1', '1:1', '> wants a number, and this is a condition'],
  ['std(ST03.Load, "1 s") > 1', '1:16', 'at least 2 s'],
  ['mean(ST03.Load, "2.5 s") > 1', '1:17', 'whole multiple'],
  ['meen(ST03.Load, "10 s") > 1', '1:1', 'Did you mean "mean"?'],
  ['mean(min(ST03.Load, "10 s"), "10 s") > 1', '1:6', 'inside another'],
  ['ST03.Load > "60"', '1:13', 'Texts are for windows only'],
  ['ST03.Load > 60 and ST03.Door', '1:16', 'Write && instead of "and"'],
  ['ST03.Load = 60', '1:11', 'Write == to compare'],
  ['ST03.Load >', '1:12', 'ends too early'],
  ['ST03.Load > 60 kW', '1:16', 'Leave units and words out'],
  ['ST03.Door ? 1 : true', '1:17', 'One side of ":" is a number, the other a condition'],
])('%s is refused at %s: %s', (text, place, message) => {
  const refusal = refusalOf(text);
  expect(refusal.message).toContain(message);
  expect(refusal.message).toMatch(new RegExp(`^${place}: `));
  expect(refusal.message.split('\n')[2].indexOf('^')).toBe(Number(place.split(':')[1]) - 1);
});

test.each([
  ['a regular expression', '"aaaaaaaaaaaaaaaaaaaaaaaa!".matches("(a+)+$")'],
  ['a regular expression as a function', 'matches("aaaaaaaaaaaaaaaaaaaaaaaa!", "(a+)+$")'],
  ['a comprehension', '[1, 2, 3].all(x, [1, 2, 3].all(y, x > y))'],
  ['a time', 'timestamp("2026-01-01T00:00:00Z") > timestamp("2025-01-01T00:00:00Z")'],
  ['a macro', 'has(ST03.Load)'],
  ['a list', '1 in [1, 2, 3]'],
  ['a map', '{"a": 1}.a == 1'],
  ['an index', 'ST03["Load"] > 1'],
  ['parentheses', '('.repeat(199) + '1' + ')'.repeat(199)],
  ['negations', `${'!'.repeat(390)}true`],
  ['choices', `${'true ? '.repeat(50)}true`],
  ['nested equations', `${'('.repeat(60)}1${' == 1)'.repeat(60)}`],
  ['a sum', `1${'+1'.repeat(199)} > 1`],
  ['a huge whole number', `1${'0'.repeat(380)} > 1`],
  ['a huge decimal', '1e999 > 1'],
  ['a number too large', '9007199254740993000 > 1'],
  ['an unsigned number', '5u > 1'],
  ['bytes', 'b"abc" == b"abc"'],
  ['nothing that is known', 'null'],
  ['a prototype', 'ST03.Load.constructor > 1'],
  ['a function of every object', 'toString(ST03.Load, "10 s") > 1'],
  ['a huge text', 'x'.repeat(10_000_000)],
  ['a text that does not end', `"${'a'.repeat(300)}`],
  ['blanks', '   '],
  ['no text', 42],
  ['nothing', undefined],
])('%s is refused at once', (_, text) => {
  const began = process.cpuUsage();
  expect(refusalOf(text).hint).not.toBe('');
  const { user } = process.cpuUsage(began);
  expect(user).toBeLessThan(100_000);
});

test.each([
  ['has 401 letters', (n: number) => `${' '.repeat(395 + n)}1 > 0`, 1],
  ['is too large', (n: number) => `${'('.repeat(n)}1${')'.repeat(n)} > 0`, 30],
  ['is too large', (n: number) => `1${'+1'.repeat(n)} > 0`, 99],
])('an expression that %s is refused for that, and one a little smaller is not', (message, of, size) => {
  expect(refusalOf(of(size))).toMatchObject({
    ...{ code: 'out_of_range', message: expect.stringContaining(message) as string },
  });
  expect(() => refusalOf(of(size - 1))).toThrow('was not refused');
});

test('every signal of the pump line can be named in a rule', () => {
  const { signals } = modelOf('pump-line');
  const readable = new Map(
    signals.map(({ path, type, range }) => [
      path,
      { path, type, range, isHeld: false, changedUs: () => 0, sampleAt: () => 1 },
    ]),
  );
  for (const { path } of signals) {
    const reader = { find: (name: string) => readable.get(name), paths: readable.keys() };
    const compiler = new Compiler({ ...reader, counts: new Map(), beginRound: () => {} }, SECOND);
    compiler.compile(`${path} == ${path}`, 'when', 'condition');
    expect(compiler.signals.map((signal) => signal.path)).toEqual([path]);
  }
});
