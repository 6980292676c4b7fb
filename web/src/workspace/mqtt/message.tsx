import { useWords } from '../../i18n/use-words.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import type { Received } from './mqtt-desk.ts';

/** The last message on the chosen topic, and the one before it. */
export function Message({ message }: { readonly message: Received | undefined }) {
  const { t, language } = useWords();
  if (!message) return null;
  return (
    <section aria-label={t('mqtt.chosen', { topic: message.topic })}>
      <h2 className="break">{message.topic}</h2>
      <p className="muted small">
        {t('mqtt.received')}: {new Date(message.atMs).toLocaleTimeString(language === 'sv' ? 'sv-SE' : 'en-GB')}
      </p>
      <pre tabIndex={0}>{pretty(message.payload)}</pre>
      <div className="raw">
        <span className="small muted">{t('mqtt.raw')}</span>
        <code>{message.payload}</code>
        <CopyButton text={message.payload} what={t('mqtt.payload')} />
      </div>
      {message.before !== undefined && (
        <>
          <h3>{t('mqtt.before')}</h3>
          <pre tabIndex={0}>{pretty(message.before)}</pre>
        </>
      )}
    </section>
  );
}

function pretty(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2);
  } catch {
    return payload;
  }
}
