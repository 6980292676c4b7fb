import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { AppError } from './errors.ts';

/** Certificate and key from PEM files. Throws an AppError that says which file is not right. */
export function readTls({ certFile, keyFile }: { readonly certFile: string; readonly keyFile: string }) {
  const [cert, key] = [read(certFile), read(keyFile)];
  try {
    const { raw } = new X509Certificate(cert);
    // An empty file would pass as no certificate at all.
    if (raw.length > 0) createSecureContext({ cert, key });
  } catch (error) {
    const what = `${certFile} and ${keyFile} are no certificate and its key: ${(error as Error).message}.`;
    throw new AppError('bad_certificate', what, 'Give both as PEM, the key without a passphrase.', 500);
  }
  return { cert, key };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const what = `${file} cannot be read: ${(error as Error).message}.`;
    throw new AppError('bad_certificate', what, 'Set VERKSTAD_TLS_CERT and VERKSTAD_TLS_KEY to PEM files.', 500);
  }
}
