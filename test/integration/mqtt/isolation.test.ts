import mqtt from 'mqtt';
import { expect, test, vi } from 'vitest';
import { keyOf, type Listener, mqttLine, seenAll, settle, until } from '#test/support/mqtt-line.ts';

/** What each signal topic showed last. */
function picture({ got }: Listener, topics: ReadonlySet<string>): Map<string, unknown> {
  return new Map(
    got.flatMap(({ topic, text }) => {
      return topics.has(topic) ? [[topic, (JSON.parse(text) as { v?: unknown }).v] as const] : [];
    }),
  );
}

test.each(['#', '+/+/+/+/#', 'nordpump/halmstad/pumps/line1/+/+/+'])(
  'two participants who subscribe %s see their own cell only, under the same topics',
  async (filter) => {
    const line = await mqttLine(['p-ann', 'p-bob']);
    const [ann, bob] = [await line.connect('p-ann'), await line.connect('p-bob')];
    await ann.client.subscribeAsync(filter, { qos: 1 });
    await bob.client.subscribeAsync(filter, { qos: 1 });
    const { signals } = line.cells['p-ann'].model;
    const topics = signals.map(({ path }) => `${line.prefix}/${path.replaceAll('.', '/')}`);
    const fitting = new Set(topics.filter((topic) => filter.includes('#') || topic.split('/').length === 7));
    const [ofAnn, ofBob] = await until(() => {
      const seen = [picture(ann, fitting), picture(bob, fitting)] as const;
      expect(seen.map(({ size }) => size)).toEqual([fitting.size, fitting.size]);
      return seen;
    });
    for (const signal of signals.filter(({ kind, type }) => kind === 'held' && type !== 'Boolean')) {
      const topic = `${line.prefix}/${signal.path.replaceAll('.', '/')}`;
      if (!fitting.has(topic)) continue;
      const own = ['p-ann', 'p-bob'].map((who) => line.cells[who].sample(signal.index).value);
      expect([topic, ofAnn.get(topic), ofBob.get(topic)]).toEqual([topic, ...own]);
    }
    expect([...ofAnn].filter(([topic, v]) => ofBob.get(topic) !== v).length).toBeGreaterThan(10);
  },
);

test('what one participant publishes reaches nobody in another cell', async () => {
  const line = await mqttLine(['p-ann', 'p-bob']);
  const [ann, bob] = [await line.connect('p-ann'), await line.connect('p-bob')];
  await bob.client.subscribeAsync(['#', 'lab/#', '+/+']);
  await seenAll(bob);
  await settle(bob);
  bob.got.splice(0);
  await ann.client.publishAsync('lab/secret', 'of ann', { qos: 1, retain: true });
  await ann.client.publishAsync(`${line.prefix}/cmd/ST03/Hold`, '{"id":"x"}', { qos: 1 });
  await settle(ann);
  await settle(bob);
  await bob.client.subscribeAsync('lab/secret');
  await settle(bob);
  expect(bob.got).toEqual([]);
});

test('the broker tells nothing about its clients', async () => {
  const line = await mqttLine(['p-ann', 'p-bob']);
  const ann = await line.connect('p-ann');
  await ann.client.subscribeAsync(['$SYS/#', '$SYS/+/new/clients', '$verkstad/#']);
  const bob = await line.connect('p-bob', { clientId: 'bob-1' });
  const mate = await line.connect('p-ann', { clientId: 'ann-2' });
  await mate.client.subscribeAsync('lab/x');
  mate.client.end(true);
  await bob.client.endAsync();
  await settle(ann);
  expect(ann.got).toEqual([]);
});

test('the same client id in two cells, and another name in it, disturb nobody', async () => {
  const line = await mqttLine(['p-ann', 'p-bob']);
  const ann = await line.connect('p-ann', { clientId: 'same' });
  const closed = vi.fn();
  ann.client.on('close', closed);
  await line.connect('p-bob', { clientId: 'same' });
  await line.connect('p-bob', { clientId: 'p-ann/same' });
  await settle(ann);
  expect(closed).not.toHaveBeenCalled();
  await line.connect('p-ann', { clientId: 'same' });
  await until(() => expect(closed).toHaveBeenCalled());
});

test.each([
  ['a wrong key', { username: 'p-ann', password: keyOf('p-bob') }, 4],
  ['an unknown name', { username: 'p-eve', password: keyOf('p-ann') }, 4],
  ['the cell of somebody else', { username: 'p-ann.c-p-bob', password: keyOf('p-ann') }, 4],
  ['no key', { username: 'p-ann', password: undefined }, 5],
  ['nothing at all', { username: undefined, password: undefined }, 5],
])('%s is turned away with a code, and written down', async (_, credentials, code) => {
  const line = await mqttLine(['p-ann', 'p-bob']);
  const { username, password } = credentials;
  const more = { ...(username && { username }), ...(password && { password }) };
  const client = mqtt.connect(`mqtt://127.0.0.1:${line.door.port}`, { reconnectPeriod: 0, ...more });
  const error = await new Promise<Error & { code?: number }>((resolve) => client.once('error', resolve));
  client.end(true);
  expect(error.code).toBe(code);
  expect(line.log.join('\n')).toContain('turned away');
  expect(line.log.join('\n')).not.toContain('key-of');
});

test('a name with the cell leads to that cell', async () => {
  const line = await mqttLine(['p-ann']);
  const { client, got } = await line.connect('p-ann', { username: 'p-ann.c-p-ann' });
  await client.subscribeAsync(`${line.prefix}/Clock`);
  await until(() => expect(got).toHaveLength(1));
});
