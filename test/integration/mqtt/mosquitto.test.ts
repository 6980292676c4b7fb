import { expect, test } from 'vitest';
import { keyOf, type MqttLine, mqttLine, until } from '#test/support/mqtt-line.ts';
import { isInstalled, run } from '#test/support/mqtt-programs.ts';

// Debian's mosquitto-clients, as in the README. Where they cannot be installed, these tests are skipped.
const hasMosquitto = isInstalled('mosquitto_sub') && isInstalled('mosquitto_pub');

const as = (line: MqttLine, participant: string, ...more: string[]) => [
  ...['-h', '127.0.0.1', '-p', String(line.door.port), '-u', participant, '-P', keyOf(participant)],
  ...more,
];

test.skipIf(!hasMosquitto)('mosquitto_sub reads one value and goes', async () => {
  const line = await mqttLine(['p-ann']);
  const topic = `${line.prefix}/ST03/Spindle/Load`;
  const sub = run('mosquitto_sub', as(line, 'p-ann', '-t', topic, '-C', '1'));
  expect(await sub.ended).toBe(0);
  const { cell, index } = { cell: line.cells['p-ann'], index: line.cells['p-ann'].model.indexOf('ST03.Spindle.Load') };
  expect(JSON.parse(sub.output())).toMatchObject({ v: cell.sample(index).value, u: '%', q: 'Good' });
});

test.skipIf(!hasMosquitto)(
  'two participants with mosquitto_sub -t # at once see every signal, each their own',
  async () => {
    const line = await mqttLine(['p-ann', 'p-bob']);
    const { signals } = line.cells['p-ann'].model;
    const subs = ['p-ann', 'p-bob'].map((who) =>
      run('mosquitto_sub', as(line, who, '-v', '-t', '#', '-T', 'spBv1.0/#', '-q', '1')),
    );
    await until(() => {
      for (const sub of subs) expect(sub.output()).toContain(`${line.prefix}/limits `);
    });
    const seen = subs.map(
      (sub) =>
        new Map(
          sub
            .output()
            .split('\n')
            .map((text) => text.split(/ (.*)/) as [string, string]),
        ),
    );
    const held = signals.filter(({ kind, type }) => kind === 'held' && type !== 'Boolean');
    for (const { path, index } of held) {
      const topic = `${line.prefix}/${path.replaceAll('.', '/')}`;
      const shown = seen.map((messages) => (JSON.parse(messages.get(topic)!) as { v: number }).v);
      const own = ['p-ann', 'p-bob'].map((who) => line.cells[who].sample(index).value);
      expect([path, ...shown]).toEqual([path, ...own]);
    }
    expect(seen.map((messages) => [...messages.keys()].some((topic) => topic.startsWith('$')))).toEqual([false, false]);
  },
);

test.skipIf(!hasMosquitto)('mosquitto_pub commands, and mosquitto_sub hears the answer', async () => {
  const line = await mqttLine(['p-ann']);
  const sub = run('mosquitto_sub', as(line, 'p-ann', '-t', `${line.prefix}/rsp/+`, '-C', '1'));
  await until(() => expect(line.evidence['p-ann'].at(-1)).toMatchObject({ kind: 'mqtt.subscribe' }));
  const topic = `${line.prefix}/cmd/ST03/Hold`;
  const pub = run('mosquitto_pub', as(line, 'p-ann', '-q', '2', '-t', topic, '-m', '{"id":"a1"}'));
  expect([await pub.ended, pub.output()]).toEqual([0, '']);
  await sub.ended;
  expect(JSON.parse(sub.output())).toMatchObject({ id: 'a1', status: 'done' });
});

test.skipIf(!hasMosquitto)('mosquitto_pub -r keeps a message that mosquitto_sub finds later', async () => {
  const line = await mqttLine(['p-ann']);
  const pub = run('mosquitto_pub', as(line, 'p-ann', '-r', '-q', '1', '-t', 'lab/oee', '-m', '0.71'));
  expect(await pub.ended).toBe(0);
  const sub = run('mosquitto_sub', as(line, 'p-ann', '-t', 'lab/#', '-C', '1', '-v'));
  expect(await sub.ended).toBe(0);
  expect(sub.output()).toBe('lab/oee 0.71\n');
});

test.skipIf(!hasMosquitto)(
  'mosquitto_sub as MQTT 5 client is told that its protocol version is not accepted',
  async () => {
    const line = await mqttLine(['p-ann']);
    const sub = run('mosquitto_sub', as(line, 'p-ann', '-V', '5', '-t', '#', '-C', '1'));
    expect(await sub.ended).not.toBe(0);
    expect(sub.output()).toMatch(/unsupported protocol version|unacceptable protocol version/i);
  },
);

test.skipIf(!hasMosquitto)('mosquitto_sub with a wrong key is told so', async () => {
  const line = await mqttLine(['p-ann', 'p-bob']);
  const args = ['-h', '127.0.0.1', '-p', String(line.door.port), '-u', 'p-ann', '-P', keyOf('p-bob'), '-t', '#'];
  const sub = run('mosquitto_sub', args);
  await until(() => expect(sub.output()).toMatch(/bad user name or password/i));
});
