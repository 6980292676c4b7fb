import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AttemptView } from '#contract/lab-view.ts';
import type { QueuedTicket, Ticket } from '#contract/ticket.ts';
import { openStore } from '#server/store/open-store.ts';
import { type ApiClient, type Loose, type ServerForTest, startServer } from '#test/support/start-server.ts';
import { teacherOf } from '#test/support/teacher.ts';

let server: ServerForTest;
let ann: ApiClient;
let bo: ApiClient;
let teacher: ApiClient;
let attempt: AttemptView;

const as = <T>(body: Loose): T => body as unknown as T;

beforeAll(async () => {
  server = await startServer();
  [ann, bo, teacher] = [await server.tryIt(), await server.tryIt(), await teacherOf(server)];
  attempt = as((await ann.send('POST', '/attempts', { lab: 'iiot/meet-the-machine' })).body);
}, 120_000);
afterAll(() => server.close());

const at = (rest: string) => `/attempts/${attempt.id}${rest}`;

test('help is asked for once per step, waits in the queue with its moment, and comes back answered', async () => {
  const step = attempt.steps[0].id;
  const asked = await ann.send('PUT', at('/tickets'), { kind: 'help', step, text: 'Where is <b>the</b> sensor?' });
  expect(asked.status).toBe(200);
  const again = await ann.send('PUT', at('/tickets'), { kind: 'help', step, text: 'Where is the sensor of ST12?' });
  const [mine, ...others] = as<Ticket[]>(again.body);
  expect(others).toEqual([]);
  expect(mine).toMatchObject({ kind: 'help', step, state: 'open', before: 0, text: 'Where is the sensor of ST12?' });

  const [queued] = as<QueuedTicket[]>((await teacher.send('GET', '/tickets')).body);
  expect(queued).toMatchObject({
    id: mine.id,
    participant: ann.me.id,
    attempt: attempt.id,
    cell: attempt.cell,
    run: 1,
  });
  expect(queued.plantUs).toBeGreaterThan(0);
  expect((await ann.send('GET', '/tickets')).status).toBe(403);

  await teacher.send('PUT', `/tickets/${mine.id}`, { state: 'taken' });
  expect(as<Ticket[]>((await ann.send('GET', at('/tickets'))).body)[0].state).toBe('taken');
  expect((await teacher.send('PUT', `/tickets/${mine.id}`, { state: 'answered' })).body.code).toBe('no_answer');
  await teacher.send('PUT', `/tickets/${mine.id}`, { state: 'answered', answer: 'Under Air.' });
  expect(as<Ticket[]>((await ann.send('GET', at('/tickets'))).body)[0]).toMatchObject({
    state: 'answered',
    answer: 'Under Air.',
  });
  expect((await teacher.send('GET', '/tickets')).body).toEqual([]);
  expect(as<QueuedTicket[]>((await teacher.send('GET', '/tickets?state=answered')).body)).toHaveLength(1);
});

test('a review is of a check that was judged, and can be taken back', async () => {
  const { id: step, checks } = attempt.steps[0];
  const review = { kind: 'review', step, check: checks[0].id };
  expect((await ann.send('PUT', at('/tickets'), review)).body.code).toBe('not_judged');
  expect((await ann.send('PUT', at('/tickets'), { kind: 'review', step })).body.code).toBe('bad_request');
  expect((await ann.send('PUT', at('/tickets'), { ...review, check: 'none' })).body.code).toBe('unknown_check');
  await ann.send('POST', at(`/steps/${step}/check`));
  const open = as<Ticket[]>((await ann.send('PUT', at('/tickets'), { ...review, text: 'I did.' })).body);
  const mine = open.find(({ kind }) => kind === 'review')!;
  expect(mine).toMatchObject({ check: checks[0].id, state: 'open', before: 0 });
  // One's own help, asked for later, does not wait behind the own review; that of others does.
  const help = { kind: 'help', step };
  const all = as<Ticket[]>((await ann.send('PUT', at('/tickets'), help)).body);
  expect(all.find(({ kind, state }) => kind === 'help' && state === 'open')).toMatchObject({ before: 0 });
  const { id: other } = as<AttemptView>((await bo.send('POST', '/attempts', { lab: 'iiot/meet-the-machine' })).body);
  const [theirs] = as<Ticket[]>((await bo.send('PUT', `/attempts/${other}/tickets`, help)).body);
  expect(theirs).toMatchObject({ state: 'open', before: 2 });
  await ann.send('POST', at('/tickets/withdraw'), help);
  await bo.send('POST', `/attempts/${other}/tickets/withdraw`, help);
  for (let k = 0; k < 2; k++) {
    const left = as<Ticket[]>((await ann.send('POST', at('/tickets/withdraw'), review)).body);
    expect(left.find(({ id }) => id === mine.id)?.state).toBe('withdrawn');
  }
  const late = await teacher.send('PUT', `/tickets/${mine.id}`, { state: 'answered', answer: 'Yes.' });
  expect(late.body.code).toBe('ticket_withdrawn');
  expect((await bo.send('POST', at('/tickets/withdraw'), review)).body.code).toBe('unknown_attempt');
});

