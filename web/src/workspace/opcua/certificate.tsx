import type { PaneCertificate } from '#contract/opcua-pane.ts';
import { useWords } from '../../i18n/use-words.ts';

/** The server's certificate, as one compares it before trusting it. */
export function Certificate({ certificate }: { readonly certificate: PaneCertificate }) {
  const { t } = useWords();
  const { subject, issuer, applicationUri, validFrom, validTo, thumbprint } = certificate;
  const rows = [
    [t('opcua.subject'), subject],
    [t('opcua.issuer'), issuer],
    ['ApplicationUri', applicationUri],
    [t('opcua.valid'), `${validFrom.slice(0, 10)} – ${validTo.slice(0, 10)}`],
    [t('opcua.thumbprint'), thumbprint],
  ] as const;
  return (
    <details>
      <summary>{t('opcua.certificate')}</summary>
      <table className="attributes">
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="mono">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
