import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext, rootCertificates } from 'node:tls';
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

/** Authorities in PEM, to be trusted beside those that Node knows. Throws an AppError that names the file. */
export function readAuthorities(file: string): readonly string[] {
  const trusted = [...rootCertificates, read(file, 'VERKSTAD_MQTT_BRIDGE_CA to a PEM file')];
  try {
    const { raw } = new X509Certificate(trusted[trusted.length - 1]);
    if (raw.length > 0) createSecureContext({ ca: trusted });
  } catch (error) {
    const what = `${file} holds no certificate: ${(error as Error).message}.`;
    throw new AppError('bad_certificate', what, 'Give the certificate of the authority as PEM.', 500);
  }
  return trusted;
}

function read(file: string, hint = 'VERKSTAD_TLS_CERT and VERKSTAD_TLS_KEY to PEM files'): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const what = `${file} cannot be read: ${(error as Error).message}.`;
    throw new AppError('bad_certificate', what, `Set ${hint}.`, 500);
  }
}
