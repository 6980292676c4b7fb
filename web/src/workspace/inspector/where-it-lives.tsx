import { topicOfPath } from '#contract/topic.ts';
import { Button } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { useSession } from '../../live/use-session.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { TrendIcon } from '../../ui/icons.tsx';
import { Breakable } from '../breakable.tsx';
import { useSelection } from '../selection.tsx';
import { useTrendSignals } from '../trends/trend-link.ts';

/** The chosen signal's name on every door. */
export function WhereItLives() {
  const { t, say } = useWords();
  const session = useSession();
  const { signal: path, openView } = useSelection();
  const { add } = useTrendSignals();
  const signal = session.findSignal(path);
  if (!signal) return null;
  const places = [
    ['OPC UA', `nsu=${session.cell.opcua.namespaceUri};s=${path}`],
    ['MQTT', session.topic(topicOfPath(path))],
    [t('inspector.csv'), path],
  ] as const;
  return (
    <section>
      <div className="inspector-title">
        <h2>{t('inspector.where')}</h2>
        <Button
          className="btn sm"
          onPress={() => {
            add(path);
            openView('trends');
          }}
        >
          <TrendIcon />
          {t('inspector.trend')}
        </Button>
      </div>
      <p className="muted small">{say(signal.text)}</p>
      <dl className="places">
        {places.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code title={value}>
                <Breakable text={value} />
              </code>
              <CopyButton text={value} what={name} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
