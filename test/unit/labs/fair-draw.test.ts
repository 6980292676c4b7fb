import { expect, test } from 'vitest';
import { Definitions } from '#server/cells/definitions.ts';
import { createLines } from '#server/labs/attempt-lines.ts';
import { drawSeed } from '#server/labs/draw.ts';
import { isFairDraw } from '#server/labs/judge/judge-order.ts';
import { labsForTest } from '#test/support/attempts-for-test.ts';

const { model } = new Definitions('labs/cells').patched('pump-line', { 'ST03.timeToFailure': 'never' });
const scenario = [{ fault: 'process-mean', station: 'ST03', after: '900 parts at ST03', by: 6, hidden: true }];
const fair = (...where: string[]) =>
  isFairDraw(
    model,
    { seed: '00000000000000a7', scenario },
    {
      drawn: {},
      names: {
        windows: { late: { from: 0, parts: '1000', at: 'ST03' } },
        derive: { shift: 'truth.began("process-mean")' },
      },
      where,
      horizonUs: 24 * 3600e6,
    },
  );

test('a condition over parts that are made late is asked again until they are made', () => {
  expect(fair('parts(ST03, late) == 1000')).toBe(true);
  expect(fair('parts(ST03, late) == 999')).toBe(false);
});

test('a condition up to a fault that begins late is asked again until it has begun', () => {
  expect(fair('parts(ST03, {"from": 0, "to": 3600}) > 0', 'parts(ST03, {"from": 0, "to": shift}) == 900')).toBe(true);
});

test('another candidate is another line', () => {
  const key = { lab: 'quality/any', version: 1, participant: 'p-anna', attempt: 1 };
  const seeds = [0, 1, 2].map((candidate) => drawSeed(Buffer.from('secret'), key, 0, candidate));
  expect(new Set(seeds).size).toBe(3);
  expect(drawSeed(Buffer.from('secret'), key, 0)).toBe(seeds[0]);
});

test('another candidate draws anew, and whoever remembers nothing draws the same', async () => {
  const lab = labsForTest().labs.get('quality/spc-shift')!;
  const who = { id: 'a-1', lab: lab.id, labVersion: 1, participant: 'p-anna', number: 1, cell: 'c-1', startedMs: 0 };
  const lines = (isFair: boolean[]) => createLines({ isFair: async () => isFair.shift()! }, Buffer.from('secret'));
  const remembering = lines([false, false, true]);
  const first = remembering.draw(lab, who, {});
  const { progress } = await remembering.fair(lab, who, {});
  const third = remembering.draw(lab, who, progress);
  expect(third).not.toEqual(first);
  expect(remembering.draw(lab, who, {})).toEqual(first);
  expect(lines([]).draw(lab, who, progress)).toEqual(third);
});
