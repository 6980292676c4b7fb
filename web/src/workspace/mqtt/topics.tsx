import { useMemo, useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useSession } from '../../live/use-session.ts';
import { goByArrows, stopOf } from '../../ui/arrows.ts';
import { Breakable } from '../breakable.tsx';
import type { Received } from './mqtt-desk.ts';
import { treeOf } from './topic-tree.ts';

const SHOWN = 300;

interface TopicsProps {
  readonly received: readonly Received[];
  readonly chosen: string | undefined;
  readonly onChoose: (topic: string) => void;
}

/** What arrived, one stop of the Tab key with arrows inside: one row for each topic and for each level that several have in common. */
export function Topics({ received, chosen, onChoose }: TopicsProps) {
  const { t, n } = useWords();
  const session = useSession();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => treeOf(received, closed), [received, closed]);
  const toggle = (path: string) =>
    setClosed((before) => {
      const after = new Set(before);
      if (!after.delete(path)) after.add(path);
      return after;
    });
  if (received.length === 0) {
    return <p className="empty">{t('mqtt.empty', { example: session.topic('ST03/State/#') })}</p>;
  }
  const shown = rows.slice(0, SHOWN);
  const stop = stopOf(
    shown.map(({ path }) => path),
    chosen,
  );
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={t('mqtt.received')}>
      <table className="topics" onKeyDown={goByArrows}>
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
          {shown.map(({ path, name, depth, message, below, isOpen }) => (
            <tr key={path} data-selected={message !== undefined && path === chosen}>
              <td style={{ paddingInlineStart: `${8 + 14 * depth}px` }}>
                <div className="level">
                  {below > 0 && (
                    <button
                      type="button"
                      className="fold"
                      tabIndex={path === stop && !message ? 0 : -1}
                      aria-expanded={isOpen}
                      aria-label={t('mqtt.below', { topic: path, n: n(below) })}
                      onClick={() => toggle(path)}
                    >
                      {isOpen ? '▾' : '▸'}
                    </button>
                  )}
                  {message ? (
                    <button
                      type="button"
                      className="signal-name mono"
                      tabIndex={path === stop ? 0 : -1}
                      aria-label={path}
                      aria-pressed={path === chosen}
                      onClick={() => onChoose(path)}
                    >
                      <Breakable text={name} />
                    </button>
                  ) : (
                    <span className="mono muted">
                      <Breakable text={`${name}/`} />
                    </span>
                  )}
                </div>
              </td>
              <td className="mono payload">{message?.payload}</td>
              <td className="num">{message && n(message.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > SHOWN && <p className="muted small">{t('mqtt.more', { n: n(SHOWN) })}</p>}
    </div>
  );
}
