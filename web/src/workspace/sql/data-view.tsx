import { useMemo, useRef } from 'react';
import { useTold } from '../../i18n/refusals/use-told.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useKept } from '../../live/use-kept.ts';
import { useSession } from '../../live/use-session.ts';
import { announce } from '../../ui/announcer.tsx';
import { DeedButton } from '../../ui/deed-button.tsx';
import { PaneParts } from '../pane-parts.tsx';
import { faultIn, plainDetail } from '../rules/fault-place.ts';
import { UnkeptNote } from '../unkept-note.tsx';
import './data.css';
import './data-words.ts';
import { EXAMPLES, EXAMPLE_EVERY, type ExampleName } from './examples.ts';
import { QueryResult } from './query-result.tsx';
import { SqlEditor, type SqlEditorHandle } from './sql-editor.tsx';
import { TableBrowser } from './table-browser.tsx';
import { useQuery } from './use-query.ts';

const HOURS = [1, 8, 24] as const;
const EVERY_S = [1, 10, 60] as const;

/** SQL over the history of the line: a query, its tables, and what came of it. */
export function DataView() {
  const { t, n } = useWords();
  const { cell } = useSession();
  const { wish, change, isUnkept, answered, asked, run, isRunning, problem } = useQuery();
  const editor = useRef<SqlEditorHandle>(null);
  const [part, setPart] = useKept('data.open', () => 'query');
  const paths = useMemo(() => cell.signals.map(({ path }) => path), [cell]);
  const tell = useTold();
  const told = problem === undefined ? undefined : tell(problem);
  const fault = useMemo(
    () => (problem === undefined ? undefined : faultIn(asked, tell(problem))),
    [problem, asked, tell],
  );
  const start = async (next = wish) => {
    const result = await run(next);
    if (result) announce(result.rows.length === 1 ? t('data.row') : t('data.rows', { n: n(result.rows.length) }));
  };
  const begin = (name: ExampleName) => {
    const next = { ...wish, sql: EXAMPLES[name], everyS: EXAMPLE_EVERY[name] };
    change(next);
    setPart('query');
    void start(next);
  };
  const tables = (
    <TableBrowser
      onExample={begin}
      onInsert={(word) => {
        setPart('query');
        editor.current?.insert(word);
      }}
    />
  );
  const query = (
    <div className="data-main">
      <p className="muted small">{t('data.lead')}</p>
      <SqlEditor
        ref={editor}
        label={t('data.query')}
        value={wish.sql}
        fault={fault && wish.sql === asked ? fault : undefined}
        paths={paths}
        onChange={(sql) => change({ sql })}
        onRun={() => void start()}
      />
      <UnkeptNote isUnkept={isUnkept} />
      <div className="row">
        <DeedButton className="btn primary" isRunning={isRunning} onPress={() => void start()}>
          {isRunning ? t('data.running') : t('data.run')}
        </DeedButton>
        <label className="inline-field">
          <span>{t('data.window')}</span>
          <select
            className="input"
            value={wish.hours ?? 0}
            onChange={(event) => change({ hours: Number(event.target.value) || undefined })}
          >
            {HOURS.map((hours) => (
              <option key={hours} value={hours}>
                {t('data.lastHours', { n: n(hours) })}
              </option>
            ))}
            <option value={0}>{t('data.all')}</option>
          </select>
        </label>
        <label className="inline-field">
          <span>{t('data.samples')}</span>
          <select
            className="input"
            value={wish.everyS ?? 0}
            onChange={(event) => change({ everyS: Number(event.target.value) || undefined })}
          >
            <option value={0}>{t('data.published')}</option>
            {EVERY_S.map((s) => (
              <option key={s} value={s}>
                {t('data.every', { n: n(s) })}
              </option>
            ))}
          </select>
        </label>
        <span className="muted small">{t('data.keys')}</span>
      </div>
      {told && (
        <div className="note fault" role="alert">
          <p>{plainDetail(told.detail)}</p>
          {told.hint && <p>{told.hint}</p>}
        </div>
      )}
      {answered ? (
        <QueryResult
          key={answered.request.sql + String(answered.request.toUs)}
          {...answered}
          isOld={answered.request.sql !== wish.sql}
        />
      ) : (
        <p className="empty">{t('data.first')}</p>
      )}
    </div>
  );
  return (
    <div className="data">
      <PaneParts
        label={t('data.parts')}
        open={part}
        onOpen={setPart}
        list={{ id: 'tables', title: t('data.sources'), body: tables }}
        parts={[{ id: 'query', title: t('data.queryShort'), body: query }]}
      />
    </div>
  );
}
