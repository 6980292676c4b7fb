import type { RecordedAttempt } from '#contract/lab-record.ts';
import { useCallback } from 'react';
import { Button } from 'react-aria-components';
import { useFamily } from '../i18n/use-family.ts';
import { useWords } from '../i18n/use-words.ts';
import * as family from '../i18n/words/record.ts';
import type { Account } from '../live/account.ts';
import { call } from '../live/api.ts';
import { useAsk } from '../live/use-ask.ts';
import { Page } from '../pages/page.tsx';
import { download } from '../ui/download.ts';
import { Link } from '../ui/link.tsx';
import { Loading } from '../ui/loading.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { AttemptRow } from './attempt-row.tsx';
import { recordCsv } from './record-csv.ts';
import './record.css';

/** What a participant has done in each lab: verdicts by step, points and dates, to read and to take along. */
export function Record({ account }: { readonly account: Account }) {
  const t = useFamily(family);
  const { me } = account;
  return (
    <Page isSignedIn={!!me}>
      <div className="record">
        <h1 className="page-title">{t('title')}</h1>
        {me && <Attempts account={account} />}
        {me === null && <Nothing text={t('nobody')} />}
        {me === undefined && <Loading />}
      </div>
    </Page>
  );
}

function Nothing({ text }: { readonly text: string }) {
  const t = useFamily(family);
  return (
    <>
      <p>{text}</p>
      <Link to="/" className="btn primary">
        {t('start')}
      </Link>
    </>
  );
}

function Attempts({ account }: { readonly account: Account }) {
  const t = useFamily(family);
  const { language } = useWords();
  const asked = useAsk(
    useCallback((signal: AbortSignal) => call('record', { query: { language }, signal }), [language]),
  );
  if (asked.problem !== undefined) return <ProblemNote problem={asked.problem} onRetry={asked.ask} />;
  const record = asked.answer;
  if (!record) return <Loading />;
  if (record.length === 0) return <Nothing text={t('none')} />;
  return (
    <>
      <p className="muted">{t('lead')}</p>
      <Sums record={record} />
      <ul className="attempts">
        {record.map((attempt) => (
          <AttemptRow key={attempt.id} attempt={attempt} account={account} />
        ))}
      </ul>
      <section aria-labelledby="export">
        <h2 id="export" className="section-title">
          {t('export')}
        </h2>
        <div className="row">
          <Button className="btn" onPress={() => download(recordCsv(record), 'verkstad-results.csv', 'text/csv')}>
            {t('csv')}
          </Button>
          <Button
            className="btn"
            onPress={() => download(JSON.stringify(record, undefined, 2), 'verkstad-results.json', 'application/json')}
          >
            {t('json')}
          </Button>
        </div>
        <p className="muted small">{t('exportNote')}</p>
      </section>
    </>
  );
}

/** How many labs are passed, those for practice apart, and in how many attempts. */
function Sums({ record }: { readonly record: readonly RecordedAttempt[] }) {
  const t = useFamily(family);
  const passed = (counts: boolean) =>
    new Set(record.filter((one) => one.passed && one.lab.counts === counts).map(({ lab }) => lab.id)).size;
  const practice = passed(false);
  return (
    <dl className="sums">
      <div>
        <dt>{t('passedLabs')}</dt>
        <dd>{passed(true)}</dd>
      </div>
      {practice > 0 && (
        <div>
          <dt>{t('passedPractice')}</dt>
          <dd>{practice}</dd>
        </div>
      )}
      <div>
        <dt>{t('attempts')}</dt>
        <dd>{record.length}</dd>
      </div>
    </dl>
  );
}
