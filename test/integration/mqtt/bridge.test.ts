import { expect, test } from 'vitest';
import { readConfig } from '#server/config.ts';
import { type Listener, type MqttLine, mqttLine, pass, until } from '#test/support/mqtt-line.ts';
import { hasMosquittoBroker, mosquittoBroker } from '#test/support/mosquitto-broker.ts';
import { watcherOf } from '#test/support/outside-watcher.ts';
import { plainBroker } from '#test/support/plain-broker.ts';
import { heardBy } from '#test/support/sparkplug-host.ts';

const USER = 'university';
const PASSWORD = 'p@ss/word';
const urlOf = (port: number, path = '/campus/verkstad') =>
  `mqtt://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}${path}`;

/** Debian's mosquitto where it is installed, as a university has it. */
const broker = (password = PASSWORD, port?: number) =>
  hasMosquittoBroker
    ? mosquittoBroker(USER, password, port === undefined ? {} : { port })
    : plainBroker(USER, password, port);

const watcher = (port: number) => watcherOf(port, USER, PASSWORD);

const bridgedTo = (port: number, participants: readonly string[]): Promise<MqttLine> =>
  mqttLine(participants, { bridge: urlOf(port), limits: { bridgedSignalsPerSecond: 100 } });

test('a line is told below the prefix of its participant, retained, at an announced rate, while they are connected', async () => {
  const { port } = await broker();
  const outside = await watcher(port);
  const line = await bridgedTo(port, ['p-ann', 'p-bob']);
  expect(outside.got).toEqual([]);
  await line.connect('p-ann');
  const status = 'campus/verkstad/p-ann/bridge';
  await until(() => expect(outside.json(status)).toMatchObject({ online: true, signalsPerSecond: 100 }));
  const root = `campus/verkstad/p-ann/${line.prefix}`;
  const signals = new Set(line.cells['p-ann'].model.signals.map(({ path }) => `${root}/${path.replaceAll('.', '/')}`));
  const began = outside.got.length;
  await pass(line, 5000, 500);
  await until(() => expect(outside.json(`${root}/Clock/SimTime`)).toBeDefined());
  const sent = outside.got.slice(began).filter(({ topic }) => signals.has(topic)).length;
  expect(sent).toBeGreaterThan(50);
  expect(sent).toBeLessThanOrEqual(100 * 7);
  await until(async () => {
    await pass(line, 2000);
    const seen = new Set(outside.got.map(({ topic }) => topic).filter((topic) => signals.has(topic)));
    expect(seen.size).toBe(signals.size);
  });
  // A value that stands there is kept for who comes later, and what happened is not.
  const late = await watcher(port);
  for (const topic of ['ST03/State/Current', 'ST03', 'Clock']) {
    await until(() => expect(late.json(`${root}/${topic}`)).toBeDefined());
  }
  expect(late.got.every(({ topic }) => !topic.includes('/events/'))).toBe(true);
  expect(outside.got.filter(({ topic }) => topic.includes('p-bob'))).toEqual([]);
});

test('in Sparkplug and VDA 5050 each line has an identity of its own, and says goodbye', async () => {
  const { port } = await broker();
  const outside = await watcher(port);
  const line = await bridgedTo(port, ['p-ann', 'p-bob']);
  await line.connect('p-ann');
  await line.connect('p-bob');
  await until(async () => {
    await pass(line, 1000);
    for (const who of ['p-ann', 'p-bob']) {
      const kinds = heardBy(outside, `line1-${who}`).map(({ kind }) => kind);
      expect(kinds.slice(0, 13)).toEqual(['NBIRTH', ...Array.from({ length: 12 }, () => 'DBIRTH')]);
      expect(kinds).toContain('DDATA');
    }
  });
  expect(heardBy(outside)).toEqual([]);
  const state = outside.json('uagv/v2/nordpump/AGV1-p-bob/connection');
  expect(state).toMatchObject({ connectionState: 'ONLINE', serialNumber: 'AGV1-p-bob', manufacturer: 'nordpump' });
  expect(outside.json('uagv/v2/nordpump/AGV2-p-ann/factsheet')).toMatchObject({ serialNumber: 'AGV2-p-ann' });
  line.cells['p-ann'].close('The cell was reset.');
  await until(() => expect(heardBy(outside, 'line1-p-ann').at(-1)).toMatchObject({ kind: 'NDEATH', qos: 1 }));
  await until(() => expect(outside.json('campus/verkstad/p-ann/bridge')).toMatchObject({ online: false }));
  expect(outside.json('uagv/v2/nordpump/AGV1-p-ann/connection')).toMatchObject({ connectionState: 'OFFLINE' });
  expect(outside.json('campus/verkstad/p-bob/bridge')).toMatchObject({ online: true });
});

