import { X509Certificate } from 'node:crypto';
import type { OPCUAClient } from 'node-opcua';
import type { PaneCertificate } from '#contract/opcua-pane.ts';

/** What a person looks at before they trust a server; undefined under None, where no certificate comes. */
export function serverCertificate({
  serverCertificate: given,
}: Pick<OPCUAClient, 'serverCertificate'>): PaneCertificate | undefined {
  const der = Array.isArray(given) ? given[0] : given;
  if (!der?.length) return undefined;
  const { subject, issuer, validFrom, validTo, fingerprint, subjectAltName } = new X509Certificate(der);
  return {
    subject: subject.replaceAll('\n', ', '),
    issuer: issuer.replaceAll('\n', ', '),
    applicationUri: /URI:([^,]+)/.exec(subjectAltName ?? '')?.[1] ?? '',
    validFrom: new Date(validFrom).toISOString(),
    validTo: new Date(validTo).toISOString(),
    thumbprint: fingerprint.replaceAll(':', ''),
  };
}
