import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { prepareIdentity } from '#server/opcua/certificates.ts';
import { temporaryFolder } from '#test/support/host-for-test.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

async function certificate(publicHost: string, nowMs = Date.now()): Promise<X509Certificate> {
  const { certificateFile, applications, users } = await prepareIdentity(folder.path, publicHost, nowMs);
  await Promise.all([applications.dispose(), users.dispose()]);
  return new X509Certificate(readFileSync(certificateFile));
}

test('the certificate stays, is made anew for another public host or before it expires, and keeps its key', async () => {
  const first = await certificate('plant.example');
  expect(first.subjectAltName).toContain('DNS:plant.example');
  expect(first.subjectAltName).toContain('URI:urn:plant.example:verkstad');
  expect((await certificate('plant.example')).fingerprint).toBe(first.fingerprint);
  const moved = await certificate('192.0.2.7');
  expect(moved.subjectAltName).toContain('IP Address:192.0.2.7');
  expect(moved.publicKey.equals(first.publicKey)).toBe(true);
  const old = await certificate('192.0.2.7', Date.parse(moved.validTo) - 86_400_000);
  expect(old.fingerprint).not.toBe(moved.fingerprint);
});
