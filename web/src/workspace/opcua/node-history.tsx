import { historyKinds, type PaneHistory, type PaneHistoryRequest } from '#contract/opcua-pane-deeds.ts';
import { useId, useState } from 'react';
import { plantDayMillis } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { call } from '../../live/api.ts';
import { type Asked, useDeed } from '../../live/use-ask.ts';
import { useSession } from '../../live/use-session.ts';
import { DeedButton } from '../../ui/deed-button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Choice } from '../form-fields.tsx';
import { unitText } from '../signal-value.tsx';
import { signalOfNode } from './node-id.ts';
import { mostDecimals, printedValue } from './printed-value.ts';
import type { TreeNode } from './tree-node.ts';
import type { Abilities } from './use-abilities.ts';

const MINUTES = [5, 15, 60, 240, 480] as const;
const INTERVALS_S = [1, 10, 60, 300, 900, 3600] as const;

interface NodeHistoryProps {
  readonly node: TreeNode | undefined;
  readonly abilities: Asked<Abilities | undefined>;
}

/** The history of the chosen node, if the server keeps one. */
export function NodeHistory({ node, abilities: { answer } }: NodeHistoryProps) {
  const { t } = useWords();
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{node ? node.node.displayName : t('opcua.history')}</h2>
      {node && answer?.hasHistory ? (
        <HistoryRead key={node.node.nodeId} nodeId={node.node.nodeId} />
      ) : (
        <p className="empty">{node && answer ? t('opcua.noHistory') : t('opcua.noHistoryNode')}</p>
      )}
    </section>
  );
}

/** HistoryRead over the last minutes or hours: raw samples or an aggregate, as a table. */
function HistoryRead({ nodeId }: { readonly nodeId: string }) {
  const { t, n, language } = useWords();
  const session = useSession();
  const { cell, clock } = session;
  const [kind, setKind] = useState<string>('Raw');
  const [minutes, setMinutes] = useState('15');
  const [seconds, setSeconds] = useState('60');
  const [history, setHistory] = useState<PaneHistory & { readonly unit: string }>();
  const decimals = mostDecimals(history?.values.map(({ value }) => value) ?? []);
  const signal = signalOfNode(session, nodeId);
  const read = useDeed(async () => {
    const toMs = clock.epochMs(clock.nowUs());
    const body: PaneHistoryRequest = {
      ...{ nodeId, kind: kind as PaneHistoryRequest['kind'], toMs, fromMs: toMs - Number(minutes) * 60_000 },
      intervalMs: Number(seconds) * 1000,
    };
    const told = await call('paneHistory', { params: { cell: cell.id }, body });
    setHistory({ ...told, unit: signal && kind !== 'Count' && kind !== 'Total' ? unitText(signal) : '' });
  });
  return (
    <>
      <form
        className="intervals"
        onSubmit={(event) => {
          event.preventDefault();
          void read.run();
        }}
      >
        <Choice
          label={t('opcua.historyKind')}
          value={kind}
          options={historyKinds.map((each) => [each, each])}
          onChange={setKind}
        />
        <Choice
          label={t('opcua.historySpan')}
          value={minutes}
          options={MINUTES.map((each) => [String(each), t('opcua.lastMinutes', { n: n(each) })])}
          onChange={setMinutes}
        />
        {kind !== 'Raw' && (
          <Choice
            label={t('opcua.historyInterval')}
            value={seconds}
            options={INTERVALS_S.map((each) => [String(each), `${n(each)} s`])}
            onChange={setSeconds}
          />
        )}
        <DeedButton className="btn" type="submit" isRunning={read.isRunning}>
          {t('opcua.readHistory')}
        </DeedButton>
      </form>
      <ProblemNote problem={read.problem} />
      {history && (
        <>
          <p className="small" role="status">
            <code>{history.status}</code> {t('opcua.historyCount', { n: n(history.values.length) })}
            {history.isCut && ` ${t('opcua.historyCut')}`}
          </p>
          {history.values.length > 0 && (
            <div className="table-scroll history-table" tabIndex={0} role="region" aria-label={t('opcua.history')}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t('opcua.time')}</th>
                    <th scope="col" className="num">
                      {t('opcua.value')}
                      {history.unit && <span className="muted"> [{history.unit}]</span>}
                    </th>
                    <th scope="col">{t('opcua.status')}</th>
                  </tr>
                </thead>
                <tbody>
                  {history.values.map(({ time, value, status }, k) => (
                    <tr key={k}>
                      <td className="mono">{plantDayMillis(Date.parse(time), language)}</td>
                      <td className="num">{value === '' ? '–' : printedValue(value, language, '', decimals)}</td>
                      <td>{status}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </>
      )}
    </>
  );
}
