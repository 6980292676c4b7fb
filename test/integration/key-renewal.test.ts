import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Me } from '#contract/participant.ts';
import { openStore } from '#server/store/open-store.ts';
import { type ServerForTest, startServer } from '#test/support/start-server.ts';
import { mqttSession, opcuaSession } from '#test/support/wire-session.ts';

let server: ServerForTest;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

test('a key that is replaced closes what came in with it on both protocols, and nothing of a mate in the same cell', async () => {
  const [ann, bob] = [await server.tryIt(), await server.tryIt()];
  const { cell } = ann.me;
  const store = await openStore(server.dataDir);
  await store.db.insertInto('members').values({ cell, participant: bob.me.id }).execute();
  await store.close();
  const mate = { server, ann: bob, cell };
  const [opcua, mqtt] = [await opcuaSession({ server, ann }), await mqttSession({ server, ann })];
  const [matesOpcua, matesMqtt] = [await opcuaSession(mate), await mqttSession(mate)];
  const isClosed = new Promise((resolve) => mqtt.client.once('close', () => resolve(true)));
  const other = await server.client().send('POST', '/sign-in', { id: ann.me.id, key: ann.me.key });
  const otherBrowser = server.client({ cookie: other.headers.get('set-cookie')!.split(';')[0] });

  const { status, body } = await ann.send('POST', '/me/key');
  expect(status).toBe(200);
  expect(body).toMatchObject({ id: ann.me.id, cell });
  expect(body.key).not.toBe(ann.me.key);
  await isClosed;
  const evidence = await server.host.evidence(cell);
  const endedOf = ({ id }: Me) =>
    evidence.filter((each) => each.kind === 'opcua.closed' && each.participant === id).length;
  expect([ann.me, bob.me].map(endedOf)).toEqual([1, 0]);
  await opcua.drop();
  await expect(mqttSession({ server, ann })).rejects.toThrow(/Not authorized|Bad user/i);
  await expect(opcuaSession({ server, ann })).rejects.toThrow(/BadUserAccessDenied|BadIdentityTokenRejected/);
  const renewed = { server, ann: { ...ann, me: { ...ann.me, key: body.key as unknown as string } } };
  const [freshOpcua, freshMqtt] = [await opcuaSession(renewed), await mqttSession(renewed)];

  // The browser that asked for it is still signed in, the other one is not.
  expect((await ann.send('GET', '/me')).body).toMatchObject({ key: body.key });
  expect((await otherBrowser.send('GET', '/me')).status).toBe(401);
  expect(matesMqtt.client.connected).toBe(true);
  await matesMqtt.client.subscribeAsync('#');
  await matesOpcua.session.readNamespaceArray();

  for (const session of [matesOpcua, freshOpcua]) await session.end();
  for (const { client } of [matesMqtt, freshMqtt]) await client.endAsync(true);
});

test('with a key of one’s own it is replaced without a browser, and all browsers are signed out', async () => {
  const ann = await server.tryIt();
  const basic = (key: string) => ({ authorization: `Basic ${Buffer.from(`${ann.me.id}:${key}`).toString('base64')}` });
  const { status, body } = await server.client(basic(ann.me.key)).send('POST', '/me/key');
  expect(status).toBe(200);
  expect((await server.client(basic(ann.me.key)).send('GET', '/me')).status).toBe(401);
  expect((await server.client(basic(body.key as unknown as string)).send('GET', '/me')).status).toBe(200);
  expect((await ann.send('GET', '/me')).status).toBe(401);
});
