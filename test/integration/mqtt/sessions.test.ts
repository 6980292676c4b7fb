import { expect, test } from 'vitest';
import { type Listener, type MqttLine, mqttLine, pass, settle, until } from '#test/support/mqtt-line.ts';

const kept = { clientId: 'logger', clean: false };

/** Comes back to a session; what waited for it may come before `connect` does. */
async function comeBack(line: MqttLine, more: object = kept): Promise<Listener> {
  const listener = await line.connect('p-ann', more);
  await settle(listener);
  return listener;
}

test('a kept session gets what it missed at QoS 1, and goes on', async () => {
  const line = await mqttLine(['p-ann']);
  const state = `${line.prefix}/ST03/State/Current`;
  const first = await line.connect('p-ann', kept);
  await first.client.subscribeAsync([state, 'lab/#'], { qos: 1 });
  await first.client.subscribeAsync(`${line.prefix}/ST04/State/Current`, { qos: 0 });
  await until(() => expect(first.got).toHaveLength(2));
  await first.client.endAsync();
  await until(() => expect(line.evidence['p-ann'].at(-1)?.kind).toBe('mqtt.closed'));

  const missed: number[] = [];
  const { cell, index } = { cell: line.cells['p-ann'], index: line.cells['p-ann'].model.indexOf('ST03.State.Current') };
  let before = cell.sample(index).value;
  for (let k = 0; k < 1200; k++) {
    await pass(line, 100, 100);
    const { value } = cell.sample(index);
    if (value !== before) missed.push(value);
    before = value;
  }
  const other = await line.connect('p-ann', { clientId: 'other' });
  await other.client.publishAsync('lab/note', 'while you were out', { qos: 1 });
  const back = await comeBack(line);
  expect(missed.length).toBeGreaterThan(2);
  const values = back.got
    .filter(({ topic }) => topic === state)
    .map(({ text }) => (JSON.parse(text) as { v: number }).v);
  expect(values).toEqual(missed);
  expect(back.got.at(-1)).toMatchObject({ topic: 'lab/note', text: 'while you were out', qos: 1 });
  expect(back.got.some(({ topic }) => topic.includes('ST04'))).toBe(false);

  back.got.splice(0);
  await pass(line, 60_000);
  await settle(back);
  expect(back.got.some(({ topic }) => topic === state)).toBe(true);
  expect(back.got.some(({ topic }) => topic.includes('ST04'))).toBe(true);
});

test('a thousand messages that waited all come, however fast their reader acknowledges them', async () => {
  const line = await mqttLine(['p-ann']);
  const first = await line.connect('p-ann', kept);
  await first.client.subscribeAsync('lab/log', { qos: 1 });
  await first.client.endAsync();
  const other = await line.connect('p-ann', { clientId: 'other' });
  for (let k = 0; k < 1000; k += 100) {
    await Promise.all(
      Array.from({ length: 100 }, (_, n) => other.client.publishAsync('lab/log', `${k + n}`, { qos: 1 })),
    );
    line.wall.forward(500);
  }
  const back = await line.connect('p-ann', kept);
  await until(() => expect(back.got).toHaveLength(1000));
  await settle(back);
  expect(back.got.map(({ text }) => Number(text))).toEqual(Array.from({ length: 1000 }, (_, n) => n));
});

test('a kept session holds so many messages and no more, and then lets the cell rest', async () => {
  const line = await mqttLine(['p-ann'], { limits: { sessionMessages: 5 } });
  const first = await line.connect('p-ann', kept);
  await first.client.subscribeAsync(`${line.prefix}/Line/Parts/TotalTime`, { qos: 1 });
  await first.client.endAsync();
  await until(() => expect(line.evidence['p-ann'].at(-1)?.kind).toBe('mqtt.closed'));
  expect(line.cells['p-ann'].isListenedTo).toBe(true);
  await pass(line, 10_000);
  expect(line.cells['p-ann'].isListenedTo).toBe(false);
  const back = await comeBack(line);
  expect(back.got).toHaveLength(5);
});

test('a session nobody comes back to is forgotten after its hour', async () => {
  const line = await mqttLine(['p-ann']);
  const first = await line.connect('p-ann', kept);
  await first.client.subscribeAsync('lab/#', { qos: 1 });
  await first.client.endAsync();
  await until(() => expect(line.evidence['p-ann'].at(-1)?.kind).toBe('mqtt.closed'));
  line.wall.leap(59 * 60_000);
  await line.door.sweep();
  expect(line.door.brokers).toBe(1);
  line.wall.leap(2 * 60_000);
  await line.door.sweep();
  expect(line.door.brokers).toBe(0);
  expect(line.cells['p-ann'].isListenedTo).toBe(false);
});

test('a third kept session takes the place of the oldest that is away, and none while both are here', async () => {
  const line = await mqttLine(['p-ann']);
  const session = (clientId: string) => line.connect('p-ann', { clientId, clean: false });
  const one = await session('one');
  await one.client.subscribeAsync('lab/#', { qos: 1 });
  const two = await session('two');
  await expect(session('three')).rejects.toMatchObject({ code: 3 });
  await one.client.endAsync();
  await until(() => expect(line.evidence['p-ann'].at(-1)?.kind).toBe('mqtt.closed'));
  await session('three');
  await two.client.publishAsync('lab/x', 'y', { qos: 1 });
  await two.client.endAsync();
  await until(() => expect(line.evidence['p-ann'].at(-1)?.kind).toBe('mqtt.closed'));
  const again = await comeBack(line, { clientId: 'one', clean: false });
  expect(again.got).toEqual([]);
});

test('a clean session under the same client id ends the kept one', async () => {
  const line = await mqttLine(['p-ann']);
  const first = await line.connect('p-ann', kept);
  await first.client.subscribeAsync('lab/#', { qos: 1 });
  await first.client.endAsync();
  await (await line.connect('p-ann', { clientId: 'logger' })).client.endAsync();
  const writer = await line.connect('p-ann', { clientId: 'writer' });
  await writer.client.publishAsync('lab/x', 'y', { qos: 1 });
  expect((await comeBack(line)).got).toEqual([]);
});
