import { afterAll, beforeAll, expect, test } from 'vitest';
import { ReportsTable } from '#server/store/reports-table.ts';
import { openStore } from '#server/store/open-store.ts';
import { type ServerForTest, startServer } from '#test/support/start-server.ts';

let server: ServerForTest;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const LAB = 'iiot/meet-the-machine';

test('areas and paths come in the language that is asked for', async () => {
  const { body } = await server.client().send('GET', '/curriculum?language=sv');
  expect(body.areas).toHaveLength(16);
  expect(body.paths).toHaveLength(7);
  expect(body.paths[1]).toMatchObject({
    title: 'Underhållsingenjör',
    areas: ['iiot', 'maintenance', 'ai', 'production-data'],
  });
});

test('the record tells what each check came to, and an attempt that was left can be gone on with', async () => {
  const ann = await server.tryIt();
  expect((await ann.send('GET', '/attempts')).body).toEqual([]);
  const first = (await ann.send('POST', '/attempts', { lab: LAB })).body;
  await ann.send('POST', `/attempts/${first.id as unknown as string}/steps/find/check`);
  const second = (await ann.send('POST', '/attempts', { lab: LAB })).body;

  const { body: record } = await ann.send('GET', '/attempts?language=en');
  expect(record).toMatchObject([
    { id: second.id, number: 2, points: 0, passed: false },
    { id: first.id, number: 1, lab: { id: LAB, areaTitle: 'Industrial IoT' } },
  ]);
  const [find, turn] = record[1].steps as unknown as Record<string, unknown>[];
  expect(find).toMatchObject({ id: 'find', judged: 1, passed: false, judgedMs: expect.any(Number) as number });
  expect(find).not.toHaveProperty('passedMs');
  expect(turn).toMatchObject({ judged: 0, points: 0 });
  expect(turn).not.toHaveProperty('judgedMs');
  const checks = (find.checks as { status: string; explanation: string; aim: string }[]).map(({ status }) => status);
  expect(checks).not.toContain('open');
  expect((turn.checks as { status: string }[]).map(({ status }) => status)).toContain('open');

  expect((await ann.send('GET', '/me')).body.attempt).toBe(second.id);
  const back = await ann.send('POST', `/attempts/${first.id as unknown as string}/resume`);
  expect(back.body).toMatchObject({ attempt: first.id, cell: first.cell });
  expect((await ann.send('GET', '/me')).body.cell).toBe(first.cell);
});

test('nobody sees or goes on with what is somebody else’s', async () => {
  const [ann, ben] = [await server.tryIt(), await server.tryIt()];
  const { body } = await ann.send('POST', '/attempts', { lab: LAB });
  expect((await ben.send('GET', '/attempts')).body).toEqual([]);
  expect((await ben.send('POST', `/attempts/${body.id as unknown as string}/resume`)).status).toBe(404);
  expect((await ben.send('GET', '/me')).body.cell).toBe(ben.me.cell);
});

test('a report of a barrier is kept, bounded, and nobody can flood the list', async () => {
  const client = server.client({ origin: server.pageUrl });
  const sent = await client.send('POST', '/reports', { text: ' No name on a button. ', page: '/help' });
  expect(sent).toMatchObject({ status: 200, body: { receivedMs: expect.any(Number) as number } });
  expect((await client.send('POST', '/reports', { text: '  ' })).status).toBe(400);
  expect((await client.send('POST', '/reports', { text: 'x'.repeat(4001) })).status).toBe(400);
  const store = await openStore(server.dataDir);
  expect(await new ReportsTable(store).list()).toEqual([
    { text: 'No name on a button.', page: '/help', contact: '', receivedMs: sent.body.receivedMs },
  ]);
  await store.close();
  let status = 200;
  for (let k = 0; k < 25 && status === 200; k++)
    ({ status } = await client.send('POST', '/reports', { text: 'again' }));
  expect(status).toBe(429);
});
