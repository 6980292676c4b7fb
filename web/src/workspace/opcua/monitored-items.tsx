import type { PaneItem, PaneQueue, PaneState } from '#contract/opcua-pane.ts';
import { Button } from 'react-aria-components';
import { decimalsOf, plantTime } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useKept } from '../../live/use-kept.ts';
import { useSession } from '../../live/use-session.ts';
import { DeedButton } from '../../ui/deed-button.tsx';
import { Cross } from '../../ui/icons.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Breakable } from '../breakable.tsx';
import { unitText } from '../signal-value.tsx';
import { AddNodeId } from './add-node-id.tsx';
import type { ListedNode } from './opcua-view.tsx';
import { type Intervals, IntervalFields, readIntervals } from './intervals.tsx';
import { signalOfNode } from './node-id.ts';
import { printedValue } from './printed-value.ts';
import type { usePane } from './use-pane.ts';

interface MonitoredItemsProps {
  readonly pane: ReturnType<typeof usePane>;
  readonly state: PaneState;
  readonly listed: readonly ListedNode[];
  readonly onAdd: (node: ListedNode) => void;
  readonly onList: (list: readonly ListedNode[] | undefined) => void;
}

/** The subscription: what is wanted, with its intervals, and what arrives. */
export function MonitoredItems({ pane, state, listed, onAdd, onList }: MonitoredItemsProps) {
  const { t, n } = useWords();
  const [typed, setTyped] = useKept<Intervals>('opcua.intervals', () => ({
    sampling: '1000',
    publishing: '1000',
    queue: '1',
  }));
  const [queues, setQueues] = useKept<Readonly<Record<string, QueueTyped>>>('opcua.queues', () => ({}));
  const read = readIntervals(typed);
  const own = listed.flatMap(({ nodeId }) => readQueue(nodeId, queues[nodeId], read?.queueSize ?? 1) ?? []);
  const { subscribe } = pane;
  const isSubscribed = state.items.length > 0;
  const apply = () => {
    if (read) void subscribe.run({ nodeIds: listed.map(({ nodeId }) => nodeId), ...read, queues: own });
  };
  const stop = async () => {
    const kept = listed;
    await subscribe.run({ nodeIds: [], ...(read ?? { samplingMs: 1000, publishingMs: 1000, queueSize: 1 }) });
    onList(kept);
  };
  return (
    <section aria-labelledby="monitored">
      <div className="row">
        <h2 id="monitored">{t('opcua.list')}</h2>
        <span className={isSubscribed ? 'chip ok' : 'chip'} role="status">
          {isSubscribed
            ? t('opcua.subscribed', { n: n(state.items.length), ms: n(state.publishingMs ?? 0) })
            : t('opcua.notSubscribed')}
        </span>
      </div>
      <IntervalFields typed={typed} onType={setTyped} />
      <div className="row">
        <DeedButton
          className="btn primary"
          isRunning={subscribe.isRunning}
          isDisabled={listed.length === 0 || !read}
          onPress={apply}
        >
          {isSubscribed ? t('opcua.resubscribe') : t('opcua.subscribe')}
        </DeedButton>
        <DeedButton
          className="btn"
          isRunning={subscribe.isRunning}
          isDisabled={!isSubscribed}
          onPress={() => void stop()}
        >
          {t('opcua.unsubscribe')}
        </DeedButton>
      </div>
      <ProblemNote problem={subscribe.problem} />
      <AddNodeId onAdd={onAdd} />
      {listed.length === 0 ? (
        <p className="empty">{t('opcua.empty')}</p>
      ) : (
        <div className="table-scroll" tabIndex={0} role="region" aria-labelledby="monitored">
          <table className="stacked">
            <thead>
              <tr>
                <th scope="col">{t('opcua.item')}</th>
                <th scope="col" className="num">
                  {t('opcua.value')}
                </th>
                <th scope="col">{t('opcua.time')}</th>
                <th scope="col" className="num">
                  {t('opcua.samplingShort')}
                </th>
                <th scope="col">{t('opcua.ownQueue')}</th>
                <th scope="col" className="num">
                  {t('opcua.changesShort')}
                </th>
                <th>
                  <span className="sr">{t('opcua.remove', { node: '' })}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {listed.map((node) => (
                <Item
                  key={node.nodeId}
                  node={node}
                  item={state.items.find(({ nodeId }) => nodeId === node.nodeId)}
                  queue={queues[node.nodeId] ?? { size: '', discardOldest: true }}
                  usual={typed.queue}
                  onQueue={(queue) => setQueues((known) => ({ ...known, [node.nodeId]: queue }))}
                  onRemove={() => onList(listed.filter(({ nodeId }) => nodeId !== node.nodeId))}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

interface ItemProps {
  readonly node: ListedNode;
  readonly item: PaneItem | undefined;
  readonly queue: QueueTyped;
  /** What stands where nothing is typed. */
  readonly usual: string;
  readonly onQueue: (queue: QueueTyped) => void;
  readonly onRemove: () => void;
}

/** The queue of one item as typed; empty where it is as that of all. */
interface QueueTyped {
  readonly size: string;
  readonly discardOldest: boolean;
}

function readQueue(nodeId: string, typed: QueueTyped | undefined, usual: number): PaneQueue | undefined {
  if (!typed) return undefined;
  const size = typed.size.trim() === '' ? usual : Number(typed.size);
  if (!Number.isInteger(size) || size < 1 || size > 100) return undefined;
  return { nodeId, queueSize: size, discardOldest: typed.discardOldest };
}

function Item({ node, item, queue, usual, onQueue, onRemove }: ItemProps) {
  const { t, n, language } = useWords();
  const signal = signalOfNode(useSession(), node.nodeId);
  // Good is said of an item that was made, also while no value of it came.
  const isAwaited = item?.value === undefined && item?.status === 'Good';
  const time = item?.sourceTimestamp === undefined ? NaN : Date.parse(item.sourceTimestamp);
  return (
    <tr>
      <td className="item-name">
        {item?.displayName ?? node.name}
        <code>
          <Breakable text={node.nodeId} />
        </code>
      </td>
      <td className="num item-value" data-head={t('opcua.value')}>
        {item?.value === undefined
          ? '–'
          : printedValue(item.value, language, signal && unitText(signal), signal && decimalsOf(signal.resolution))}
        <span className="muted">{isAwaited ? t('opcua.awaited') : (item?.status ?? t('opcua.pending'))}</span>
      </td>
      <td className="mono" data-head={t('opcua.time')}>
        {Number.isNaN(time) ? '–' : plantTime(time, language)}
      </td>
      <td className="num" data-head={t('opcua.samplingShort')}>
        {item ? n(item.samplingMs) : '–'}
      </td>
      <td className="item-queue" data-head={t('opcua.ownQueue')}>
        <input
          className="input"
          inputMode="numeric"
          aria-label={t('opcua.queueOf', { node: node.name })}
          aria-invalid={readQueue(node.nodeId, queue, 1) === undefined}
          value={queue.size}
          placeholder={item ? String(item.queueSize) : usual}
          onChange={(event) => onQueue({ ...queue, size: event.target.value })}
        />
        <label>
          <input
            type="checkbox"
            checked={queue.discardOldest}
            onChange={(event) => onQueue({ ...queue, discardOldest: event.target.checked })}
          />
          {t('opcua.discardOldest')}
        </label>
      </td>
      <td className="num" data-head={t('opcua.changesShort')}>
        {item ? n(item.notifications) : '–'}
      </td>
      <td>
        <Button className="btn ghost icon sm" aria-label={t('opcua.remove', { node: node.name })} onPress={onRemove}>
          <Cross size={10} />
        </Button>
      </td>
    </tr>
  );
}
