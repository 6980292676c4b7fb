import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { mqttLine, pass, seenAll, settle, until } from '#test/support/mqtt-line.ts';
import { isInstalled, run, runToEnd } from '#test/support/mqtt-programs.ts';
import { connectPacket, rawClient } from '#test/support/mqtt-raw.ts';

/** Capturing needs rights that not every machine gives. */
const canCapture =
  isInstalled('tshark') && runToEnd('tshark', ['-i', 'lo', '-a', 'duration:1', '-c', '1', '-q']).code === 0;

test.skipIf(!canCapture)('tshark finds no malformed packet in a session of all kinds of packets', async () => {
  const line = await mqttLine(['p-ann']);
  const folder = mkdtempSync(join(tmpdir(), 'verkstad-mqtt-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'session.pcapng');
  const { port } = line.door;
  const capture = run('tshark', ['-i', 'lo', '-f', `tcp port ${port}`, '-w', file]);
  await until(() => expect(capture.output()).toContain('Capturing'));

  // The dissector needs to see traffic from its start; the capture may begin a moment after it says so.
  await until(async () => {
    const raw = rawClient(port);
    raw.send(connectPacket('p-ann', { password: Buffer.from('wrong') }));
    await raw.closed();
    expect(read(file, port, 'mqtt.msgtype == 2').length).toBeGreaterThan(0);
  });
  const will = { topic: 'lab/gone', payload: Buffer.from('x'), qos: 1, retain: true } as const;
  const rude = await line.connect('p-ann', { clientId: 'rude', will });
  const ann = await line.connect('p-ann', { clientId: 'ann', clean: false });
  await ann.client.subscribeAsync('#', { qos: 1 });
  await seenAll(ann);
  await pass(line, 5000, 100);
  for (const family of ['spBv1.0/nordpump-halmstad/DDATA/', 'uagv/v2/nordpump/AGV1/state']) {
    await until(() => expect(ann.got.some(({ topic }) => topic.startsWith(family))).toBe(true));
  }
  for (const qos of [0, 1, 2] as const) {
    await ann.client.publishAsync(`${line.prefix}/cmd/ST03/Hold`, JSON.stringify({ id: `q${qos}` }), { qos });
  }
  rude.client.stream.destroy();
  await settle(ann);
  await ann.client.unsubscribeAsync('#');
  ann.client.sendPing();
  await settle(ann);
  await ann.client.endAsync();

  const kinds = await until(() => {
    const seen = new Set(read(file, port, 'mqtt').flatMap((types) => types.split(',')));
    expect(seen.has('14')).toBe(true);
    return seen;
  });
  capture.stop();
  await capture.ended;
  // CONNECT, CONNACK, PUBLISH, PUBACK, PUBREC, PUBREL, PUBCOMP, SUBSCRIBE, SUBACK, UNSUBSCRIBE, UNSUBACK, PINGs, DISCONNECT
  expect([...kinds].map(Number).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
  expect(read(file, port, '_ws.malformed || _ws.expert.severity == error')).toEqual([]);
});

/** Message types of the packets of MQTT that fit a display filter. */
function read(file: string, port: number, filter: string): string[] {
  const fields = ['-T', 'fields', '-e', 'mqtt.msgtype'];
  const args = ['-r', file, '-d', `tcp.port==${port},mqtt`, '-Y', filter, ...fields];
  return runToEnd('tshark', args).output.split('\n').filter(Boolean);
}
