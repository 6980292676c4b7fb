import { connect as connectTcp } from 'node:net';
import mqttPacket, { type IConnackPacket } from 'mqtt-packet';
import { expect, test, vi } from 'vitest';
import { AppError } from '#server/errors.ts';
import { startMqttDoor } from '#server/mqtt/mqtt-door.ts';
import { mqttLine, settle } from '#test/support/mqtt-line.ts';
import { connectPacket, rawClient } from '#test/support/mqtt-raw.ts';
import { doorkeeperForTest } from '#test/support/live-cell-for-test.ts';

test('MQTT 5 is answered in the words of 3.1.1: unacceptable protocol version', async () => {
  const line = await mqttLine(['p-ann']);
  const raw = rawClient(line.door.port);
  const bytes: Buffer[] = [];
  raw.socket.on('data', (chunk) => bytes.push(chunk));
  raw.send(connectPacket('p-ann', { protocolVersion: 5 }));
  await raw.closed();
  expect(Buffer.concat(bytes)).toEqual(Buffer.from([0x20, 2, 0, 1]));
  expect(line.log.join()).toContain('MQTT 5 is not spoken here');
});

test('a version of MQTT that does not exist is answered so too', async () => {
  const line = await mqttLine(['p-ann']);
  const raw = rawClient(line.door.port);
  const packet = mqttPacket.generate(connectPacket('p-ann'));
  packet[8] = 9;
  raw.send(packet);
  expect(await raw.next('connack')).toMatchObject({ returnCode: 1 });
  await raw.closed();
});

test('MQTT 3.1 and 3.1.1 are spoken', async () => {
  const line = await mqttLine(['p-ann']);
  for (const version of [{ protocolId: 'MQIsdp', protocolVersion: 3 } as const, {}]) {
    const raw = rawClient(line.door.port);
    raw.send(connectPacket('p-ann', version));
    expect(await raw.next('connack')).toMatchObject({ returnCode: 0, sessionPresent: false });
  }
});

test('what follows CONNECT in the same packet of the network is not lost, nor is a CONNECT in pieces', async () => {
  const line = await mqttLine(['p-ann']);
  const raw = rawClient(line.door.port);
  const bytes = mqttPacket.generate(connectPacket('p-ann'));
  for (const byte of bytes.subarray(0, 10)) {
    raw.send(Buffer.from([byte]));
    await new Promise(setImmediate);
  }
  raw.send(bytes.subarray(10), {
    ...{ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: `${line.prefix}/Clock`, qos: 1 }] },
  });
  expect(await raw.next('suback')).toMatchObject({ granted: [1] });
  await raw.next('publish');
});

test.each([
  ['HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  ['TLS', Buffer.from([0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0])],
  ['another packet before CONNECT', mqttPacket.generate({ cmd: 'pingreq' })],
  ['a CONNECT of wrong lengths', Buffer.from([0x10, 12, 0, 90, 77, 81, 84, 84, 4, 2, 0, 60, 0, 9])],
  ['a length of five bytes', Buffer.from([0x10, 255, 255, 255, 255, 127])],
  ['a CONNECT of more than 4 KB', mqttPacket.generate(connectPacket('p-ann', { clientId: 'x'.repeat(5000) }))],
  ['a CONNECT without its flags', Buffer.from([0x10, 7, 0, 4, 77, 81, 84, 84, 4])],
])('%s is closed, and nobody else is disturbed', async (_, bytes) => {
  const line = await mqttLine(['p-ann'], { limits: { connectMs: 500 } });
  const ann = await line.connect('p-ann');
  const raw = rawClient(line.door.port);
  raw.send(bytes);
  await raw.closed();
  expect(raw.got).toEqual([]);
  expect(line.log.join()).toContain('no MQTT');
  await settle(ann);
});

test('whoever does not finish CONNECT in time is closed', async () => {
  const line = await mqttLine(['p-ann'], { limits: { connectMs: 150 } });
  const [silent, slow] = [rawClient(line.door.port), rawClient(line.door.port)];
  const bytes = mqttPacket.generate(connectPacket('p-ann'));
  let sent = 0;
  const drip = setInterval(() => slow.send(bytes.subarray(sent, ++sent)), 20);
  await Promise.all([silent.closed(), slow.closed()]);
  clearInterval(drip);
  expect(sent).toBeLessThan(bytes.length);
  expect(line.log.join()).toContain('no CONNECT within 150 ms');
});

test('a second CONNECT on one connection closes it', async () => {
  const line = await mqttLine(['p-ann']);
  const raw = rawClient(line.door.port);
  raw.send(connectPacket('p-ann'));
  await raw.next('connack');
  raw.send(connectPacket('p-ann'));
  await raw.closed();
});

test.each([
  ['a client id of 200 characters', { clientId: 'x'.repeat(200) }, 2],
  ['a will on a topic of the line', { will: { topic: 'nordpump/halmstad/pumps/line1/ST03', payload: 'x' } }, 5],
])('%s is refused with a code, and is evidence', async (_, more, returnCode) => {
  const line = await mqttLine(['p-ann']);
  const raw = rawClient(line.door.port);
  raw.send(connectPacket('p-ann', more));
  expect((await raw.next('connack')) as IConnackPacket).toMatchObject({ returnCode });
  await raw.closed();
  expect(line.evidence['p-ann']).toMatchObject([{ kind: 'refusal', via: 'mqtt', what: 'connect' }]);
});

test('a kept session without a client id is refused', async () => {
  const line = await mqttLine(['p-ann']);
  const raw = rawClient(line.door.port);
  const packet = mqttPacket.generate(connectPacket('p-ann', { clientId: '' }));
  const cleanSession = 2;
  packet[9] &= ~cleanSession;
  raw.send(packet);
  expect(await raw.next('connack')).toMatchObject({ returnCode: 2 });
});

test('closing a cell hangs up on its clients only, and the next CONNECT says that it is gone', async () => {
  const line = await mqttLine(['p-ann', 'p-bob']);
  const [ann, bob] = [await line.connect('p-ann'), await line.connect('p-bob')];
  const closed = new Promise<void>((resolve) => ann.client.once('close', () => resolve()));
  line.cells['p-ann'].close('The cell was reset.');
  await closed;
  await settle(bob);
  expect(line.door.brokers).toBe(1);
  await expect(line.connect('p-ann')).rejects.toMatchObject({ code: 3 });
});

test('a port in use is said in one sentence that tells what to do', async () => {
  const line = await mqttLine(['p-ann']);
  const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const again = startMqttDoor({ host: '127.0.0.1', port: line.door.port, doorkeeper: doorkeeperForTest([]), log });
  await expect(again).rejects.toThrow(AppError);
  await expect(again).rejects.toMatchObject({ hint: expect.stringContaining('VERKSTAD_MQTT_PORT') as string });
});

test('closing the door closes everything', async () => {
  const line = await mqttLine(['p-ann']);
  const ann = await line.connect('p-ann');
  const silent = rawClient(line.door.port);
  await new Promise((resolve) => silent.socket.once('connect', resolve));
  const closed = new Promise<void>((resolve) => ann.client.once('close', () => resolve()));
  await line.door.close();
  await Promise.all([closed, silent.closed()]);
  const refused = connectTcp({ port: line.door.port, host: '127.0.0.1' });
  await new Promise((resolve) => refused.once('error', resolve));
  expect(line.cells['p-ann'].isListenedTo).toBe(false);
});
