import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AttemptToGrade, GradedAttempt } from '#contract/grading.ts';
import type { RecordedAttempt } from '#contract/lab-record.ts';
import type { AnswerEcho, AttemptView, StepResult } from '#contract/lab-view.ts';
import { temporaryFolder } from '#test/support/host-for-test.ts';
import { type ApiClient, type Loose, type ServerForTest, startServer } from '#test/support/start-server.ts';
import { teacherOf } from '#test/support/teacher.ts';
import { addTeamLab, TEAM_LAB } from '#test/support/team-lab.ts';

const folder = temporaryFolder();
let server: ServerForTest;
let ann: ApiClient;
let bo: ApiClient;
let teacher: ApiClient;
let id: string;

const as = <T>(body: Loose): T => body as unknown as T;

beforeAll(async () => {
  server = await startServer({ labsDir: addTeamLab(folder.path) });
  [ann, bo, teacher] = [await server.tryIt(), await server.tryIt(), await teacherOf(server)];
}, 120_000);
afterAll(async () => {
  await server.close();
  folder.remove();
});
const begin = async () => {
  id = as<AttemptView>((await ann.send('POST', '/attempts', { lab: TEAM_LAB })).body).id;
};

const answer = (answers: object, step = 'work', who = ann) =>
  who.send('PUT', `/attempts/${id}/answers/${step}`, { answers });
const check = async (step = 'work', who = ann) =>
  as<StepResult>((await who.send('POST', `/attempts/${id}/steps/${step}/check`)).body);
const view = async (who = ann) => as<AttemptView>((await who.send('GET', `/attempts/${id}`)).body);
const give = (mark: object, who = teacher) => who.send('PUT', `/grading/attempts/${id}/marks`, mark);
const team = (members: object, who = teacher) => who.send('PUT', `/grading/attempts/${id}/team`, { members });
const power = { kind: 'check', step: 'work', item: 'power' } as const;
const verdictOf = (result: StepResult | undefined, name: string) => result?.verdicts.find((one) => one.check === name);

test('points that a teacher gives lie above the judge, with their reason, whatever is judged afterwards', async () => {
  await begin();
  await answer({ power: '9' });
  expect(verdictOf(await check(), 'power')).toMatchObject({ status: 'failed', points: 0 });
  expect(verdictOf(await check('more'), 'count')).toMatchObject({ status: 'waiting' });

  const { status, body } = await give({ ...power, points: 3, reason: '  The meter was read at the wrong hour. ' });
  expect(status).toBe(200);
  expect(as<GradedAttempt>(body).attempt.points).toBe(3);
  const mark = {
    points: 3,
    judged: 0,
    reason: 'The meter was read at the wrong hour.',
    atMs: expect.any(Number) as number,
  };
  const shown = await view();
  expect(verdictOf(shown.results[0], 'power')).toMatchObject({ status: 'passed', points: 3, mark });
  expect(verdictOf(await check(), 'power')).toMatchObject({ points: 3, mark });

  // Not all of the points are not a check that has passed: what needs it waits on.
  await answer({ count: '7' }, 'more');
  await give({ ...power, points: 2, reason: 'Nearly.' });
  expect(verdictOf((await view()).results[0], 'power')).toMatchObject({ status: 'failed', points: 2 });
  expect(verdictOf(await check('more'), 'count')).toMatchObject({ status: 'waiting', points: 0 });

  // With all of them it may go on.
  await give({ ...power, points: 3, reason: mark.reason });
  expect(await check('more')).toMatchObject({ passed: true, points: 1 });
  const [row] = as<RecordedAttempt[]>((await ann.send('GET', '/attempts')).body);
  expect(row).toMatchObject({ id, points: 4 });
  expect(row.steps[0].checks[0]).toMatchObject({ points: 3, mark: { reason: mark.reason } });

  await give({ ...power, points: null, reason: 'A mistake of mine.' });
  expect(verdictOf((await view()).results[0], 'power')).toMatchObject({ status: 'failed', points: 0 });
  expect(verdictOf((await view()).results[0], 'power')).not.toHaveProperty('mark');
});

test('who gave what, when and why is kept for teachers, and for nobody else', async () => {
  await begin();
  await answer({ power: '9', why: 'Because it is so.' });
  await check();
  await give({ ...power, points: 1, reason: 'Half.' });
  await give({ ...power, points: 2, reason: 'More than half.' });
  const seen = as<GradedAttempt>((await teacher.send('GET', `/grading/attempts/${id}`)).body);
  expect(seen.participant).toBe(ann.me.id);
  expect(seen.marks).toMatchObject([
    { ...power, points: 1, reason: 'Half.', by: teacher.me.id },
    { ...power, points: 2, reason: 'More than half.', by: teacher.me.id },
  ]);
  expect(seen.attempt.answers.work.find(({ ask }) => ask === 'why')?.typed).toBe('Because it is so.');
  const own = JSON.stringify([await view(), (await ann.send('GET', '/attempts')).body, await check()]);
  expect(own).toContain('More than half.');
  expect(own).not.toContain(teacher.me.id);
  for (const [method, path, body] of [
    ['GET', '/grading/attempts'],
    ['GET', `/grading/attempts/${id}`],
    ['PUT', `/grading/attempts/${id}/marks`, { ...power, points: 3, reason: 'I think so.' }],
    ['PUT', `/grading/attempts/${id}/team`, { members: [] }],
  ] as const)
    expect((await ann.send(method, path, body)).status, path).toBe(403);
});

