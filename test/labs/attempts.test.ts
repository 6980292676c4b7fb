import { afterAll, beforeAll, expect, test } from 'vitest';
import { AttemptView, StepResult } from '#contract/lab-view.ts';
import type { Attempts } from '#server/labs/attempts.ts';
import { type Drawn, drawAll, drawSeed } from '#server/labs/draw.ts';
import type { Lab } from '#server/labs/lab.ts';
import { AttemptsForTest, labsForTest, secretForTest } from '#test/support/attempts-for-test.ts';

const LAB = 'iiot/meet-the-machine';
const library = labsForTest();
const lab = library.labs.get(LAB) as Lab;
const course = new AttemptsForTest(library, 'test');
const secret = secretForTest;
const someone = () => course.someone();
let attempts: Attempts;

const open = async (how: () => Promise<void>) => {
  await how();
  ({ attempts } = course);
};
beforeAll(() => open(() => course.open()));
afterAll(() => course.close());

/** What was drawn, which only the server knows. */
const drawnFor = (participant: string, draws: Record<string, number> = {}, number = 1): Drawn =>
  drawAll(
    secret,
    { lab: LAB, version: lab.version, participant, attempt: number },
    lab.vars,
    lab.cell.start,
    (s) => draws[s] ?? 0,
  );
const rightAnswers = ({ wanted }: Drawn) => {
  const [first, second, third, fourth] = wanted as string[];
  return { first, second, third, fourth };
};
const wrongAnswers = {
  first: 'ST12.State.Current',
  second: 'ST12.State.Current',
  third: 'ST12.State.Current',
  fourth: 'ST12.State.Current',
};

test('nothing that is secret is in anything that is sent', async () => {
  const anna = await someone();
  const drawn = drawnFor(anna);
  const { station, fault } = drawn.stop as Record<string, string>;
  const began = Number(drawn.began);
  const sent: unknown[] = [attempts.list('en'), attempts.summary(LAB, 'sv')];
  const view = await attempts.start(anna, LAB, 'en');
  sent.push(view, await attempts.view(anna, view.id, 'sv'));
  for (const { id } of lab.steps) sent.push(await attempts.check(anna, view.id, id, 'en'));
  await attempts.saveAnswers(anna, view.id, 'find', wrongAnswers, 'en');
  await attempts.saveAnswers(
    anna,
    view.id,
    'stop',
    { station: 'ST12', reason: 'interlock', began: '05:31', lasted: '1' },
    'en',
  );
  for (const id of ['find', 'stop'])
    sent.push(await attempts.check(anna, view.id, id, 'sv'), await attempts.hint(anna, view.id, id, 'en'));
  sent.push(await attempts.view(anna, view.id, 'en'));

  const text = JSON.stringify(sent);
  for (const signal of drawn.wanted as string[]) expect(text).not.toContain(signal);
  const key = { lab: LAB, version: lab.version, participant: anna, attempt: 1 };
  expect(text).not.toContain(drawSeed(secret, key, 0));
  const clock = new Date(Date.UTC(2026, 10, 2, 5, 30) + began * 1000).toISOString().slice(11, 19);
  for (const hidden of [
    clock,
    `"${fault}","${station}"`,
    `"${station}","reason"`,
    'scenario',
    'solution',
    'forS',
    '.Fail',
    '"is"',
    'drawn',
  ])
    expect(text).not.toContain(hidden);
  expect(text).not.toMatch(new RegExp(`\\b${Number(drawn.lasted)} s\\b`));
  expect(AttemptView.parse(view)).toEqual(view);
});

