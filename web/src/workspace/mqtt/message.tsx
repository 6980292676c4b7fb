import { useCallback, useSyncExternalStore } from 'react';
import { wallTime } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useDeed } from '../../live/use-ask.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { DeedButton } from '../../ui/deed-button.tsx';
import { Breakable } from '../breakable.tsx';
import { type ChangedMember, changedMembers } from './changed-members.ts';
import type { MqttDesk, Received } from './mqtt-desk.ts';

const SHOWN_CHANGES = 100;

interface MessageProps {
  readonly desk: MqttDesk;
  /** The chosen one, if there is one. */
  readonly topic: string | undefined;
  /** What had come when the pane was frozen. */
  readonly frozen: readonly Received[] | undefined;
}

/** The last message on the chosen topic, and the one before it. It renders by itself when one comes, and the pane around it does not. */
export function Message({ desk, topic = '', frozen }: MessageProps) {
  const live = useSyncExternalStore(
    useCallback((listener: () => void) => desk.watch(topic, listener), [desk, topic]),
    () => desk.find(topic),
  );
  const message = frozen ? frozen.find((one) => one.topic === topic) : live;
  const { t, n, language } = useWords();
  if (!message) {
    return (
      <section>
        <p className="empty">{t('mqtt.noMessage')}</p>
      </section>
    );
  }
  const changes = message.before === undefined ? undefined : changedMembers(message.before, message.payload);
  return (
    <section className="mqtt-message" aria-label={t('mqtt.chosen', { topic: message.topic })}>
      <h2 className="break">
        <Breakable text={message.topic} />
      </h2>
      <p className="muted small">
        {t('mqtt.receivedAt', { time: wallTime(message.atMs, language) })} · {t('mqtt.bytes', { n: n(message.bytes) })}
        {message.isRetained && ` · ${t('mqtt.retained')}`}
      </p>
      <pre tabIndex={0}>{pretty(message.payload)}</pre>
      {message.isCut && <p className="note">{t('mqtt.cut', { n: n(message.payload.length) })}</p>}
      {message.hex !== undefined && /"alias \d+"/.test(message.payload) && (
        <AskBirth topic={message.topic} desk={desk} />
      )}
      {changes && <Changes changes={changes} />}
      <div className="raw">
        <h3>{t('mqtt.raw')}</h3>
        <CopyButton text={message.hex ?? message.payload} what={t('mqtt.payload')} />
        <code tabIndex={0}>{message.hex ?? message.payload}</code>
      </div>
      {message.before !== undefined && !changes && (
        <>
          <h3>{t('mqtt.before')}</h3>
          <pre tabIndex={0}>{pretty(message.before)}</pre>
        </>
      )}
    </section>
  );
}

/** Names were told before anybody listened here: they are told again when somebody asks. */
function AskBirth({ topic, desk }: { readonly topic: string; readonly desk: MqttDesk }) {
  const { t } = useWords();
  const ask = useDeed(() => desk.askBirth(topic));
  return (
    <div className="note">
      <p>{t('mqtt.noBirth')}</p>
      <DeedButton className="btn sm" isRunning={ask.isRunning} onPress={() => void ask.run()}>
        {t('mqtt.askBirth')}
      </DeedButton>
      {ask.problem !== undefined && <p role="alert">{t('mqtt.refused', { topic })}</p>}
    </div>
  );
}

/** Which members of the payload are not what they were in the message before. */
function Changes({ changes }: { readonly changes: readonly ChangedMember[] }) {
  const { t } = useWords();
  return (
    <>
      <h3 id="changes">{t('mqtt.changes')}</h3>
      {changes.length === 0 && <p className="muted small">{t('mqtt.noChanges')}</p>}
      {changes.length > 0 && (
        <div className="table-scroll" tabIndex={0} role="region" aria-labelledby="changes">
          <table className="changes">
            <thead>
              <tr>
                <th scope="col">{t('mqtt.member')}</th>
                <th scope="col">{t('mqtt.before')}</th>
                <th scope="col">{t('mqtt.now')}</th>
              </tr>
            </thead>
            <tbody>
              {changes.slice(0, SHOWN_CHANGES).map(({ path, before, now }) => (
                <tr key={path}>
                  <th scope="row" className="mono">
                    <Breakable text={path} />
                  </th>
                  <td className="mono">{before ?? '–'}</td>
                  <td className="mono">{now ?? '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function pretty(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2);
  } catch {
    return payload;
  }
}
