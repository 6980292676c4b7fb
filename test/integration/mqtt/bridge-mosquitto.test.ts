import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startMqttDoor } from '#server/mqtt/mqtt-door.ts';
import { readBridgeUrl } from '#server/mqtt/bridge/bridge-url.ts';
import { reasonInWords } from '#server/mqtt/bridge/outside-reasons.ts';
import { doorkeeperForTest } from '#test/support/live-cell-for-test.ts';
import { mqttLine, pass, until } from '#test/support/mqtt-line.ts';
import { hasMosquittoBroker, mosquittoBroker } from '#test/support/mosquitto-broker.ts';
import { isInstalled } from '#test/support/mqtt-programs.ts';
import { watcherOf } from '#test/support/outside-watcher.ts';
import { selfSigned } from '#test/support/self-signed.ts';
import { heardBy } from '#test/support/sparkplug-host.ts';
import { usedBytes } from '#test/support/used-bytes.ts';
import { weakLink } from '#test/support/weak-link.ts';

const [USER, PASSWORD] = ['university', 'secret'];
const urlOf = (port: number, scheme = 'mqtt') => `${scheme}://${USER}:${PASSWORD}@127.0.0.1:${port}/campus`;
const STATUS = 'campus/p-ann/bridge';
const VEHICLE = 'uagv/v2/nordpump/AGV1-p-ann/connection';

test.skipIf(!hasMosquittoBroker || !isInstalled('openssl'))(
  'over TLS a broker is told only if its certificate is trusted, and the log says how to trust it',
  async () => {
    const { certFile, keyFile } = selfSigned();
    const { port } = await mosquittoBroker(USER, PASSWORD, { tls: { certFile, keyFile } });
    const distrustful = await mqttLine(['p-ann'], { bridge: urlOf(port, 'mqtts') });
    await distrustful.connect('p-ann');
    await until(() =>
      expect(distrustful.log.join('\n')).toContain('not trusted: name its authority in VERKSTAD_MQTT_BRIDGE_CA'),
    );
    const line = await mqttLine(['p-bob'], { bridge: urlOf(port, 'mqtts'), bridgeCa: certFile });
    await line.connect('p-bob');
    const outside = await watcherOf(port, USER, PASSWORD, { protocol: 'mqtts', ca: readFileSync(certFile) });
    await until(() => expect(outside.json('campus/p-bob/bridge')).toMatchObject({ online: true }));
    // Plain MQTT to its port is not answered.
    const plain = await mqttLine(['p-cleo'], { bridge: urlOf(port) });
    await plain.connect('p-cleo');
    await until(() => expect(plain.log.join('\n')).toMatch(/the MQTT bridge has no connection.*(TLS|closed)/));
  },
);

test.skipIf(!hasMosquittoBroker)(
  'where the link is cut the broker says so for the node and each vehicle, and both come back by themselves',
  async () => {
    const { port } = await mosquittoBroker(USER, PASSWORD);
    const link = await weakLink(port);
    const outside = await watcherOf(port, USER, PASSWORD);
    const line = await mqttLine(['p-ann'], { bridge: urlOf(link.port) });
    await line.connect('p-ann');
    const kinds = () => heardBy(outside, 'line1-p-ann').map(({ kind }) => kind);
    await until(() => expect(kinds()).toContain('DBIRTH'));
    await until(() => expect(outside.json(VEHICLE)).toMatchObject({ connectionState: 'ONLINE' }));
    outside.got.length = 0;
    link.cut();
    await until(() => expect(kinds()).toContain('NDEATH'));
    const connections = () => outside.got.filter(({ topic }) => topic === VEHICLE).map(({ text }) => text);
    await until(() => expect(connections()[0]).toContain('"connectionState":"CONNECTIONBROKEN"'));
    await until(() => expect(connections().at(-1)).toContain('"connectionState":"ONLINE"'));
    await until(() => expect(kinds().lastIndexOf('NBIRTH')).toBeGreaterThan(kinds().indexOf('NDEATH')));
    const late = await watcherOf(port, USER, PASSWORD);
    await until(() =>
      expect(late.json(VEHICLE)).toMatchObject({ connectionState: 'ONLINE', serialNumber: 'AGV1-p-ann' }),
    );
    const found = late.got.find(({ topic }) => topic === VEHICLE);
    expect([found?.qos, found?.retain]).toEqual([1, true]);
    expect(late.json('uagv/v2/nordpump/AGV1-p-ann/factsheet')).toBeDefined();
    line.cells['p-ann'].close('The cell was reset.');
    await until(() => expect(outside.json(VEHICLE)).toMatchObject({ connectionState: 'OFFLINE' }));
  },
);

test.skipIf(!hasMosquittoBroker)(
  'a broker that hangs costs no memory, and afterwards is told what is so then',
  async () => {
    const broker = await mosquittoBroker(USER, PASSWORD);
    const outside = await watcherOf(broker.port, USER, PASSWORD);
    const line = await mqttLine(['p-ann'], {
      bridge: urlOf(broker.port),
      limits: { bridgedSignalsPerSecond: 300, waitingBytes: 16_384 },
    });
    const ann = await line.connect('p-ann');
    await until(() => expect(outside.json(STATUS)).toMatchObject({ online: true }));
    await until(() => expect(heardBy(outside, 'line1-p-ann').length).toBeGreaterThan(12));
    broker.freeze();
    await pass(line, 10_000);
    const before = usedBytes();
    // Some 40 MB, if it were kept.
    await pass(line, 1_800_000, 500);
    expect(usedBytes() - before).toBeLessThan(8e6);
    await ann.client.subscribeAsync(`${line.prefix}/Clock/SimTime`);
    await pass(line, 2000);
    await until(() => expect(ann.got.length).toBeGreaterThan(0));
    broker.thaw();
    const topic = `campus/p-ann/${line.prefix}/Clock/SimTime`;
    await until(async () => {
      await pass(line, 1000);
      expect(outside.json(topic)?.v).toBeGreaterThan(line.cells['p-ann'].clock.simUs / 1e6 - 10);
    });
    // What was left out was left out before it had a number.
    const seqs = heardBy(outside, 'line1-p-ann').flatMap(({ seq }) => (seq === undefined ? [] : [seq]));
    expect(seqs.length).toBeGreaterThan(30);
    expect(seqs).toEqual(seqs.map((_, k) => k % 256));
  },
);

test('a bridge to this server itself is refused at its start', async () => {
  const line = await mqttLine(['p-ann']);
  const door = (port: number, url: string) =>
    startMqttDoor({
      ...{ host: '127.0.0.1', port, doorkeeper: doorkeeperForTest([]), bridge: readBridgeUrl(url) },
      log: { info() {}, warn() {}, error() {} },
    });
  const { port } = line.door;
  await line.door.close();
  await expect(door(port, `mqtt://p-ann:key@localhost:${port}`)).rejects.toThrow('leads to this server itself');
  const other = await door(port, 'mqtt://p-ann:key@localhost:1');
  await other.close();
});

test.each([
  [{ code: 'ECONNREFUSED' }, 'nobody listens'],
  [{ code: 'ENOTFOUND' }, 'no host of that name'],
  [{ code: 5 }, 'refuses the user name or password'],
  [{ message: 'connack timeout' }, 'does not answer'],
  [{ message: 'something else' }, 'something else'],
])('%j is said in words', (error, words) => {
  expect(reasonInWords(Object.assign(new Error('?'), error))).toContain(words);
});
