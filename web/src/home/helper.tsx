import type { Curriculum } from '#contract/curriculum.ts';
import type { RecordedAttempt } from '#contract/lab-record.ts';
import type { LabSummary } from '#contract/lab-view.ts';
import { useState } from 'react';
import { useWords } from '../i18n/use-words.ts';
import type { Account } from '../live/account.ts';
import { DeedButton } from '../ui/deed-button.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { type Proposal, propose, type Wish } from './propose.ts';
import { standingOf } from './standing.ts';
import { useStart } from './use-lab-deeds.ts';

interface HelperProps {
  readonly labs: readonly LabSummary[];
  readonly curriculum: Curriculum;
  readonly record: readonly RecordedAttempt[];
  readonly account: Account;
}

const HOURS = [1, 2, 4, 8, 20, 40];

/** Three questions, and a path with the reasons for it. */
export function Helper({ labs, curriculum, record, account }: HelperProps) {
  const { t } = useWords();
  const [wish, setWish] = useState<Wish>({ role: undefined, goal: undefined, hours: 4 });
  const passed = new Set(labs.map(({ id }) => id).filter((id) => standingOf(id, record).state === 'passed'));
  const proposal = propose(curriculum, labs, passed, wish);
  if (!proposal) return null;
  const ask = (name: 'role' | 'goal', choices: Curriculum['roles']) => (
    <label className="field">
      <span>{t(`learning.${name}`)}</span>
      <select
        className="input"
        value={wish[name] ?? ''}
        onChange={({ target }) => setWish({ ...wish, [name]: target.value || undefined })}
      >
        <option value="">{t('learning.any')}</option>
        {choices.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <section className="card helper" aria-labelledby="helper">
      <h2 id="helper" className="section-title">
        {t('learning.helper')}
      </h2>
      <p className="muted small">{t('learning.helperNote')}</p>
      {curriculum.roles.length > 0 && ask('role', curriculum.roles)}
      {curriculum.goals.length > 0 && ask('goal', curriculum.goals)}
      <label className="field">
        <span>{t('learning.hours')}</span>
        <select
          className="input"
          value={wish.hours}
          onChange={({ target }) => setWish({ ...wish, hours: Number(target.value) })}
        >
          {HOURS.map((hours) => (
            <option key={hours} value={hours}>
              {hours} h
            </option>
          ))}
        </select>
      </label>
      <Proposed proposal={proposal} wish={wish} curriculum={curriculum} account={account} />
    </section>
  );
}

interface ProposedProps {
  readonly proposal: Proposal;
  readonly wish: Wish;
  readonly curriculum: Curriculum;
  readonly account: Account;
}

function Proposed({ proposal, wish, curriculum, account }: ProposedProps) {
  const { t } = useWords();
  const { path, second, suitsRole, suitsGoal, open } = proposal;
  const next = open[0];
  const start = useStart(account, next?.id ?? '');
  const named = (of: Curriculum['roles'], id: string | undefined) => of.find((one) => one.id === id)?.title ?? '';
  return (
    <div className="proposal" role="status">
      <h3>{t('learning.proposal', { path: path.title })}</h3>
      <p>{path.aim}</p>
      <ul>
        {suitsGoal && <li>{t('learning.whyGoal', { goal: named(curriculum.goals, wish.goal) })}</li>}
        {suitsRole && <li>{t('learning.whyRole', { role: named(curriculum.roles, wish.role) })}</li>}
        {!suitsGoal && !suitsRole && <li>{t('learning.whyNot')}</li>}
        <li>
          <Time proposal={proposal} hours={wish.hours} />
        </li>
        {second && <li>{t('learning.second', { path: second.title })}</li>}
      </ul>
      {next && (
        <DeedButton className="btn" isRunning={start.isRunning} onPress={() => void start.run()}>
          {start.isRunning ? t('home.opening') : t('learning.begin', { lab: next.title })}
        </DeedButton>
      )}
      <ProblemNote problem={start.problem} />
    </div>
  );
}

/** What fits into the hours that there are. */
function Time({ proposal, hours }: { readonly proposal: Proposal; readonly hours: number }) {
  const { t } = useWords();
  const { open, inTime, isEmpty } = proposal;
  if (inTime.length > 0) return t('learning.whyHours', { hours, labs: inTime.map(({ title }) => title).join(', ') });
  if (open.length > 0) return t('learning.whyTooLong', { lab: open[0].title, minutes: open[0].minutes });
  return t(isEmpty ? 'learning.whyEmpty' : 'learning.whyDone');
}
