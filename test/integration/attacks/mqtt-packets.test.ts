import { connect } from 'node:net';
import mqttPacket, { type Packet } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { attacker, generous, publish, subscribe } from '#test/support/mqtt-attack.ts';
import { mqttLine, settle } from '#test/support/mqtt-line.ts';
import { connectPacket, type RawClient, rawClient } from '#test/support/mqtt-raw.ts';

test(
  'hundreds of malformed and mutilated packets close their own connections, and nothing else',
  { timeout: 120_000 },
  async () => {
    const line = await mqttLine(['p-ann', 'p-bob'], { limits: { ...generous, arrivalsAtOnce: 1000 } });
    const bob = await line.connect('p-bob');
    await bob.client.subscribeAsync('lab/#');
    let seed = 1;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return (seed >>> 8) % below;
    };
    const good: Packet[] = [
      publish('lab/x', 'hello', { qos: 1, messageId: 7 }),
      subscribe(3, ['lab/#', '+/b']),
      { cmd: 'unsubscribe', messageId: 4, unsubscriptions: ['lab/#'] },
      { cmd: 'pubrel', messageId: 5 },
      { cmd: 'puback', messageId: 6 },
      { cmd: 'pingreq' },
      connectPacket('p-ann'),
    ];
    for (let round = 0; round < 300; round++) {
      const bytes = Buffer.from(mqttPacket.generate(good[round % good.length]));
      for (let n = random(4) + 1; n > 0; n--) bytes[random(bytes.length)] = random(256);
      const junk = Buffer.from(Array.from({ length: random(60) }, () => random(256)));
      const socket = connect({ port: line.door.port, host: '127.0.0.1' });
      socket.on('error', () => {}).resume();
      // Some of it before CONNECT, some after.
      const hello =
        round % 5 === 0 ? Buffer.alloc(0) : mqttPacket.generate(connectPacket('p-ann', { clientId: 'fuzz' }));
      await new Promise<void>((resolve) => socket.end(Buffer.concat([hello, bytes, junk]), () => resolve()));
      await new Promise<void>((resolve) => (socket.closed ? resolve() : socket.once('close', () => resolve())));
    }
    await settle(bob);
    expect(bob.got).toEqual([]);
    await settle(await line.connect('p-ann'));
    expect(line.log.filter((text) => /could not be opened|command failed/.test(text))).toEqual([]);
  },
);

test('a packet that promises 256 MB is closed at its length, before its bytes come', async () => {
  const line = await mqttLine(['p-ann']);
  const raw = await attacker(line, 'p-ann');
  raw.send(Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f]));
  await raw.closed();
  expect(JSON.stringify(line.evidence['p-ann'])).toMatch(/a packet of 268435455 bytes; 65536 are allowed/);
});

test('packets that come byte by byte are as good as others, and a CONNECT that never ends is given up', async () => {
  const line = await mqttLine(['p-ann'], { limits: { connectMs: 1000 } });
  const trickle = async (raw: RawClient, packet: Packet) => {
    for (const byte of mqttPacket.generate(packet)) {
      raw.send(Buffer.from([byte]));
      await new Promise(setImmediate);
    }
  };
  const raw = rawClient(line.door.port);
  await trickle(raw, connectPacket('p-ann'));
  await raw.next('connack');
  await trickle(raw, subscribe(1, ['lab/#'], 1));
  await trickle(raw, publish('lab/x', 'slow', { qos: 1, messageId: 2 }));
  expect(await raw.next('publish')).toMatchObject({ topic: 'lab/x' });
  const endless = rawClient(line.door.port);
  endless.send(mqttPacket.generate(connectPacket('p-ann')).subarray(0, 20));
  await endless.closed();
  expect(line.log.join('\n')).toContain('no CONNECT within 1000 ms');
});

test.each([
  [
    'a length of five bytes',
    Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0x01]),
    /a packet length of more than four bytes/,
  ],
  [
    'a packet of 64 KB and one byte',
    Buffer.from([0x30, 0x81, 0x80, 0x04]),
    /a packet of 65537 bytes; 65536 are allowed/,
  ],
])('%s is closed at its length', async (_, bytes, reason) => {
  const line = await mqttLine(['p-ann']);
  const raw = await attacker(line, 'p-ann');
  raw.send(bytes);
  await raw.closed();
  expect(JSON.stringify(line.evidence['p-ann'])).toMatch(reason);
});

test('a second CONNECT, a CONNECT too long and a packet only a server sends end their own connections', async () => {
  const line = await mqttLine(['p-ann']);
  const mate = await line.connect('p-ann', { clientId: 'mate' });
  const twice = await attacker(line, 'p-ann', 'twice');
  twice.send(connectPacket('p-ann', { clientId: 'twice' }));
  await twice.closed();
  const long = rawClient(line.door.port);
  long.send(connectPacket('p-ann', { clientId: 'x'.repeat(5000) }));
  await long.closed();
  const server = await attacker(line, 'p-ann', 'server');
  server.send({ cmd: 'suback', messageId: 1, granted: [0] }, { cmd: 'connack', returnCode: 0, sessionPresent: false });
  await server.closed();
  await settle(mate);
});
