import { useCallback, useId, useState } from 'react';
import { Button } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { useDeed } from '../../live/use-ask.ts';
import { useSession } from '../../live/use-session.ts';
import type { MqttDesk } from './mqtt-desk.ts';

/** Sends a message: below lab/ whatever one likes, below cmd/ a command to the line. */
export function Publish({ desk }: { readonly desk: MqttDesk }) {
  const { t } = useWords();
  const session = useSession();
  const id = useId();
  const [topic, setTopic] = useState('lab/hello');
  const [message, setMessage] = useState('{"v": 1}');
  const [retain, setRetain] = useState(false);
  const [sentTo, setSentTo] = useState<string>();
  const send = useDeed(
    useCallback(async () => {
      setSentTo(undefined);
      await desk.publish(topic.trim(), message, retain);
      setSentTo(topic.trim());
    }, [desk, topic, message, retain]),
  );
  return (
    <section aria-labelledby="publish">
      <h2 id="publish">{t('mqtt.publish')}</h2>
      <p className="muted small">{t('mqtt.refusedHint', { cmd: session.topic('cmd/') })}</p>
      <form
        className="publish"
        onSubmit={(event) => {
          event.preventDefault();
          void send.run();
        }}
      >
        <div className="field">
          <label htmlFor={`${id}-topic`}>{t('mqtt.publishTopic')}</label>
          <input
            id={`${id}-topic`}
            className="input"
            value={topic}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => setTopic(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}-message`}>{t('mqtt.message')}</label>
          <textarea
            id={`${id}-message`}
            className="input"
            rows={3}
            value={message}
            spellCheck={false}
            onChange={(event) => setMessage(event.target.value)}
          />
        </div>
        <label className="check-row">
          <input type="checkbox" checked={retain} onChange={(event) => setRetain(event.target.checked)} />
          {t('mqtt.retain')}
        </label>
        <Button className="btn" type="submit" isDisabled={send.isRunning || topic.trim() === '' || /[+#]/.test(topic)}>
          {t('mqtt.publish')}
        </Button>
        <p role="status" className="small">
          {sentTo !== undefined && t('mqtt.published', { topic: sentTo })}
          {send.problem !== undefined && t('mqtt.refused', { topic })}
        </p>
      </form>
    </section>
  );
}
