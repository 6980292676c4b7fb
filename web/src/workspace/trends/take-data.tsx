import type { SignalView } from '#contract/cell-view.ts';
import { useState } from 'react';
import { useFamily } from '../../i18n/use-family.ts';
import * as family from '../../i18n/words/trends.ts';
import { callText } from '../../live/call-text.ts';
import { useDeed } from '../../live/use-ask.ts';
import { useSession } from '../../live/use-session.ts';
import { type TimeWindow, isRange } from '../../live/use-tape.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { DeedButton } from '../../ui/deed-button.tsx';
import { download } from '../../ui/download.ts';
import { Modal } from '../../ui/modal.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { ToolList } from '../tool-list.tsx';
import { tablePath, tableUrl, trendLines } from './trend-lines.ts';

const EVERY_S = [1, 10, 60];

/** Reads a table of the server into a file. */
const save = async (path: string) => download(await callText(path), 'verkstad.csv', 'text/csv');

interface TakeDataProps {
  readonly signals: readonly SignalView[];
  readonly window: TimeWindow;
  readonly onClose: () => void;
}

/** What is shown, as a file, as an address, and in tools of one's own. All of them are the same table. */
export function TakeData({ signals, window, onClose }: TakeDataProps) {
  const w = useFamily(family);
  const { cell, me } = useSession();
  const [everyS, setEveryS] = useState<number>();
  const [hasKey, setHasKey] = useState(false);
  const wanted = {
    ...{ cell: cell.id, origin: location.origin, everyS },
    signals: signals.map(({ path }) => path),
    window: isRange(window)
      ? { from: new Date(Math.round(window.fromMs)).toISOString(), to: new Date(Math.round(window.toMs)).toISOString() }
      : { lastS: window.spanMs / 1000 },
  };
  const path = tablePath(wanted);
  const file = useDeed(save);
  return (
    <Modal title={w('trends.take')} onClose={onClose} isWide>
      <div className="take-data">
        <p>{w('trends.takeLead', { signals: wanted.signals.join(', ') })}</p>
        <div className="row">
          <label className="inline-field">
            <span>{w('trends.rows')}</span>
            <select
              className="input"
              value={everyS ?? 0}
              onChange={(event) => setEveryS(Number(event.target.value) || undefined)}
            >
              <option value={0}>{w('trends.raw')}</option>
              {EVERY_S.map((s) => (
                <option key={s} value={s}>
                  {w('trends.resolution', { s })}
                </option>
              ))}
            </select>
          </label>
          <DeedButton className="btn primary" isRunning={file.isRunning} onPress={() => void file.run(path)}>
            {file.isRunning ? w('trends.downloading') : w('trends.download')}
          </DeedButton>
        </div>
        <ProblemNote problem={file.problem} />
        <dl className="places">
          <div>
            <dt>{w('trends.address')}</dt>
            <dd>
              <code className="break">{tableUrl(wanted)}</code>
              <CopyButton text={tableUrl(wanted)} what={w('trends.address')} />
            </dd>
          </div>
        </dl>
        <label className="check-row">
          <input type="checkbox" checked={hasKey} onChange={(event) => setHasKey(event.target.checked)} />
          <span>{w('trends.withKey')}</span>
        </label>
        <ToolList
          title={w('trends.tools')}
          lead={w(isRange(window) ? 'trends.toolsPast' : 'trends.toolsLive')}
          lines={trendLines(wanted, { user: me.id, key: hasKey ? me.key : undefined })}
        />
      </div>
    </Modal>
  );
}