test('every check has an aim and every step a guide, complete in both languages', async () => {
  const anna = await someone();
  const { id } = await attempts.start(anna, LAB, 'en');
  for (const language of ['en', 'sv'] as const) {
    const view = await attempts.view(anna, id, language);
    expect(JSON.stringify(view)).not.toMatch(/\{\{|–"|undefined/);
    expect(view.steps.map((step) => step.id)).toEqual(lab.steps.map((step) => step.id));
    expect(view.outOf).toBe(21);
  }
  const [en, sv] = [await attempts.view(anna, id, 'en'), await attempts.view(anna, id, 'sv')];
  expect(en.steps[0].asks[0].label).not.toBe(sv.steps[0].asks[0].label);
});

test('answers are kept as typed, with what was understood of them', async () => {
  const anna = await someone();
  const { id } = await attempts.start(anna, LAB, 'en');
  const echoes = await attempts.saveAnswers(
    anna,
    id,
    'stop',
    { station: 'st07', began: '6.07', lasted: '4 min 35 s' },
    'sv',
  );
  expect(echoes).toEqual([
    { ask: 'station', typed: 'st07', understood: 'ST07 · Pressning och läcktest' },
    { ask: 'began', typed: '6.07', understood: 'mån 06:07:00' },
    { ask: 'lasted', typed: '4 min 35 s', understood: '275 s' },
  ]);
  const [echo] = await attempts
    .saveAnswers(anna, id, 'stop', { lasted: '1,234.5' }, 'en')
    .then((all) => all.filter(({ ask }) => ask === 'lasted'));
  expect(echo).toMatchObject({ typed: '1,234.5', problem: expect.stringContaining('thousands or decimals') as string });
  await expect(attempts.saveAnswers(anna, id, 'stop', { nonsense: '1' }, 'en')).rejects.toThrow(
    'asks nothing called "nonsense"',
  );
});

test('answers and verdicts survive the death of the server', async () => {
  const anna = await someone();
  const { id } = await attempts.start(anna, LAB, 'en');
  await attempts.saveAnswers(anna, id, 'find', rightAnswers(drawnFor(anna)), 'en');
  await attempts.check(anna, id, 'find', 'en');
  const before = await attempts.view(anna, id, 'en');
  expect(before.points).toBe(4);
  await open(() => course.dieAndOpen());
  expect(await attempts.view(anna, id, 'en')).toEqual(before);
});

test('an unreadable or missing answer costs no try, a wrong one does', async () => {
  const anna = await someone();
  const { id } = await attempts.start(anna, LAB, 'en');
  const nothing = await attempts.check(anna, id, 'find', 'en');
  expect(nothing).toMatchObject({ triesLeft: 3, points: 0 });
  await attempts.saveAnswers(anna, id, 'find', { first: 'ST03.Spindel.Load' }, 'en');
  expect(await attempts.check(anna, id, 'find', 'en')).toMatchObject({ triesLeft: 3 });
  await attempts.saveAnswers(anna, id, 'find', { first: 'ST12.State.Current' }, 'en');
  expect(await attempts.check(anna, id, 'find', 'en')).toMatchObject({ triesLeft: 2 });
});

test('the third wrong try draws the step anew, and full points are still possible', async () => {
  const anna = await someone();
  const { id, cell } = await attempts.start(anna, LAB, 'en');
  const first = drawnFor(anna);
  await attempts.saveAnswers(anna, id, 'find', { ...wrongAnswers, first: rightAnswers(first).first }, 'en');
  await attempts.check(anna, id, 'find', 'en');
  await attempts.check(anna, id, 'find', 'en');
  const third = await attempts.check(anna, id, 'find', 'en');
  expect(StepResult.parse(third)).toMatchObject({ triesLeft: 3, redrawn: 'step', points: 1 });
  const second = drawnFor(anna, { find: 1 });
  expect(second.wanted).not.toEqual(first.wanted);
  const view = await attempts.view(anna, id, 'en');
  expect(view.cell).toBe(cell);
  expect(view.answers.find).toEqual([]);
  await attempts.saveAnswers(anna, id, 'find', rightAnswers(second), 'en');
  expect(await attempts.check(anna, id, 'find', 'en')).toMatchObject({ passed: true, points: 4 });
});

test('where the secret is built into the line, a new draw means a new line', async () => {
  const anna = await someone();
  const { id, cell } = await attempts.start(anna, LAB, 'en');
  await attempts.saveAnswers(anna, id, 'find', rightAnswers(drawnFor(anna)), 'en');
  await attempts.check(anna, id, 'find', 'en');
  await attempts.saveAnswers(
    anna,
    id,
    'stop',
    { station: 'ST12', reason: 'interlock', began: '05:31', lasted: '1' },
    'en',
  );
  for (let n = 0; n < 2; n++) await attempts.check(anna, id, 'stop', 'en');
  expect(await attempts.check(anna, id, 'stop', 'en')).toMatchObject({ redrawn: 'line', triesLeft: 3 });
  const view = await attempts.view(anna, id, 'en');
  expect(view.cell).not.toBe(cell);
  expect(view.points).toBe(4);
  expect(await attempts.findOfCell(view.cell)).toBe(id);
  const { stop, began, lasted } = drawnFor(anna, { stop: 1 });
  const { station, fault } = stop as Record<string, string>;
  const at = new Date(Date.UTC(2026, 10, 2, 5, 30) + Number(began) * 1000).toISOString().slice(11, 19);
  await attempts.saveAnswers(
    anna,
    id,
    'stop',
    { station, reason: fault, began: at, lasted: `${Number(lasted)}` },
    'en',
  );
  expect(await attempts.check(anna, id, 'stop', 'en')).toMatchObject({ passed: true, points: 5 });
});

test('a team comes along to the new line, whoever of it has used up the tries', async () => {
  const [anna, bo] = [await someone(), await someone()];
  const { id, cell } = await attempts.start(anna, LAB, 'en');
  await course.store.setTeam(id, [{ participant: anna }, { participant: bo }], anna, 0);
  const elsewhere = await course.line.host.openSandbox(anna);
  await attempts.saveAnswers(bo, id, 'find', rightAnswers(drawnFor(anna)), 'en');
  await attempts.check(bo, id, 'find', 'en');
  const wrong = { station: 'ST12', reason: 'interlock', began: '05:31', lasted: '1' };
  await attempts.saveAnswers(bo, id, 'stop', wrong, 'en');
  for (let n = 0; n < 2; n++) await attempts.check(bo, id, 'stop', 'en');
  expect(await attempts.check(bo, id, 'stop', 'en')).toMatchObject({ redrawn: 'line' });
  const view = await attempts.view(anna, id, 'en');
  expect(view.cell).not.toBe(cell);
  for (const member of [anna, bo]) expect(await course.line.cells.isMember(view.cell, member)).toBe(true);
  // Whoever works on something else meanwhile is left there.
  expect((await course.line.participants.find(bo))?.currentCell).toBe(view.cell);
  expect((await course.line.participants.find(anna))?.currentCell).toBe(elsewhere);
});

test('what has passed stays passed', async () => {
  const anna = await someone();
  const { id } = await attempts.start(anna, LAB, 'en');
  await attempts.saveAnswers(anna, id, 'find', rightAnswers(drawnFor(anna)), 'en');
  await attempts.check(anna, id, 'find', 'en');
  await attempts.saveAnswers(anna, id, 'find', wrongAnswers, 'en');
  expect(await attempts.check(anna, id, 'find', 'en')).toMatchObject({ passed: true, points: 4, triesLeft: 3 });
});

test('hints come one by one, some only after a failed check', async () => {
  const anna = await someone();
  const { id } = await attempts.start(anna, LAB, 'en');
  expect((await attempts.hint(anna, id, 'find', 'en')).hints).toHaveLength(1);
  await expect(attempts.hint(anna, id, 'find', 'en')).rejects.toMatchObject({ code: 'hint_not_yet' });
  await expect(attempts.hint(anna, id, 'watch', 'en')).rejects.toMatchObject({ code: 'hint_not_yet' });
  await attempts.saveAnswers(anna, id, 'find', wrongAnswers, 'en');
  await attempts.check(anna, id, 'find', 'en');
  expect((await attempts.hint(anna, id, 'find', 'sv')).hints[1]).toContain('halv minut');
  await expect(attempts.hint(anna, id, 'find', 'en')).rejects.toMatchObject({ code: 'no_more_hints' });
});

test('an attempt of somebody else does not exist, nor does an unknown lab or step', async () => {
  const [anna, bo] = [await someone(), await someone()];
  const { id } = await attempts.start(anna, LAB, 'en');
  for (const ask of [
    () => attempts.view(bo, id, 'en'),
    () => attempts.check(bo, id, 'find', 'en'),
    () => attempts.hint(bo, id, 'find', 'en'),
    () => attempts.saveAnswers(bo, id, 'find', {}, 'en'),
  ])
    await expect(ask()).rejects.toMatchObject({ code: 'unknown_attempt', status: 404 });
  await expect(attempts.start(anna, 'iiot/none', 'en')).rejects.toMatchObject({ code: 'unknown_lab', status: 404 });
  await expect(attempts.check(anna, id, '__proto__', 'en')).rejects.toMatchObject({
    code: 'unknown_step',
    status: 404,
  });
});

test('checks pressed at once are judged one after the other', async () => {
  const anna = await someone();
  const { id } = await attempts.start(anna, LAB, 'en');
  await attempts.saveAnswers(anna, id, 'find', wrongAnswers, 'en');
  const results = await Promise.all([1, 2].map(() => attempts.check(anna, id, 'find', 'en')));
  expect(results.map(({ triesLeft }) => triesLeft)).toEqual([2, 1]);
});

test('a second attempt of the same lab is a new draw on a new line', async () => {
  const anna = await someone();
  const one = await attempts.start(anna, LAB, 'en');
  const two = await attempts.start(anna, LAB, 'en');
  expect(two.cell).not.toBe(one.cell);
  expect(two.steps[0].asks.map(({ label }) => label)).not.toEqual(one.steps[0].asks.map(({ label }) => label));
});
