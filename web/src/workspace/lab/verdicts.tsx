import type { CheckView, Verdict } from '#contract/lab-view.ts';
import { useWords } from '../../i18n/use-words.ts';
import { FailedIcon, OpenIcon, PassedIcon, WaitingIcon } from '../../ui/icons.tsx';

interface VerdictsProps {
  readonly checks: readonly CheckView[];
  readonly verdicts: readonly Verdict[];
}

const LOOKS = {
  passed: [PassedIcon, 'lab.verdictPassed'],
  failed: [FailedIcon, 'lab.verdictFailed'],
  waiting: [WaitingIcon, 'lab.verdictWaiting'],
  open: [OpenIcon, 'lab.verdictOpen'],
} as const;

/** What is checked, and what each check came to. */
export function Verdicts({ checks, verdicts }: VerdictsProps) {
  const { t } = useWords();
  return (
    <>
      <h4 className="checks-title">{t('lab.checks')}</h4>
      <ul className="checks" aria-live="polite">
        {checks.map((check) => {
          const verdict = verdicts.find((found) => found.check === check.id);
          const [Icon, word] = LOOKS[verdict?.status ?? 'open'];
          return (
            <li key={check.id}>
              <Icon />
              <span>
                <span className="sr">{t(word)}: </span>
                {check.aim}
                {verdict && verdict.status !== 'passed' && <small>{verdict.explanation}</small>}
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