test('what people judge by the rubric comes on top of the points, item by item', async () => {
  await begin();
  expect((await view()).rubric).toEqual({ points: 0, outOf: 3, open: 2 });
  const listed = async () =>
    as<AttemptToGrade[]>((await teacher.send('GET', `/grading/attempts?lab=${TEAM_LAB}`)).body).find(
      (one) => one.id === id,
    );
  expect(await listed()).toMatchObject({ participant: ann.me.id, open: 2, points: 0 });
  await give({ kind: 'rubric', step: 'work', item: 'reason', points: 1.5, reason: 'A cause, and no proof.' });
  const shown = await view();
  expect(shown).toMatchObject({ points: 0, rubric: { points: 1.5, outOf: 3, open: 1 } });
  expect(shown.steps[0].rubric).toMatchObject([
    { id: 'reason', points: 2, mark: { points: 1.5, reason: 'A cause, and no proof.' } },
    { id: 'words', points: 1 },
  ]);
  expect(await listed()).toMatchObject({ open: 1 });
  const ofOthers = await teacher.send('GET', '/grading/attempts?lab=iiot/first-steps');
  expect(as<AttemptToGrade[]>(ofOthers.body)).toEqual([]);
  const [row] = as<RecordedAttempt[]>((await ann.send('GET', '/attempts')).body);
  expect(row.steps[0].rubric?.[0]).toMatchObject({ outOf: 2, mark: { points: 1.5 } });
});

test('two who are a team share attempt and line, each and roles are judged over both, and neither sees who the other is', async () => {
  await begin();
  const both = [
    { participant: ann.me.id, role: 'operator' },
    { participant: bo.me.id, role: 'analyst' },
  ];
  expect((await bo.send('GET', `/attempts/${id}`)).status).toBe(404);
  expect((await team(both)).status).toBe(200);
  const seen = await view(bo);
  expect(seen.team).toEqual([
    { role: 'the operator', isMe: false },
    { role: 'the analyst', isMe: true },
  ]);
  expect(JSON.stringify(seen)).not.toContain(ann.me.id);
  const { cell } = seen;
  expect(as<{ cell: string }>((await bo.send('POST', `/attempts/${id}/resume`)).body).cell).toBe(cell);
  expect(as<{ id: string }[]>((await bo.send('GET', '/attempts')).body).map((one) => one.id)).toContain(id);

  const read = (who: ApiClient) =>
    who.send('POST', `/cells/${cell}/history`, { signals: ['ST03.Spindle.Load'], fromUs: 0, toUs: 60e6 });
  const slow = (who: ApiClient, name: string) =>
    who.send('POST', `/cells/${cell}/commands`, { id: name, target: 'ST03.Program.Feed', value: 90 });
  expect((await read(ann)).status).toBe(200);
  expect((await slow(bo, 'x1')).status).toBe(200);
  const half = await check('work', bo);
  expect(verdictOf(half, 'all-read')).toMatchObject({ status: 'failed' });
  expect(verdictOf(half, 'all-read')?.explanation).toContain('1');
  expect(verdictOf(half, 'slowed')).toMatchObject({ status: 'failed' });
  await read(bo);
  await slow(ann, 'x2');
  const done = await check('work', ann);
  expect(verdictOf(done, 'all-read')).toMatchObject({ status: 'passed', points: 2 });
  expect(verdictOf(done, 'slowed')).toMatchObject({ status: 'passed', points: 2 });

  // Another role is another membership of whoever has it, and of nobody else.
  await team([both[0], { participant: bo.me.id }]);
  const roles = as<GradedAttempt>((await teacher.send('GET', `/grading/attempts/${id}`)).body).team;
  expect(roles.map(({ role, leftMs }) => [role, leftMs !== undefined])).toEqual([
    ['operator', false],
    ['analyst', true],
    [undefined, false],
  ]);
  await team(both);

  // Whoever leaves loses what is connected, and does not find the attempt and its line any more; that they were there stays known.
  const access = { username: bo.me.id, password: bo.me.key, reconnectPeriod: 0 };
  const client = await connectAsync(server.mqttUrl, access);
  const closed = new Promise<void>((resolve) => void client.once('close', () => resolve()));
  expect((await team([])).status).toBe(200);
  await closed;
  client.end(true);
  expect((await bo.send('GET', `/attempts/${id}`)).status).toBe(404);
  expect((await read(bo)).status).toBe(404);
  expect((await read(ann)).status).toBe(200);
  const { team: history } = as<GradedAttempt>((await teacher.send('GET', `/grading/attempts/${id}`)).body);
  expect(history).toMatchObject([
    { participant: ann.me.id, role: 'operator', leftMs: expect.any(Number) as number },
    { participant: bo.me.id, role: 'analyst', by: teacher.me.id, leftMs: expect.any(Number) as number },
    { participant: bo.me.id, leftMs: expect.any(Number) as number },
    { participant: bo.me.id, role: 'analyst', leftMs: expect.any(Number) as number },
  ]);
});

