import type { PaneState } from '#contract/opcua-pane.ts';
import { useId } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useSession } from '../../live/use-session.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { DeedButton } from '../../ui/deed-button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import type { usePane } from './use-pane.ts';

interface SessionBarProps {
  readonly pane: ReturnType<typeof usePane>;
  readonly state: PaneState;
}

/** The open session in one line, and its end. */
export function SessionBar({ pane: { disconnect, lost }, state }: SessionBarProps) {
  const { t } = useWords();
  return (
    <section className="session-bar" aria-label={t('opcua.session')}>
      <div className="row">
        <code>{state.endpointUrl}</code>
        <CopyButton text={state.endpointUrl} what={t('account.opcua')} />
        <span className="grow" />
        <span className="chip ok" role="status">
          {t('opcua.connected', { policy: state.policy ?? '', mode: state.mode ?? '' })}
        </span>
        <DeedButton className="btn sm" isRunning={disconnect.isRunning} onPress={() => void disconnect.run()}>
          {t('opcua.disconnect')}
        </DeedButton>
      </div>
      <ProblemNote problem={disconnect.problem ?? lost} />
    </section>
  );
}

/** The security of the session, and the server's certificate as one compares it before trusting it. */
export function SessionFacts({ state }: { readonly state: PaneState }) {
  const { t } = useWords();
  const { me } = useSession();
  const id = useId();
  const { certificate, endpointUrl, policy = '', mode = '' } = state;
  return (
    <>
      <section aria-labelledby={`${id}s`}>
        <h2 id={`${id}s`}>{t('opcua.session')}</h2>
        <Facts
          label={t('opcua.session')}
          rows={[
            [t('account.opcua'), endpointUrl],
            [t('opcua.policy'), policy],
            [t('opcua.mode'), mode],
            [t('account.user'), me.id],
          ]}
        />
      </section>
      {certificate && (
        <section aria-labelledby={`${id}c`}>
          <h2 id={`${id}c`}>{t('opcua.certificate')}</h2>
          <Facts
            label={t('opcua.certificate')}
            rows={[
              [t('opcua.subject'), certificate.subject],
              [t('opcua.issuer'), certificate.issuer],
              ['ApplicationUri', certificate.applicationUri],
              [t('opcua.valid'), `${certificate.validFrom.slice(0, 10)} – ${certificate.validTo.slice(0, 10)}`],
              [t('opcua.thumbprint'), certificate.thumbprint],
            ]}
          />
        </section>
      )}
    </>
  );
}

function Facts({ label, rows }: { readonly label: string; readonly rows: readonly (readonly [string, string])[] }) {
  return (
    <table className="attributes" aria-label={label}>
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="mono">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
