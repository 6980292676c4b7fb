import { useCallback, useId, useState } from 'react';
import { z } from 'zod';
import { useWords } from '../../i18n/use-words.ts';
import { useDeed } from '../../live/use-ask.ts';
import { useDraft } from '../../live/use-draft.ts';
import { useSession } from '../../live/use-session.ts';
import { DeedButton } from '../../ui/deed-button.tsx';
import { UnkeptNote } from '../unkept-note.tsx';
import type { MqttDesk } from './mqtt-desk.ts';

const PublishDraft = z.object({ topic: z.string(), message: z.string(), retain: z.boolean() }).readonly();
const FIRST = { topic: 'lab/hello', message: '{"v": 1}', retain: false };

/** Sends a message: below lab/ whatever one likes, below cmd/ a command to the line. */
export function Publish({ desk }: { readonly desk: MqttDesk }) {
  const { t } = useWords();
  const session = useSession();
  const id = useId();
  const { value: draft, type, settle, isUnkept } = useDraft('publish', PublishDraft, FIRST);
  const { topic, message, retain } = draft;
  const [sentTo, setSentTo] = useState<string>();
  const send = useDeed(
    useCallback(async () => {
      setSentTo(undefined);
      await desk.publish(topic.trim(), message, retain);
      setSentTo(topic.trim());
      settle();
    }, [desk, topic, message, retain, settle]),
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
            onChange={(event) => type({ ...draft, topic: event.target.value })}
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
            onChange={(event) => type({ ...draft, message: event.target.value })}
          />
        </div>
        <label className="check-row">
          <input
            type="checkbox"
            checked={retain}
            onChange={(event) => type({ ...draft, retain: event.target.checked })}
          />
          {t('mqtt.retain')}
        </label>
        <DeedButton
          className="btn primary"
          type="submit"
          isRunning={send.isRunning}
          isDisabled={topic.trim() === '' || /[+#]/.test(topic)}
        >
          {t('mqtt.publish')}
        </DeedButton>
        <UnkeptNote isUnkept={isUnkept} />
        <p role="status" className="small">
          {sentTo !== undefined && t('mqtt.published', { topic: sentTo })}
          {send.problem !== undefined && t('mqtt.refused', { topic })}
        </p>
      </form>
    </section>
  );
}
