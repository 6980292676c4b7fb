import { panePolicies, type PaneState } from '#contract/opcua-pane.ts';
import { useId, useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { DeedButton } from '../../ui/deed-button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Choice } from '../form-fields.tsx';
import type { usePane } from './use-pane.ts';

type Policy = (typeof panePolicies)[number];
const MODES = ['SignAndEncrypt', 'Sign'] as const;

interface ConnectFormProps {
  readonly pane: ReturnType<typeof usePane>;
  readonly state: PaneState;
}

/** Chooses the security of a session and opens it: all that there is before one is open. */
export function ConnectForm({ pane, state }: ConnectFormProps) {
  const { t } = useWords();
  const id = useId();
  const [policy, setPolicy] = useState<Policy>('None');
  const [secureMode, setMode] = useState<(typeof MODES)[number]>('SignAndEncrypt');
  const mode = policy === 'None' ? 'None' : secureMode;
  const { connect } = pane;
  return (
    <section className="connect-form" aria-labelledby={id}>
      <h2 id={id}>{t('opcua.connectTitle')}</h2>
      <p className="muted">{t('opcua.lead')}</p>
      <div className="row endpoint">
        <code>{state.endpointUrl}</code>
        <CopyButton text={state.endpointUrl} what={t('account.opcua')} />
        <span className="chip">{t('opcua.notConnected')}</span>
      </div>
      {state.problem && (
        <div className="note fault" role="alert">
          <p>{t('opcua.ended', { reason: state.problem })}</p>
        </div>
      )}
      <div className="connect-fields">
        <Choice
          label={t('opcua.policy')}
          value={policy}
          options={panePolicies.map((name) => [name, name])}
          onChange={(name) => setPolicy(name as Policy)}
        />
        <Choice
          label={t('opcua.mode')}
          value={mode}
          isDisabled={policy === 'None'}
          options={(policy === 'None' ? ['None'] : MODES).map((name) => [name, name])}
          onChange={(name) => setMode(name as (typeof MODES)[number])}
        />
        <DeedButton
          className="btn primary"
          isRunning={connect.isRunning}
          onPress={() => void connect.run({ policy, mode })}
        >
          {connect.isRunning ? t('opcua.connecting') : t('opcua.connect')}
        </DeedButton>
      </div>
      <p className="muted small">{policy === 'None' ? t('opcua.plain') : t('opcua.encrypted')}</p>
      <ProblemNote problem={connect.problem ?? pane.lost} />
    </section>
  );
}
