import { useWords } from '../../i18n/use-words.ts';
import { useSession } from '../../live/use-session.ts';
import type { Received } from './mqtt-desk.ts';

const SHOWN = 300;

interface TopicsProps {
  readonly received: readonly Received[];
  readonly chosen: string | undefined;
  readonly onChoose: (topic: string) => void;
}

/** What arrived, one row for each topic, in the order of their names. */
export function Topics({ received, chosen, onChoose }: TopicsProps) {
  const { t, n } = useWords();
  const session = useSession();
  if (received.length === 0) {
    return <p className="muted small">{t('mqtt.empty', { example: session.topic('ST03/State/#') })}</p>;
  }
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-labelledby="topics">
      <table className="topics">
        <thead>
          <tr>
            <th scope="col">{t('mqtt.topic')}</th>
            <th scope="col">{t('mqtt.payload')}</th>
            <th scope="col" className="num">
              {t('mqtt.count')}
            </th>
          </tr>
        </thead>
        <tbody>
          {received.slice(0, SHOWN).map(({ topic, payload, count }) => (
            <tr key={topic} data-selected={topic === chosen}>
              <td>
                <button
                  type="button"
                  className="signal-name mono"
                  aria-pressed={topic === chosen}
                  onClick={() => onChoose(topic)}
                >
                  {topic}
                </button>
              </td>
              <td className="mono payload">{payload}</td>
              <td className="num">{n(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {received.length > SHOWN && <p className="muted small">{t('mqtt.more', { n: n(SHOWN) })}</p>}
    </div>
  );
}
