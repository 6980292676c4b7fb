import { panePolicies, type PaneState } from '#contract/opcua-pane.ts';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Certificate } from './certificate.tsx';
import type { usePane } from './use-pane.ts';

const MODES = ['SignAndEncrypt', 'Sign'] as const;

interface SessionBarProps {
  readonly pane: ReturnType<typeof usePane>;
  readonly state: PaneState;
}

/** Chooses the security of the session and opens or closes it. */
export function SessionBar({ pane, state }: SessionBarProps) {
  const { t } = useWords();
  const [policy, setPolicy] = useState<(typeof panePolicies)[number]>('None');
  const [secureMode, setMode] = useState<(typeof MODES)[number]>('SignAndEncrypt');
  const mode = policy === 'None' ? 'None' : secureMode;
  const { connect, disconnect } = pane;
  return (
    <section className="session-bar" aria-label={t('opcua.session')}>
      {!state.connected && <p className="muted small">{t('opcua.lead')}</p>}
      <div className="row">
        <code className="endpoint">{state.endpointUrl}</code>
        <CopyButton text={state.endpointUrl} what={t('account.opcua')} />
        {state.connected && (
          <>
            <span className="chip ok" role="status">
              {t('opcua.connected', { policy: state.policy ?? '', mode: state.mode ?? '' })}
            </span>
            <Button className="btn sm" isDisabled={disconnect.isRunning} onPress={() => void disconnect.run()}>
              {t('opcua.disconnect')}
            </Button>
          </>
        )}
      </div>
      {!state.connected && (
        <div className="row">
          <label className="inline-field">
            <span>{t('opcua.policy')}</span>
            <select
              className="input"
              value={policy}
              onChange={(event) => setPolicy(event.target.value as (typeof panePolicies)[number])}
            >
              {panePolicies.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
          <label className="inline-field">
            <span>{t('opcua.mode')}</span>
            <select
              className="input"
              value={mode}
              disabled={policy === 'None'}
              onChange={(event) => setMode(event.target.value as (typeof MODES)[number])}
            >
              {(policy === 'None' ? (['None'] as const) : MODES).map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
          <Button
            className="btn primary"
            isDisabled={connect.isRunning}
            onPress={() => void connect.run({ policy, mode })}
          >
            {connect.isRunning ? t('opcua.connecting') : t('opcua.connect')}
          </Button>
          <span className="chip">{t('opcua.notConnected')}</span>
        </div>
      )}
      {state.connected && state.certificate && <Certificate certificate={state.certificate} />}
      {state.problem && !state.connected && (
        <div className="note fault" role="alert">
          <p>{t('opcua.ended', { reason: state.problem })}</p>
        </div>
      )}
      <ProblemNote problem={connect.problem ?? disconnect.problem ?? pane.lost} />
    </section>
  );
}
