import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { useWords } from '../i18n/use-words.ts';
import type { Account } from '../live/account.ts';
import { brokerUrl } from '../live/mqtt-client.ts';
import { useDeed } from '../live/use-ask.ts';
import { useSession } from '../live/use-session.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { DeedButton } from '../ui/deed-button.tsx';
import { Modal } from '../ui/modal.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import './dialogs.css';

interface AccountDialogProps {
  readonly account: Account;
  readonly onClose: () => void;
}

/** Name, key and addresses for the participant's own clients. */
export function AccountDialog({ account, onClose }: AccountDialogProps) {
  const { t } = useWords();
  const { me: opened, cell } = useSession();
  const { me, look } = account;
  const { id, key } = me ?? opened;
  // The key may have been replaced since the page was opened.
  useEffect(() => void look(), [look]);
  const [isKeyShown, setKeyShown] = useState(false);
  const rows = [
    { name: t('account.user'), value: id },
    { name: t('account.key'), value: key, isKey: true },
    { name: t('account.opcua'), value: cell.opcua.endpointUrl },
    { name: t('account.namespace'), value: cell.opcua.namespaceUri },
    { name: t('account.mqtt'), value: `${cell.mqtt.host}:${cell.mqtt.port}` },
    { name: t('account.websocket'), value: brokerUrl() },
    { name: t('account.topics'), value: cell.topicPrefix },
  ];
  return (
    <Modal title={t('account.title')} onClose={onClose}>
      <p className="muted">{t('account.lead')}</p>
      <dl className="addresses">
        {rows.map(({ name, value, isKey }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code>{isKey && !isKeyShown ? '•'.repeat(value.length) : value}</code>
              {isKey && (
                <Button className="btn sm ghost" onPress={() => setKeyShown(!isKeyShown)}>
                  {isKeyShown ? t('account.hideKey') : t('account.showKey')}
                </Button>
              )}
              <CopyButton text={value} what={name} />
            </dd>
          </div>
        ))}
      </dl>
      <NewKey onRenew={account.renewKey} />
      <p className="muted small">{t('account.note')}</p>
    </Modal>
  );
}

/** For whoever let others see the key. It is asked for twice, since tools lose contact. */
function NewKey({ onRenew }: { readonly onRenew: () => Promise<void> }) {
  const { t } = useWords();
  const [step, setStep] = useState<'offered' | 'asked' | 'done'>('offered');
  const renew = useDeed(async () => {
    await onRenew();
    setStep('done');
  });
  if (step !== 'asked') {
    return (
      <div className="new-key">
        <Button className="btn sm" onPress={() => setStep('asked')}>
          {t('account.newKey')}
        </Button>
        <span role="status">{step === 'done' && t('account.newKeyDone')}</span>
      </div>
    );
  }
  return (
    <div className="note">
      <p>{t('account.newKeyNote')}</p>
      <div className="new-key">
        <DeedButton autoFocus className="btn sm" isRunning={renew.isRunning} onPress={() => void renew.run()}>
          {t('account.newKeyGo')}
        </DeedButton>
        <Button className="btn sm ghost" onPress={() => setStep('offered')}>
          {t('app.cancel')}
        </Button>
      </div>
      {renew.problem !== undefined && <ProblemNote problem={renew.problem} />}
    </div>
  );
}
