import type { SqlRequest, SqlResult } from '#contract/sql.ts';
import { Button, ToggleButton } from 'react-aria-components';
import { plantDayTime } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useKept } from '../../live/use-kept.ts';
import { useSession } from '../../live/use-session.ts';
import '../own-tools.css';
import { downloadCsv } from './csv.ts';
import { ResultChart } from './result-chart.tsx';
import { ResultTable } from './result-table.tsx';
import { ToolList } from '../tool-list.tsx';
import { sqlLines } from './sql-lines.ts';

interface QueryResultProps {
  readonly request: SqlRequest;
  readonly result: SqlResult;
  readonly isOld: boolean;
}

export function QueryResult({ request, result, isOld }: QueryResultProps) {
  const { t, n, language } = useWords();
  const { cell, clock, me } = useSession();
  const [isChart, setChart] = useKept('data.chart', () => false);
  const { rows, truncated, read } = result;
  const at = (us: number) => plantDayTime(clock.epochMs(us), language);
  const lines = sqlLines(request, { cell: cell.id, user: me.id, origin: location.origin });
  return (
    <section className="data-result">
      <div className="row">
        <h2>{rows.length === 1 ? t('data.row') : t('data.rows', { n: n(rows.length) })}</h2>
        <span className="grow" />
        <div className="seg" role="group" aria-label={t('data.result')}>
          <ToggleButton className="btn sm" isSelected={!isChart} onChange={() => setChart(false)}>
            {t('data.table')}
          </ToggleButton>
          <ToggleButton className="btn sm" isSelected={isChart} onChange={() => setChart(true)}>
            {t('data.chart')}
          </ToggleButton>
        </div>
        <Button className="btn sm" isDisabled={rows.length === 0} onPress={() => downloadCsv(result)}>
          {t('data.download')}
        </Button>
      </div>
      {isOld && <p className="note">{t('data.old')}</p>}
      {truncated && <p className="note">{t('data.truncated', { n: n(rows.length) })}</p>}
      {rows.length === 0 && <p>{t('data.noRows')}</p>}
      {rows.length > 0 && (isChart ? <ResultChart result={result} /> : <ResultTable result={result} />)}
      <p className="muted small break">
        {t('data.readWindow', { from: at(read.fromUs), to: at(read.toUs) })}{' '}
        {read.signals.length > 0 && t('data.readSignals', { signals: read.signals.join(', ') })}
      </p>
      <ToolList title={t('data.tools')} lead={t('data.toolsLead')} lines={lines} />
    </section>
  );
}
