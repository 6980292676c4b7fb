import type { CheckView, Verdict } from '#contract/lab-view.ts';
import { useWords } from '../../i18n/use-words.ts';
import { FailedIcon, OpenIcon, PassedIcon, WaitingIcon } from '../../ui/icons.tsx';
import { MarkNote } from './mark-note.tsx';
import { AskButton } from './ticket-dialog.tsx';
import { TicketNote } from './ticket-note.tsx';
import type { Tickets } from './use-tickets.ts';

interface VerdictsProps {
  readonly step: string;
  readonly checks: readonly CheckView[];
  readonly verdicts: readonly Verdict[];
  readonly tickets: Tickets;
}

const LOOKS = {
  passed: [PassedIcon, 'lab.verdictPassed'],
  failed: [FailedIcon, 'lab.verdictFailed'],
  waiting: [WaitingIcon, 'lab.verdictWaiting'],
  open: [OpenIcon, 'lab.verdictOpen'],
} as const;

/** What is checked, and what each check came to; one that failed can be reviewed by a person. */
export function Verdicts({ step, checks, verdicts, tickets }: VerdictsProps) {
  const { t } = useWords();
  return (
    <>
      <h4 className="checks-title">{t('lab.checks')}</h4>
      <ul className="checks">
        {checks.map((check) => {
          const verdict = verdicts.find((found) => found.check === check.id);
          const [Icon, word] = LOOKS[verdict?.status ?? 'open'];
          const place = { kind: 'review', step, check: check.id } as const;
          return (
            <li key={check.id} className={verdict?.status ?? 'open'}>
              <Icon />
              <div>
                <span className="sr">{t(word)}: </span>
                {check.aim}
                {verdict && verdict.status !== 'passed' && <small>{verdict.explanation}</small>}
                {verdict?.status === 'failed' && !tickets.find(place) && (
                  <AskButton place={place} about={check.aim} tickets={tickets} className="btn sm ghost review" />
                )}
                {verdict?.mark && <MarkNote mark={verdict.mark} outOf={check.points} />}
                <TicketNote place={place} about={check.aim} tickets={tickets} />
              </div>
            </li>
          );
        })}
      </ul>
    </>
  );
}
