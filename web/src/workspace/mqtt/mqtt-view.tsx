import { useState } from 'react';
import { Button, ToggleButton } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { useKept } from '../../live/use-kept.ts';
import { PaneParts } from '../pane-parts.tsx';
import { Filters } from './filters.tsx';
import './mqtt-words.ts';
import './mqtt.css';
import type { MqttDesk, Received } from './mqtt-desk.ts';
import { Message } from './message.tsx';
import { Publish } from './publish.tsx';
import { Topics } from './topics.tsx';
import { useDesk } from './use-desk.ts';

/** An MQTT client: subscriptions, what arrived by topic, the chosen message, and publishing. */
export function MqttView() {
  const { t, n } = useWords();
  const desk = useDesk();
  const [frozen, setFrozen] = useState<readonly Received[]>();
  const [chosen, setChosen] = useState<string>();
  const [open, setOpen] = useKept('mqtt.open', () => 'topics');
  const received = frozen ?? desk.received;
  const choose = (topic: string) => {
    setChosen(topic);
    setOpen('message');
  };
  const topics = (
    <section aria-labelledby="topics">
      <div className="row">
        <h2 id="topics">{t('mqtt.topics')}</h2>
        <span className={`chip ${LOOKS[desk.state]}`} role="status">
          {t(WORDS[desk.state])}
        </span>
        <span className="grow" />
        <ToggleButton
          className="btn sm"
          isSelected={frozen !== undefined}
          onChange={(freeze) => setFrozen(freeze ? desk.received : undefined)}
        >
          {t('mqtt.freeze')}
        </ToggleButton>
        <Button
          className="btn sm"
          isDisabled={received.length === 0}
          onPress={() => {
            desk.clear();
            setFrozen(undefined);
          }}
        >
          {t('mqtt.clear')}
        </Button>
      </div>
      {frozen && <p className="muted small">{t('mqtt.frozen')}</p>}
      <Topics desk={desk} isFrozen={frozen !== undefined} received={received} chosen={chosen} onChoose={choose} />
    </section>
  );
  return (
    <div className="mqtt">
      <section className="mqtt-head">
        <p className="muted small">{t('mqtt.lead')}</p>
        <Filters desk={desk} />
      </section>
      <PaneParts
        label={t('mqtt.parts')}
        open={open}
        onOpen={setOpen}
        list={{
          id: 'topics',
          title: t('mqtt.topics'),
          mark: received.length > 0 ? n(received.length) : undefined,
          body: topics,
        }}
        parts={[
          {
            id: 'message',
            title: t('mqtt.message'),
            body: <Message topic={chosen} frozen={frozen} desk={desk} />,
          },
          { id: 'publish', title: t('mqtt.publish'), body: <Publish desk={desk} /> },
        ]}
      />
    </div>
  );
}

const LOOKS: Readonly<Record<MqttDesk['state'], string>> = {
  connected: 'ok',
  connecting: '',
  disconnected: '',
  offline: 'warn',
};
const WORDS = {
  connected: 'mqtt.connected',
  connecting: 'top.connecting',
  disconnected: 'mqtt.disconnected',
  offline: 'mqtt.offline',
} as const;
