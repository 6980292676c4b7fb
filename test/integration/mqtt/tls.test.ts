import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '#server/config.ts';
import { readAuthorities, readTls } from '#server/tls-files.ts';
import { mqttLine, until } from '#test/support/mqtt-line.ts';
import { isInstalled } from '#test/support/mqtt-programs.ts';
import { selfSigned } from '#test/support/self-signed.ts';

test.skipIf(!isInstalled('openssl'))(
  'MQTT is spoken over TLS with the given certificate, and counts as protected',
  async () => {
    const { certFile, keyFile } = selfSigned();
    const line = await mqttLine(['p-ann'], { tls: readTls({ certFile, keyFile }) });
    const url = `mqtts://127.0.0.1:${line.door.tlsPort}`;
    const ann = await line.connect('p-ann', { url, ca: readFileSync(certFile) });
    await ann.client.subscribeAsync(`${line.prefix}/Clock`);
    await until(() => expect(ann.json(`${line.prefix}/Clock`)).toMatchObject({ speed: 1 }));
    await expect(line.connect('p-ann', { url, clientId: 'distrustful' })).rejects.toThrow('self-signed');
    await expect(line.connect('p-ann', { url, ca: readFileSync(certFile), password: 'wrong' })).rejects.toThrow();
  },
);

test.skipIf(!isInstalled('openssl'))(
  'plain MQTT on the port of TLS is closed, and who does not finish the handshake too',
  async () => {
    const { certFile, keyFile } = selfSigned();
    const line = await mqttLine(['p-ann'], { tls: readTls({ certFile, keyFile }), limits: { connectMs: 300 } });
    const closed = async (first: string) => {
      const socket = connect(line.door.tlsPort ?? 0, '127.0.0.1');
      socket.on('error', () => {}).write(first);
      await new Promise((resolve) => socket.once('close', resolve).resume());
    };
    await closed('\x10\x0c\0\x04MQTT\x04\x02\0\x3c\0\0');
    await closed('\x16');
  },
);

test.skipIf(!isInstalled('openssl'))('a certificate that is none, or not that of the key, is said so', () => {
  const [one, other] = [selfSigned(), selfSigned()];
  const empty = join(one.folder, 'empty.pem');
  writeFileSync(empty, '');
  expect(() => readTls({ certFile: one.certFile, keyFile: other.keyFile })).toThrow('are no certificate and its key');
  expect(() => readTls({ certFile: empty, keyFile: one.keyFile })).toThrow('are no certificate and its key');
  expect(() => readTls({ certFile: join(one.folder, 'gone.pem'), keyFile: one.keyFile })).toThrow('cannot be read');
  expect(() => readAuthorities(empty)).toThrow('holds no certificate');
  expect(() => readAuthorities(join(one.folder, 'gone.pem'))).toThrow('cannot be read');
});

test('certificate and key are set together, and the port is 8883 unless it is said', () => {
  expect(() => readConfig({ VERKSTAD_TLS_CERT: '/c.pem' })).toThrow('belong together');
  const { tls } = readConfig({ VERKSTAD_TLS_CERT: '/c.pem', VERKSTAD_TLS_KEY: '/k.pem' });
  expect(tls).toEqual({ certFile: '/c.pem', keyFile: '/k.pem', mqttPort: 8883 });
  expect(readConfig({}).tls).toBeUndefined();
});
