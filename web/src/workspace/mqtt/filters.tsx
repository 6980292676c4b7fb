import { useCallback, useId, useState } from 'react';
import { Button } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { isFilter } from '../../live/topic.ts';
import { useDeed } from '../../live/use-ask.ts';
import { useSession } from '../../live/use-session.ts';
import { DeedButton } from '../../ui/deed-button.tsx';
import { Cross } from '../../ui/icons.tsx';
import { Breakable } from '../breakable.tsx';
import type { MqttDesk } from './mqtt-desk.ts';

/** Subscribes to what is typed and lists what is subscribed. */
export function Filters({ desk }: { readonly desk: MqttDesk }) {
  const { t } = useWords();
  const session = useSession();
  const id = useId();
  const [text, setText] = useState('');
  const [isWrong, setWrong] = useState(false);
  const follow = useDeed(useCallback((filter: string) => desk.follow(filter), [desk]));
  const subscribe = async () => {
    const filter = text.trim();
    if (!isFilter(filter)) {
      setWrong(true);
      return;
    }
    await follow.run(filter);
    setText('');
  };
  return (
    <>
      <form
        className="add-node"
        onSubmit={(event) => {
          event.preventDefault();
          void subscribe();
        }}
      >
        <div className="field">
          <label htmlFor={id}>{t('mqtt.filter')}</label>
          <input
            id={id}
            className="input"
            value={text}
            placeholder={session.topic('ST03/#')}
            spellCheck={false}
            autoComplete="off"
            aria-invalid={isWrong}
            aria-describedby={`${id}-problem`}
            onChange={(event) => {
              setText(event.target.value);
              setWrong(false);
            }}
          />
        </div>
        <DeedButton className="btn primary" type="submit" isRunning={follow.isRunning}>
          {t('mqtt.subscribe')}
        </DeedButton>
        <span id={`${id}-problem`} className="echo problem" role="alert">
          {isWrong && t('mqtt.badFilter')}
          {follow.problem !== undefined && t('mqtt.refused', { topic: text })}
        </span>
      </form>
      {desk.filters.length > 0 && (
        <ul className="filters" aria-label={t('mqtt.filters')}>
          {desk.filters.map((filter) => (
            <li key={filter}>
              <code>
                <Breakable text={filter} />
              </code>
              <Button
                className="btn ghost icon sm"
                aria-label={t('mqtt.unsubscribe', { filter })}
                onPress={() => void desk.leave(filter)}
              >
                <Cross size={10} />
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
