import { expect, test } from 'vitest';
import { EvidenceEntry } from '#contract/evidence.ts';
import { mqttLine, pass, until } from '#test/support/mqtt-line.ts';

test('sessions, subscriptions and publications are written down in pairs that belong together', async () => {
  const line = await mqttLine(['p-ann']);
  const topic = `${line.prefix}/ST03/Spindle/Load`;
  const ann = await line.connect('p-ann', { clientId: 'explorer' });
  await ann.client.subscribeAsync([topic, 'lab/#'], { qos: 1 });
  await ann.client.subscribeAsync(topic, { qos: 1 });
  await ann.client.publishAsync('lab/x', 'hello', { qos: 1 });
  await ann.client.unsubscribeAsync('lab/#');
  await ann.client.endAsync();
  await until(() => expect(line.evidence['p-ann'].at(-1)?.kind).toBe('mqtt.closed'));
  const entries = line.evidence['p-ann'].map((entry) => EvidenceEntry.parse(entry));
  const who = { participant: 'p-ann', client: 'own', session: (entries[0] as { session: string }).session };
  expect(entries.map(({ wallMs: _, plantUs: __, ...entry }) => entry)).toEqual([
    { kind: 'mqtt.session', ...who, clientId: 'explorer' },
    { kind: 'mqtt.subscribe', ...who, topic, qos: 1 },
    { kind: 'mqtt.subscribe', ...who, topic: 'lab/#', qos: 1 },
    { kind: 'mqtt.publish', ...who, topic: 'lab/x', bytes: 5 },
    { kind: 'mqtt.unsubscribe', ...who, topic: 'lab/#' },
    { kind: 'mqtt.closed', ...who },
  ]);
});

test('a session that is taken up again has its subscriptions anew', async () => {
  const line = await mqttLine(['p-ann']);
  const kept = { clientId: 'logger', clean: false };
  const first = await line.connect('p-ann', kept);
  await first.client.subscribeAsync('lab/#', { qos: 1 });
  await line.connect('p-ann', kept);
  await until(() => {
    const kinds = line.evidence['p-ann'].map(({ kind }) => kind.slice(5));
    expect(kinds).toEqual(['session', 'subscribe', 'closed', 'session', 'subscribe']);
  });
});

test('what is repeated is counted, and its entries become fewer the longer it goes on', async () => {
  const line = await mqttLine(['p-ann']);
  const ann = await line.connect('p-ann');
  const published = () => line.evidence['p-ann'].filter((entry) => entry.kind === 'mqtt.publish');
  const times = () => published().reduce((sum, { count = 1 }) => sum + count, 0);
  for (let k = 0; k < 50; k++) await ann.client.publishAsync('lab/x', String(k), { qos: 1 });
  expect(published()).toHaveLength(1);
  await pass(line, 2000);
  expect([published().length, times()]).toEqual([2, 50]);
  for (let k = 0; k < 300; k++) await ann.client.publishAsync('lab/x', '', { qos: 1 });
  await ann.client.endAsync();
  await until(() => expect(line.evidence['p-ann'].at(-1)?.kind).toBe('mqtt.closed'));
  expect(times()).toBe(350);
  expect(published().length).toBeLessThan(10);
  for (const entry of published()) EvidenceEntry.parse(entry);
});
