import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A certificate for this machine that nobody signed but itself, made by openssl; gone when the test is over. */
export function selfSigned(): { certFile: string; keyFile: string; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'verkstad-tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const files = ['-keyout', keyFile, '-out', certFile];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...name, ...files], {
    stdio: 'ignore',
    // OPC UA servers of the same process leave a configuration of their own to openssl.
    env: { PATH: process.env.PATH },
  });
  return { certFile, keyFile, folder };
}
