import { expect, test } from 'vitest';
import { loadModel } from '#server/cells/load.ts';
import { judgeJob } from '#server/jobs/judge-job.ts';
import type { Life } from '#server/jobs/job.ts';
import type { Check } from '#server/labs/judge/check.ts';
import { eventsIn } from '#server/labs/judge/events-in.ts';
import type { JudgeOrder } from '#server/labs/judge/judge-order.ts';
import { createRehearsals } from '#server/labs/rehearsal.ts';
import { MINUTE, SECOND } from '#simulator/kernel/time.ts';

const common = { points: 1, needs: [] };
const power: Check = {
  ...{ ...common, id: 'power', source: 'value', unit: 'kW', above: { value: 1 } },
  expression: 'mean(ST12.Meter.Main.Power, early)',
};
const now: Check = { ...power, id: 'now', expression: 'value(ST12.Meter.Main.Energy)' };
const parts: Check = {
  ...{ ...common, id: 'parts', source: 'event', event: 'ST03.PartDone', isCommand: false, actor: 'participant' },
  count: { least: 1 },
};
const rule: Check = {
  ...{ ...common, id: 'rule', source: 'rule', rule: 'hot' },
  hidden: { seeds: 1, set: {}, scenario: [], run: { us: SECOND }, each: 'true', atLeast: 1, freeTries: 3 },
};
const order = (checks: readonly Check[]): JudgeOrder => ({
  step: { id: 'step', asks: [], checks },
  basis: { nowMs: 0, anchorMs: 0, evidence: [], drawn: {}, answers: {} },
  ...{ names: { windows: { early: { from: 60, to: 600 } }, derive: {} }, asks: {}, passed: [], openUs: 0, seeds: {} },
});

test('a step is rehearsed once a minute, without the hidden lines of its rules', async () => {
  const seen: string[] = [];
  let nowMs = 0;
  const host = {
    rehearse: async (cell: string, { step }: JudgeOrder) =>
      void seen.push(`${cell} ${step.checks.map(({ id }) => id).join(' ')}`),
  };
  const rehearse = createRehearsals(host, () => nowMs);
  const ask = (checks: readonly Check[], cell = 'c-1') => rehearse(cell, 'step', async () => order(checks));
  await ask([power, rule]);
  await ask([power]);
  await ask([power], 'c-2');
  nowMs = 60_000;
  await ask([parts]);
  await ask([rule], 'c-3');
  expect(seen).toEqual(['c-1 power', 'c-2 power', 'c-1 parts']);
});

test('where the host has no use for it, nothing is put together', async () => {
  const rehearse = createRehearsals({}, () => 0);
  await rehearse('c-1', 'step', () => Promise.reject(new Error('Nobody should ask.')));
});

test('a check after a rehearsal comes to what it comes to without one', () => {
  const model = loadModel('labs/cells/pump-line.yaml');
  const lifeAt = (nowUs: number, definition: string): Life => ({
    ...{ definition, seed: '0000000000000007', scenario: [], log: [], checkpoint: undefined, nowUs },
  });
  const checks = order([power, now, parts]);
  const early = judgeJob(model, lifeAt(11 * MINUTE, 'rehearsed'), checks);
  const after = judgeJob(model, lifeAt(13 * MINUTE, 'rehearsed'), checks);
  expect(after).toEqual(judgeJob(model, lifeAt(13 * MINUTE, 'fresh'), checks));
  // What is past stays, the present does not.
  expect(after.outcomes[0]).toEqual(early.outcomes[0]);
  expect(after.outcomes[1].seen).not.toEqual(early.outcomes[1].seen);
});

test('events are found by name or glob, both ends of the window included, in the order in which they came', () => {
  const all = [1, 2, 2, 3, 5].map((t, k) => ({ t, event: k % 2 ? 'ST03.PartDone' : 'ST07.PartDone', value: k }));
  const found = (glob: string, fromUs: number, toUs: number) =>
    eventsIn(all, glob, { fromUs, toUs }).map(({ value }) => value);
  expect(found('*.PartDone', 2, 3)).toEqual([1, 2, 3]);
  expect(found('ST03.PartDone', 0, 9)).toEqual([1, 3]);
  expect(found('*', 4, 4)).toEqual([]);
  expect(found('ST07.*', 5, 9)).toEqual([4]);
});