test('nobody can fill the queue of all', async () => {
  const { body } = await bo.send('POST', '/attempts', { lab: 'iiot/meet-the-machine' });
  const { id, steps } = as<AttemptView>(body);
  const store = await openStore(server.dataDir);
  const row = await store.db.selectFrom('tickets').selectAll().executeTakeFirstOrThrow();
  const many = Array.from({ length: 30 }, (_, k) => ({
    ...{ ...row, attempt: id, participant: bo.me.id, state: 'open' as const },
    ...{ id: `t-${k}`, step: `step-${k}` },
  }));
  await store.db.insertInto('tickets').values(many).execute();
  await store.close();
  const refused = await bo.send('PUT', `/attempts/${id}/tickets`, { kind: 'help', step: steps[0].id });
  expect([refused.status, refused.body.code]).toEqual([409, 'too_many_tickets']);
});

test('of two texts in one field the one that was typed later stays, in whatever order they arrive', async () => {
  const { id: step, asks } = attempt.steps[0];
  const put = async (text: string, typedMs?: number) => {
    const body = {
      answers: { [asks[0].id]: text },
      ...(typedMs !== undefined && { typedMs: { [asks[0].id]: typedMs } }),
    };
    return as<AttemptView['answers'][string]>((await ann.send('PUT', at(`/answers/${step}`), body)).body)[0].typed;
  };
  const nowMs = Date.now();
  expect(await put('ST03.Spindle.Load', nowMs - 20_000)).toBe('ST03.Spindle.Load');
  expect(await put('ST12.Air.Flow', nowMs - 10_000)).toBe('ST12.Air.Flow');
  expect(await put('ST07.Oil.Temperature', nowMs - 15_000)).toBe('ST12.Air.Flow');
  // A clock that is an hour ahead does not lock the field.
  expect(await put('ST03.Spindle.Temperature', nowMs + 3_600_000)).toBe('ST03.Spindle.Temperature');
  expect(await put('ST12.Air.Pressure')).toBe('ST12.Air.Pressure');
});

test('another browser opens where the first one was, and comes in with name and key', async () => {
  expect((await ann.send('GET', at('/whereabouts'))).body).toEqual({});
  const place = { step: attempt.steps[1].id, view: 'trends', station: 'ST07' };
  await ann.send('PUT', at('/whereabouts'), place);
  const { id, key } = ann.me;
  const response = await fetch(`${server.pageUrl}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.pageUrl },
    body: JSON.stringify({ id: ` ${id} `, key }),
  });
  expect(await response.json()).toMatchObject({ id, cell: attempt.cell, attempt: attempt.id });
  const elsewhere = server.client({ cookie: (response.headers.get('set-cookie') ?? '').split(';')[0] });
  expect((await elsewhere.send('GET', at('/whereabouts'))).body).toEqual(place);
  const wrong = await server.client().send('POST', '/sign-in', { id, key: bo.me.key });
  expect([wrong.status, wrong.body.code]).toEqual([401, 'wrong_key']);
});

test('whoever loses a cell gets another one, and a page says by its build whether it is of today', async () => {
  const store = await openStore(server.dataDir);
  await store.db.deleteFrom('members').where('cell', '=', bo.me.cell).execute();
  const { currentCell } = (await server.participants.find(bo.me.id))!;
  await store.db.deleteFrom('members').where('cell', '=', currentCell!).execute();
  await store.close();
  const { status, body, headers } = await bo.send('GET', '/me');
  expect(status).toBe(200);
  expect(body.cell).not.toBe(currentCell);
  expect((await bo.send('GET', `/cells/${as<string>(body.cell)}`)).status).toBe(200);
  const page = await (await fetch(server.pageUrl)).text();
  expect(page).toContain(headers.get('verkstad-build')!);
});
