import { expect, test } from 'vitest';
import { SECOND } from '#simulator/kernel/time.ts';
import { Compiler } from '#simulator/rules/compile.ts';
import { modelOf } from '../simulator/support.ts';
import { is, refusalOf } from './expression-world.ts';

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

test('a rule reads sixteen signals, each as often as it likes, and no seventeenth', () => {
  const seen = { type: 'Double', range: [0, 1], isHeld: false, changedUs: () => 0, sampleAt: () => 1 } as const;
  const paths = Array.from({ length: 17 }, (_, k) => `S.A${k}`);
  const known = new Map(paths.map((path) => [path, { path, ...seen }]));
  const reader = { find: (path: string) => known.get(path), paths, counts: new Map(), beginRound: () => {} };
  const compile = (n: number) => {
    const text = paths.slice(0, n).map((path) => `${path} + S.A0`);
    return new Compiler(reader, SECOND).compile(`${text.join(' + ')} > 1`, 'when', 'condition');
  };
  expect(compile(16)()).toBe(0);
  expect(() => compile(17)).toThrow(/1:\d+: This is signal number 17[^]*A rule reads at most 16/);
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
