import { useState } from 'react';
import { Button, ToggleButton } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { Filters } from './filters.tsx';
import './mqtt.css';
import type { MqttDesk, Received } from './mqtt-desk.ts';
import { Message } from './message.tsx';
import { Publish } from './publish.tsx';
import { Topics } from './topics.tsx';
import { useDesk } from './use-desk.ts';

/** An MQTT client: subscriptions, what arrived by topic, the chosen message, and publishing. */
export function MqttView() {
  const { t } = useWords();
  const desk = useDesk();
  const [frozen, setFrozen] = useState<readonly Received[]>();
  const [chosen, setChosen] = useState<string>();
  const received = frozen ?? desk.received;
  return (
    <div className="mqtt">
      <section className="mqtt-head">
        <p className="muted small">{t('mqtt.lead')}</p>
        <Filters desk={desk} />
      </section>
      <section className="mqtt-topics" aria-labelledby="topics">
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
            onPress={() => {
              desk.clear();
              setFrozen(undefined);
            }}
          >
            {t('mqtt.clear')}
          </Button>
        </div>
        {frozen && <p className="muted small">{t('mqtt.frozen')}</p>}
        <Topics received={received} chosen={chosen} onChoose={setChosen} />
      </section>
      <div className="mqtt-side">
        <Message message={received.find(({ topic }) => topic === chosen)} />
        <Publish desk={desk} />
      </div>
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