test('a broker that dies is found again, with the next bdSeq and everything anew, and the line is not disturbed', async () => {
  const first = await broker();
  const line = await bridgedTo(first.port, ['p-ann']);
  const ann = await line.connect('p-ann');
  const before = await watcher(first.port);
  await until(() => expect(before.json('campus/verkstad/p-ann/bridge')).toBeDefined());
  const bdSeqOf = (listener: Pick<Listener, 'got'>) => {
    const birth = heardBy(listener, 'line1-p-ann').find(({ kind }) => kind === 'NBIRTH');
    return Number(birth?.metrics.find(({ name }) => name === 'bdSeq')?.value);
  };
  await first.kill();
  await until(() => expect(line.log.join('\n')).toContain('the MQTT bridge has no connection'));
  await ann.client.subscribeAsync(`${line.prefix}/Clock/SimTime`);
  await pass(line, 3000);
  await until(() => expect(ann.got.length).toBeGreaterThan(0));
  await broker(PASSWORD, first.port);
  const outside = await watcher(first.port);
  await until(async () => {
    await pass(line, 500);
    expect(heardBy(outside, 'line1-p-ann').length).toBeGreaterThan(12);
  });
  expect(bdSeqOf(outside)).toBeGreaterThan(0);
  expect(line.log.filter((text) => text.includes('the MQTT bridge'))).toHaveLength(2);
  expect(line.log.join('\n')).toContain(`mqtt://127.0.0.1:${first.port}`);
});

test('nothing is read from the broker outside', async () => {
  const { port } = await broker();
  const outside = await watcher(port);
  const line = await bridgedTo(port, ['p-ann']);
  const ann = await line.connect('p-ann');
  await ann.client.subscribeAsync('#', { qos: 1 });
  await until(() => expect(outside.json('campus/verkstad/p-ann/bridge')).toBeDefined());
  const orders = [`campus/verkstad/p-ann/${line.prefix}/cmd/ST03/Hold`, `${line.prefix}/cmd/ST03/Hold`, 'lab/x'];
  for (const topic of orders) await outside.client.publishAsync(topic, '{"id":"a1"}', { qos: 1 });
  await pass(line, 2000);
  expect(ann.got.some(({ topic }) => topic.includes('/rsp/') || topic.startsWith('lab/'))).toBe(false);
  expect(line.evidence['p-ann'].some(({ kind }) => kind === 'command')).toBe(false);
});

test('who is not let in there is told so once, and neither log nor settings ever show the password', async () => {
  const { port } = await broker('another');
  const line = await bridgedTo(port, ['p-ann', 'p-bob']);
  await line.connect('p-ann');
  await line.connect('p-bob');
  await until(() =>
    expect(line.log.join('\n')).toMatch(
      /the MQTT bridge has no connection.*the broker refuses the user name or password of VERKSTAD_MQTT_BRIDGE_URL/,
    ),
  );
  expect(line.log.filter((text) => text.includes('bridge'))).toHaveLength(1);
  expect(line.log.join('\n')).not.toMatch(/p@ss|p%40ss|university/);
  for (const bad of [
    'http://u:secret@x',
    'mqtt://u:secret@x/a/+/b',
    'secret',
    'mqtt://u:sec%ret@x',
    'mqtt://u:secret@x//a',
  ]) {
    let said = '';
    try {
      readConfig({ VERKSTAD_MQTT_BRIDGE_URL: bad });
    } catch (error) {
      said = (error as Error).message;
    }
    expect(said).toMatch(/VERKSTAD_MQTT_BRIDGE_URL/);
    expect(said).not.toMatch(/secret|sec%ret/);
  }
  const { bridge } = readConfig({ VERKSTAD_MQTT_BRIDGE_URL: urlOf(1883, '') });
  expect(bridge).toMatchObject({ signalsPerSecond: 10, address: { root: 'verkstad', login: { password: PASSWORD } } });
});
