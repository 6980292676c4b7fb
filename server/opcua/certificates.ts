import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { getFullyQualifiedDomainName, OPCUACertificateManager } from 'node-opcua';
import { AppError } from '#server/errors.ts';

const VALID_DAYS = 5 * 365;
const RENEW_BEFORE_MS = 30 * 86_400_000;

export interface Identity {
  readonly applicationUri: string;
  readonly certificateFile: string;
  /** Trust towards client applications, and the private key. */
  readonly applications: OPCUACertificateManager;
  readonly users: OPCUACertificateManager;
}

/**
 * The server's identity, kept in `<dataDir>/pki`. Clients' certificates are accepted without being asked for: in a class
 * everyone brings an own client, and who may enter is decided by name and key. A certificate that does not name the
 * public host, or soon expires, is made anew with the same private key.
 */
export async function prepareIdentity(dataDir: string, publicHost: string, nowMs: number): Promise<Identity> {
  const applications = certificateManager(join(dataDir, 'pki', 'server'));
  const users = certificateManager(join(dataDir, 'pki', 'users'));
  try {
    await applications.initialize();
    await users.initialize();
    const applicationUri = `urn:${publicHost}:verkstad`;
    const certificateFile = join(applications.rootDir, 'own', 'certs', 'certificate.pem');
    if (!isCurrent(certificateFile, publicHost, applicationUri, nowMs)) {
      await rm(certificateFile, { force: true });
      await createCertificate(applications, certificateFile, publicHost, applicationUri, nowMs);
    }
    return { applicationUri, certificateFile, applications, users };
  } catch (error) {
    await Promise.all([applications.dispose(), users.dispose()]);
    throw unwritable(error, dataDir);
  }
}

export const certificateManager = (rootFolder: string): OPCUACertificateManager =>
  new OPCUACertificateManager({ rootFolder, automaticallyAcceptUnknownCertificate: true });

function createCertificate(
  manager: OPCUACertificateManager,
  outputFile: string,
  publicHost: string,
  applicationUri: string,
  nowMs: number,
): Promise<void> {
  const names = [...new Set([publicHost, 'localhost', hostname(), getFullyQualifiedDomainName()])];
  return manager.createSelfSignedCertificate({
    applicationUri,
    outputFile,
    subject: `/CN=Verkstad@${publicHost}/O=Verkstad`,
    dns: names.filter((name) => isIP(name) === 0),
    ip: ['127.0.0.1', ...names.filter((name) => isIP(name) === 4 && name !== '127.0.0.1')],
    startDate: new Date(nowMs - 86_400_000),
    validity: VALID_DAYS,
  });
}

function isCurrent(file: string, publicHost: string, applicationUri: string, nowMs: number): boolean {
  if (!existsSync(file)) return false;
  const { subjectAltName = '', validTo } = new X509Certificate(readFileSync(file));
  const names = subjectAltName.split(', ');
  const host = isIP(publicHost) ? `IP Address:${publicHost}` : `DNS:${publicHost}`;
  return (
    names.includes(host) && names.includes(`URI:${applicationUri}`) && Date.parse(validTo) - nowMs > RENEW_BEFORE_MS
  );
}

function unwritable(error: unknown, dataDir: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'EACCES' && code !== 'EROFS' && code !== 'EPERM') return error;
  return new AppError(
    'data_folder_read_only',
    `The OPC UA certificates cannot be written to ${dataDir}.`,
    'Make the folder writable, or set VERKSTAD_DATA_DIR to another one.',
    500,
  );
}
