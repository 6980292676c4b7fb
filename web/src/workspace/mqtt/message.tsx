import { wallTime } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { type ChangedMember, changedMembers } from './changed-members.ts';
import type { Received } from './mqtt-desk.ts';

const SHOWN_CHANGES = 100;

/** The last message on the chosen topic, and the one before it. */
export function Message({ message }: { readonly message: Received | undefined }) {
  const { t, language } = useWords();
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
      <h2 className="break">{message.topic}</h2>
      <p className="muted small">{t('mqtt.receivedAt', { time: wallTime(message.atMs, language) })}</p>
      <pre tabIndex={0}>{pretty(message.payload)}</pre>
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
                    {path}
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
