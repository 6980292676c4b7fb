import { expect, test } from 'vitest';
import { loadDefinition } from '#server/cells/load.ts';
import { Model } from '#simulator/cell/model.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import { HOUR, MINUTE, SECOND, seconds } from '#simulator/kernel/time.ts';
import { liveCellForTest } from '#test/support/live-cell-for-test.ts';

const me = { actor: 'p-1', via: 'http' } as const;
const reaction = {
  event: 'Network.ConduitAllowed',
  within: '60 s',
  until: 'Network.ConduitDenied',
  text: { en: 'A door stands open: close it', sv: 'En dörr står öppen: stäng den' },
};
const pumpLine = loadDefinition('labs/cells/pump-line.yaml');
const withReaction = new Model({ ...pumpLine, reactions: [reaction] });
const order = (command: string, id: string) => ({ id, target: `Network.${command}`, value: 'OfficeToMachines' });

/** A fast cell that has all the time in the world before it meets the wall clock. */
async function fastCell(model = withReaction) {
  const made = liveCellForTest({ model });
  await made.cell.setSpeed({ paused: true }, me);
  made.wall.leap(8 * 3_600_000);
  await made.cell.setSpeed({ paused: false, speed: 100 }, me);
  return made;
}

test('where a hand is needed its window lasts 10 s of wall time, and then the asked speed is back', async () => {
  const { cell, wall } = await fastCell();
  const { atUs } = await cell.command(order('Allow', 'a'), me);
  wall.forward(100);
  expect(cell.clock).toMatchObject({ speed: 6, capped: { wanted: 100, most: 6, untilUs: atUs + MINUTE } });
  expect(cell.clock.capped?.why).toEqual(reaction.text);
  wall.forward(9_800);
  expect(cell.clock.speed).toBe(6);
  expect(cell.clock.simUs).toBeLessThan(atUs + MINUTE);
  wall.forward(1_100);
  expect(cell.clock).toMatchObject({ speed: 100 });
  expect(cell.clock.capped).toBeUndefined();
  // 10 s for the window, the last second at x100: to the microsecond where the window ended.
  expect(cell.clock.simUs).toBe(atUs + MINUTE + seconds(100));
});

test('a reaction ends the window at once, and who asks for speed meanwhile gets it afterwards', async () => {
  const { cell, wall } = await fastCell();
  await cell.command(order('Allow', 'a'), me);
  wall.forward(1_000);
  expect((await cell.setSpeed({ speed: 50 }, me)).capped).toMatchObject({ wanted: 50, most: 6 });
  await cell.setSpeed({ speed: 3 }, me);
  expect(cell.clock).toMatchObject({ speed: 3 });
  expect(cell.clock.capped).toBeUndefined();
  await cell.setSpeed({ speed: 50 }, me);
  await cell.command(order('Deny', 'b'), me);
  wall.forward(200);
  expect(cell.clock).toMatchObject({ speed: 50 });
});

test('the plant lives the same life with and without a cap', async () => {
  const [capped, free] = [await fastCell(), await fastCell(new Model(pumpLine))];
  for (const { cell } of [capped, free]) await cell.command(order('Allow', 'a'), me);
  for (const { cell } of [capped, free]) await cell.runUntil({ simUs: 2 * HOUR }, me);
  for (const { cell } of [capped, free]) await cell.setSpeed({ paused: true }, me);
  const at = Math.max(capped.cell.clock.simUs, free.cell.clock.simUs) + SECOND;
  for (const { cell } of [capped, free]) await cell.runUntil({ simUs: at }, me);
  expect(capped.cell.hash).toBe(free.cell.hash);
});

test('a reaction to an event that no station has is refused with its place', () => {
  expect(() => new Model({ ...pumpLine, reactions: [{ ...reaction, event: 'Network.ConduitAlowed' }] })).toThrow(
    /Did you mean.*ConduitAllowed/,
  );
});

test('a paused cell goes step by step: by a second, and to the next thing that happens', async () => {
  const { cell, wall } = liveCellForTest();
  await expect(cell.step({ by: 'second' }, me)).rejects.toMatchObject({ code: 'not_paused' });
  await cell.setSpeed({ paused: true }, me);
  await expect(cell.step({ by: 'second' }, me)).rejects.toMatchObject({ code: 'at_present' });
  wall.leap(3_600_000);
  const start = cell.clock.simUs;
  expect((await cell.step({ by: 'second' }, me)).simUs).toBe(start + SECOND);
  const heard: Happening[] = [];
  cell.listen({ happened: (happening) => void heard.push(happening) });
  const { simUs } = await cell.step({ by: 'event' }, me);
  expect(heard.length).toBeGreaterThan(0);
  expect(heard.every(({ t }) => t === simUs)).toBe(true);
  expect(cell.clock.paused).toBe(true);
});

test('the end of the shift, an alarm and a rule are targets to run until', async () => {
  const { cell } = await fastCell(new Model(pumpLine));
  const rule = { id: 'any', when: 'ST03.Spindle.Load > 1.0', do: 'alarm' };
  await cell.command({ id: 'r', target: 'Rules.Define', value: rule }, me);
  const heard: Happening[] = [];
  cell.listen({ happened: (happening) => void heard.push(happening) });
  const fired = await cell.runUntil({ event: 'Rules.RuleFired', withinS: 3600 }, me);
  expect(heard.at(-1)).toMatchObject({ event: 'Rules.RuleFired' });
  expect(fired.simUs).toBeGreaterThan(HOUR);
  await cell.setSpeed({ paused: true }, me);
  const { simUs } = await cell.runUntil({ moment: 'end-of-shift' }, me);
  // From 05:30 to 14:00.
  expect(simUs).toBe(8.5 * HOUR);
});
