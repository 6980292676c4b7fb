import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Attempts } from '#server/labs/attempts.ts';
import type { Lab } from '#server/labs/lab.ts';
import { readLab } from '#server/labs/load.ts';
import { AttemptsForTest, catalogueForTest, labsForTest } from '#test/support/attempts-for-test.ts';
import type { HostForTest } from '#test/support/host-for-test.ts';
import { unpublished } from '#test/support/lab-copies.ts';

const LAB = 'iiot/meet-the-machine';
const { areas, labs } = labsForTest();

/** The lab with its stop drawn anew with each run of the line, and shown: so a test can see it. */
function withRuns(): Lab {
  const { files } = labs.get(LAB)!;
  const { lab, problems } = readLab(
    'iiot/meet-the-machine',
    {
      ...unpublished(files),
      'lab.yaml': files['lab.yaml']
        .replace('vars:\n', 'vars:\n  oil: { from: 0.1, to: 0.9, public: true, redraw: run }\n')
        .replace(
          'scenario:\n',
          'scenario:\n  - { at: Mon 06:20, fault: sensor-bias, signal: ST12.Air.Flow, by: $oil }\n',
        ),
      'guide.en.md': files['guide.en.md'].replace('\n\n', '\n\nBias {{oil}}.\n\n'),
    },
    'iiot',
    catalogueForTest,
  );
  if (!lab) throw new Error(JSON.stringify(problems));
  return lab;
}
const course = new AttemptsForTest({ labs: new Map([[LAB, withRuns()]]), areas }, 'resets');
const someone = () => course.someone();
let line: HostForTest;
let attempts: Attempts;

const open = async (how: () => Promise<void>) => {
  await how();
  ({ attempts, line } = course);
};
beforeAll(() => open(() => course.open()));
afterAll(() => course.close());

const biasOf = (view: { intro: unknown }): string => /Bias [\d.]+/.exec(JSON.stringify(view.intro))?.[0] ?? '';
const by = (actor: string) => ({ actor, via: 'http' }) as const;

test('a step that begins anew has no answers and no verdicts, and no try or hint is given back', async () => {
  const anna = await someone();
  const { id } = await attempts.start(anna, LAB, 'en');
  await attempts.saveAnswers(anna, id, 'find', { first: 'ST12.State.Current' }, 'en');
  const failed = await attempts.check(anna, id, 'find', 'en');
  await attempts.hint(anna, id, 'find', 'en');
  expect(failed.verdicts.length).toBeGreaterThan(1);
  const begun = await attempts.resetStep(anna, id, 'find', 'en');
  expect(begun).toMatchObject({ verdicts: [], points: 0, passed: false, triesLeft: 2 });
  expect(begun.hints).toHaveLength(1);
  const view = await attempts.view(anna, id, 'en');
  expect(view.answers.find).toEqual([]);
  expect(view.results.find(({ step }) => step === 'find')).toEqual(begun);
});

test('a step that was never checked can begin anew too, and what has passed stays passed', async () => {
  const anna = await someone();
  const { id, cell } = await attempts.start(anna, LAB, 'en');
  expect(await attempts.resetStep(anna, id, 'find', 'sv')).toMatchObject({ verdicts: [], triesLeft: 3 });
  const live = (await line.host.find(cell))!;
  live.record({
    ...{ kind: 'opcua.session', participant: anna, client: 'own', session: 's-1' },
    ...{ policy: 'Basic256Sha256', mode: 'SignAndEncrypt' },
  });
  const before = (await line.host.evidence(cell)).length;
  await attempts.resetStep(anna, id, 'find', 'en');
  expect((await line.host.evidence(cell)).length).toBe(before);
  await expect(attempts.resetStep(await someone(), id, 'find', 'en')).rejects.toMatchObject({
    code: 'unknown_attempt',
  });
  await expect(attempts.resetStep(anna, id, 'none', 'en')).rejects.toMatchObject({ code: 'unknown_step' });
});

test('a line that begins anew draws what is to be drawn with each run, and only that', async () => {
  const anna = await someone();
  const started = await attempts.start(anna, LAB, 'en');
  const { id, cell } = started;
  const clock = await attempts.resetLine(cell, by(anna));
  expect(clock).toMatchObject({ run: 2 });
  const view = await attempts.view(anna, id, 'en');
  expect(view.cell).toBe(cell);
  expect(biasOf(started)).toMatch(/0\.\d/);
  expect(biasOf(view)).not.toBe(biasOf(started));
  // What is drawn for the attempt is the same as before.
  expect(view.steps).toEqual(started.steps);
  const { scenario, seed } = (await line.cells.find(cell))!;
  const [fault] = scenario as unknown as { by: number }[];
  expect(fault.by).toBeCloseTo(parseFloat(biasOf(view).slice(5)), 6);
  await attempts.resetLine(cell, by(anna));
  expect((await line.cells.find(cell))!.seed).not.toBe(seed);
});

test('after the server died the run goes on with what was drawn for it', async () => {
  const anna = await someone();
  const { id, cell } = await attempts.start(anna, LAB, 'en');
  await attempts.resetLine(cell, by(anna));
  const before = biasOf(await attempts.view(anna, id, 'en'));
  const row = await line.cells.find(cell);
  await open(() => course.dieAndOpen());
  expect(biasOf(await attempts.view(anna, id, 'en'))).toBe(before);
  expect(await line.cells.find(cell)).toEqual(row);
  expect((await line.host.clock(cell)).run).toBe(2);
});

test('a line on which no lab runs is none of the attempts’ business', async () => {
  const anna = await someone();
  const cell = await line.host.openSandbox(anna);
  expect(await attempts.resetLine(cell, by(anna))).toBeUndefined();
  expect(await line.host.reset(cell, by(anna))).toMatchObject({ run: 2 });
});