describe('what is refused, or echoed', () => {
  beforeAll(async () => {
    await begin();
    await check();
  });

  test.each<[string, object, number, string]>([
    ['without a reason', { points: 1, reason: '   ' }, 400, 'bad_request'],
    ['more than it is worth', { points: 3.5, reason: 'Well done.' }, 400, 'too_many_points'],
    ['less than nothing', { points: -1, reason: 'No.' }, 400, 'bad_request'],
    ['no number', { points: 'three', reason: 'No.' }, 400, 'bad_request'],
    ['for nothing of the step', { item: 'none', points: 1, reason: 'No.' }, 404, 'unknown_check'],
    ['for a step that is not', { step: '__proto__', points: 1, reason: 'No.' }, 404, 'unknown_step'],
    ['for a check that was never judged', { step: 'more', item: 'count', points: 1, reason: 'No.' }, 409, 'not_judged'],
    ['with a reason as long as a book', { points: 1, reason: 'x'.repeat(3000) }, 400, 'bad_request'],
  ])('points %s are refused, and nothing is kept', async (_, mark, status, code) => {
    const refused = await give({ ...power, ...mark });
    expect(refused).toMatchObject({ status, body: { code } });
    expect(as<GradedAttempt>((await teacher.send('GET', `/grading/attempts/${id}`)).body).marks).toEqual([]);
    expect((await teacher.send('GET', '/grading/attempts/a-0000')).status).toBe(404);
  });

  test.each<[string, (own: string, other: string) => object, number, string]>([
    ['a role that the lab has not', (own) => [{ participant: own, role: 'boss' }], 400, 'unknown_role'],
    ['somebody twice', (own) => [{ participant: own }, { participant: own }], 400, 'twice_in_team'],
    ['nobody who began it', (_, other) => [{ participant: other }], 400, 'without_owner'],
    ['somebody who is not', (own) => [{ participant: own }, { participant: 'p-nobody' }], 404, 'unknown_participant'],
    ['no list', () => ({}), 400, 'bad_request'],
  ])('a team with %s is refused', async (_, members, status, code) => {
    expect(await team(members(ann.me.id, bo.me.id))).toMatchObject({ status, body: { code } });
    expect((await view()).team).toBeUndefined();
  });

  test.each([
    ['depth', '9 mm', 'That is outside what is possible here: \u221250 to 5\u202f000 µm.'],
    ['depth', '9 kW', 'I cannot convert "kW" here. Use µm, mm.'],
    ['parts', '7 pcs', 'Write the number alone, without "pcs".'],
    ['parts', '-7', 'That is less than is possible here: at least 0.'],
    ['why', 'Because.', 'You have 1 of at least 3 words.'],
  ])('what is said of %s as %j is as people write it', async (ask, typed, problem) => {
    expect(as<AnswerEcho[]>((await answer({ [ask]: typed })).body).find((one) => one.ask === ask)?.problem).toBe(
      problem,
    );
  });

  /** Of every type of field, beside those of test/integration/http-answers.test.ts. */
  test.each<[ask: string, typed: string, understood: RegExp | undefined]>([
    ['power', '3,0 kW', /^3(\.0)? kW$/],
    ['power', '3000 W', /^3\s?000 W = 3 kW$/],
    ['power', ' 3.0 ', /^3(\.0)? kW$/],
    ['power', '3 kWh', undefined],
    ['power', '3 kW kW', undefined],
    ['power', '--3', undefined],
    ['power', '0x3', undefined],
    ['power', '1e308e', undefined],
    ['parts', '7', /7/],
    ['parts', '7,5', undefined],
    ['parts', '7 st', undefined],
    // Absurd, and a whole number: echoed, so that whoever typed it sees it.
    ['parts', '99999999999999999999', /^100(\s?000){6}$/],
    ['serials', '104, 105; 106\n107', /^4: 104/],
    ['serials', '104, many', undefined],
    ['rows', '104; 12,5\n105\t12.6', /^2:/],
    ['rows', '104', undefined],
    ['causes', 'wear, air', /^2:/],
    ['causes', 'wear, rust', undefined],
    ['signal', 'ST03.Spindel.Load', undefined],
    ['why', 'one two', undefined],
    ['why', '<b>one</b> two three', /3/],
  ])('%s as %j is understood as %s, or told with a hint', async (ask, typed, understood) => {
    const { status, body } = await answer({ [ask]: typed });
    expect(status).toBe(200);
    const echo = as<AnswerEcho[]>(body).find((one) => one.ask === ask)!;
    expect(echo.typed).toBe(typed);
    if (understood) expect(echo.understood).toMatch(understood);
    else expect(echo.problem?.length).toBeGreaterThan(10);
    if (understood || ask !== 'power') return;
    const { triesLeft } = await check();
    expect(triesLeft).toBe(3);
  });
});
