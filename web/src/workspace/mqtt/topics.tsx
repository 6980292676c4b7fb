import { useMemo, useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useSession } from '../../live/use-session.ts';
import { goByArrows, stopOf } from '../../ui/arrows.ts';
import { Breakable } from '../breakable.tsx';
import type { MqttDesk, Received } from './mqtt-desk.ts';
import { type TreeRow, treeOf } from './topic-tree.ts';
import { useLiveCells } from './use-live-cells.ts';

const SHOWN = 300;

interface TopicsProps {
  readonly desk: MqttDesk;
  readonly isFrozen: boolean;
  readonly received: readonly Received[];
  readonly chosen: string | undefined;
  readonly onChoose: (topic: string) => void;
}

/** What arrived, one stop of the Tab key with arrows inside: one row for each topic and for each level that several have in common. */
export function Topics({ desk, isFrozen, received, chosen, onChoose }: TopicsProps) {
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
          {shown.map((row) => (
            <TopicRow
              key={row.path}
              row={row}
              desk={isFrozen ? undefined : desk}
              isChosen={row.message !== undefined && row.path === chosen}
              isStop={row.path === stop}
              onChoose={onChoose}
              onToggle={toggle}
            />
          ))}
        </tbody>
      </table>
      {rows.length > SHOWN && <p className="muted small">{t('mqtt.more', { n: n(SHOWN) })}</p>}
    </div>
  );
}

interface TopicRowProps {
  readonly row: TreeRow;
  /** Where the row hears what comes; undefined for one that is frozen. */
  readonly desk: MqttDesk | undefined;
  readonly isChosen: boolean;
  readonly isStop: boolean;
  readonly onChoose: (topic: string) => void;
  readonly onToggle: (path: string) => void;
}

function TopicRow({ row, desk, isChosen, isStop, onChoose, onToggle }: TopicRowProps) {
  const { path, name, depth, message, below, isOpen } = row;
  const { t, n } = useWords();
  const { payload, count } = useLiveCells(message, desk);
  return (
    <tr data-selected={isChosen}>
      <td style={{ paddingInlineStart: `${8 + 14 * depth}px` }}>
        <div className="level">
          {below > 0 && (
            <button
              type="button"
              className="fold"
              tabIndex={isStop && !message ? 0 : -1}
              aria-expanded={isOpen}
              aria-label={t('mqtt.below', { topic: path, n: n(below) })}
              onClick={() => onToggle(path)}
            >
              {isOpen ? '▾' : '▸'}
            </button>
          )}
          {message ? (
            <button
              type="button"
              className="signal-name mono"
              tabIndex={isStop ? 0 : -1}
              aria-label={path}
              aria-pressed={isChosen}
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
      <td className="mono">
        <div ref={payload} className="payload" />
      </td>
      <td className="num">
        <div ref={count} className="count" />
      </td>
    </tr>
  );
}
