import { expect, test } from 'vitest';
import { liveCellForTest } from '#test/support/live-cell-for-test.ts';
import type { Actor } from '#contract/command.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import { seconds } from '#simulator/kernel/time.ts';

const me = { actor: 'p-1', via: 'http' } as const;

test('a cell goes forward with the wall clock and tells its listeners', () => {
  const { cell, wall } = liveCellForTest();
  const times: number[] = [];
  cell.listen({ advanced: (nowUs) => times.push(nowUs) });
  const before = cell.clock.simUs;
  wall.forward(500);
  expect(times).toEqual([1, 2, 3, 4, 5].map((n) => before + n * 100_000));
});

test('a paused cell stands still, and at x100 it moves a hundred times as far until it meets the wall clock', async () => {
  const { cell, wall, kept } = liveCellForTest();
  const start = cell.clock.simUs;
  await cell.setSpeed({ paused: true }, me);
  wall.forward(100_000);
  expect(cell.clock.simUs).toBe(start);
  await cell.setSpeed({ paused: false, speed: 100 }, me);
  wall.forward(500);
  expect(cell.clock.simUs).toBe(start + seconds(50));
  wall.forward(2_000);
  expect(cell.clock.speed).toBe(1);
  expect(cell.epochMs(cell.clock.simUs)).toBe(wall.now());
  expect(kept.clocks.map(({ kind }) => kind)).toEqual(['set', 'set', 'caught-up']);
});

test('a speed that is not allowed is refused with those that are, and the clock goes on as it was', async () => {
  const { cell, kept } = liveCellForTest();
  for (const speed of [0.5, 101]) {
    await expect(cell.setSpeed({ speed }, me)).rejects.toMatchObject({
      ...{ code: 'speed_not_allowed', message: expect.stringContaining(`x${speed}`) as string },
      hint: expect.stringContaining('from 1 to 100') as string,
    });
  }
  expect([cell.clock.speed, kept.clocks, kept.evidence]).toEqual([1, [], []]);
});

test('a command is obeyed once, however often it is sent', async () => {
  const { cell, kept } = liveCellForTest();
  const request = { id: 'a', target: 'ST03.Hold' };
  const [first, second] = await Promise.all([cell.command(request, me), cell.command(request, me)]);
  const third = await cell.command(request, me);
  expect(first.status).toBe('done');
  expect(second).toEqual(first);
  expect(third).toMatchObject(first);
  expect(kept.commands).toHaveLength(1);
});

test('a refused command changes nothing and says what to do', async () => {
  const { cell, kept } = liveCellForTest();
  const hash = cell.hash;
  const result = await cell.command({ id: 'a', target: 'ST99.Hold' }, me);
  expect(result.status).toBe('unknown_target');
  expect(result.reason).toMatch(/ST99/);
  expect(cell.hash).toBe(hash);
  expect(kept.evidence).toMatchObject([{ kind: 'command', status: 'unknown_target', participant: 'p-1' }]);
});

test('a hurrying cell stops at the very instant of the awaited event', async () => {
  const first = liveCellForTest();
  const heard: Happening[] = [];
  first.cell.listen({ happened: (happening) => void heard.push(happening) });
  first.wall.leap(8 * 3_600_000);
  const other = liveCellForTest();
  await other.cell.setSpeed({ paused: true }, me);
  other.wall.leap(8 * 3_600_000);
  const { event, t } = heard[0];
  const clock = await other.cell.runUntil({ event, withinS: 8 * 3600 }, me);
  expect(clock.simUs).toBe(t);
  expect(clock.runUntilUs).toBeUndefined();
});

test('a hurrying cell never passes the wall clock', async () => {
  const { cell, wall } = liveCellForTest();
  await cell.setSpeed({ paused: true }, me);
  wall.leap(1_000_000);
  const clock = await cell.runUntil({ simUs: cell.clock.simUs + seconds(10_000) }, me);
  expect(cell.epochMs(clock.simUs)).toBe(wall.now());
});

test('commands without end are refused from some number on, leave nothing behind, and keep nobody else from theirs', async () => {
  const { cell, wall, kept } = liveCellForTest();
  const give = (n: number, by: Actor = { actor: 'p-1', via: n % 2 ? 'opcua' : 'http' }) =>
    cell.command({ id: `${n}`, target: 'ST03.Program.Feed', value: 70 + (n % 20) }, by);
  const flood = await Promise.all(Array.from({ length: 2500 }, (_, n) => give(n)));
  expect(flood.filter(({ status }) => status === 'done')).toHaveLength(2000);
  expect(flood.at(-1)).toMatchObject({
    status: 'too_many_commands',
    reason: expect.stringMatching(/2000.*5 a second.*Wait/) as string,
  });
  expect([kept.commands.length, cell.log.length]).toEqual([2000, 2000]);
  expect(kept.evidence.filter(({ kind }) => kind === 'refusal').length).toBeLessThan(5);
  await expect(cell.setSpeed({ speed: 2 }, me)).rejects.toMatchObject({ code: 'too_many_commands', status: 429 });
  expect((await give(0)).status).toBe('done');
  expect((await give(0, { actor: 'p-2', via: 'mqtt' })).status).toBe('done');
  wall.forward(1000);
  const more = await Promise.all(Array.from({ length: 7 }, (_, n) => give(3000 + n)));
  expect(more.filter(({ status }) => status === 'done')).toHaveLength(5);
});
