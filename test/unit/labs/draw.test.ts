import { expect, test } from 'vitest';
import { type DrawKey, drawAll, drawHidden, drawSeed } from '#server/labs/draw.ts';
import { LabFile } from '#server/labs/format/lab-file.ts';
import { parseWeekTime } from '#server/labs/plant-time.ts';

const secret = Buffer.from('a secret of the server');
const anna: DrawKey = { lab: 'iiot/meet-the-machine', version: 1, participant: 'p-anna', attempt: 1 };
const startUs = parseWeekTime('Mon 05:30')!;
const vars = LabFile.shape.vars.parse({
  wanted: { someOf: ['a', 'b', 'c', 'd', 'e'], count: 3, redraw: 'find' },
  interval: { oneOf: [500, 1000, 2000] },
  stop: {
    oneOf: [
      { station: 'ST03', fault: 'tool' },
      { station: 'ST07', fault: 'leak' },
    ],
  },
  level: { from: 1, to: 2 },
  stepped: { from: 0.1, to: 0.3, step: 0.1 },
  began: { from: 'Mon 05:40', to: 'Mon 06:00', step: '1 s' },
});
const draw = (key: Partial<DrawKey> = {}, draws = 0) =>
  drawAll(secret, { ...anna, ...key }, vars, startUs, () => draws);

test('the same attempt draws the same, for ever', () => {
  expect(draw()).toEqual(draw());
  expect(drawSeed(secret, anna, 0)).toBe(drawSeed(secret, anna, 0));
  expect(drawSeed(secret, anna, 0)).toMatch(/^[0-9a-f]{16}$/);
});

test.each([
  ['another participant', { participant: 'p-bo' }],
  ['another attempt', { attempt: 2 }],
  ['another version', { version: 2 }],
  ['another lab', { lab: 'iiot/other' }],
])('%s draws something else', (_, key) => {
  expect(draw(key).level).not.toBe(draw().level);
  expect(drawSeed(secret, { ...anna, ...key }, 0)).not.toBe(drawSeed(secret, anna, 0));
});

test('another secret draws something else', () => {
  expect(drawSeed(Buffer.from('another'), anna, 0)).not.toBe(drawSeed(secret, anna, 0));
});

test('hidden lines are others for each check, each time that they are drawn anew, and each participant', () => {
  const hidden = (key: Partial<DrawKey>, check: string, drawn: number) =>
    drawHidden(secret, { ...anna, ...key }, check, drawn, 20);
  const all = [
    hidden({}, 'find.rule', 0),
    hidden({}, 'find.rule', 1),
    hidden({}, 'find.other', 0),
    hidden({ participant: 'p-bo' }, 'find.rule', 0),
  ];
  expect(new Set(all.flat()).size).toBe(80);
  for (const seed of all.flat()) expect(seed).toMatch(/^[0-9a-f]{16}$/);
  expect(hidden({}, 'find.rule', 1)).toEqual(all[1]);
});

test('a redraw changes what belongs to its step, and nothing else', () => {
  const after = drawAll(secret, anna, vars, startUs, (step) => (step === 'find' ? 1 : 0));
  expect(after.wanted).not.toEqual(draw().wanted);
  expect({ ...after, wanted: 0 }).toEqual({ ...draw(), wanted: 0 });
});

test('a thousand participants see every value, nothing twice in a list, and all within their limits', () => {
  const all = Array.from({ length: 1000 }, (_, k) => draw({ participant: `p-${k}` }));
  const seen = (name: string) => new Set(all.map((drawn) => JSON.stringify(drawn[name])));
  for (const { wanted } of all) expect(new Set(wanted as string[]).size).toBe(3);
  expect(seen('wanted').size).toBe(60);
  expect([...seen('interval')].sort()).toEqual(['1000', '2000', '500']);
  expect(seen('stop').size).toBe(2);
  expect([...seen('stepped')].sort()).toEqual(['0.1', '0.2', '0.3']);
  expect(seen('level').size).toBe(1000);
  const levels = all.map(({ level }) => Number(level));
  expect(Math.min(...levels)).toBeGreaterThanOrEqual(1);
  expect(Math.max(...levels)).toBeLessThan(2);
  const mean = levels.reduce((sum, level) => sum + level, 0) / 1000;
  expect(Math.abs(mean - 1.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / 1000));
  const began = all.map((drawn) => Number(drawn.began));
  expect(Math.min(...began)).toBeGreaterThanOrEqual(600);
  expect(Math.max(...began)).toBeLessThanOrEqual(1800);
  expect(began.every(Number.isInteger)).toBe(true);
});
