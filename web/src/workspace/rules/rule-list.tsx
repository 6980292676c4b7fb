import { useCallback, useMemo } from 'react';
import { Button } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { useDeed } from '../../live/use-ask.ts';
import { useFollowedSignals, useReading } from '../../live/use-session.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Breakable } from '../breakable.tsx';
import { CommandOutcome } from '../inspector/command-outcome.tsx';
import { useCommands } from '../inspector/use-commands.ts';
import { draftOf } from './rule-draft.ts';
import { RuleStateMark } from './rule-state-mark.tsx';
import type { ListedRule } from './use-rules.ts';

interface RuleListProps {
  readonly rules: readonly ListedRule[];
  readonly openId: string;
  readonly onOpen: (rule: ListedRule) => void;
  /** After a rule went. */
  readonly onChange: () => void;
}

/** Every rule with its live state, in the order of their numbers. */
export function RuleList({ rules, openId, onOpen, onChange }: RuleListProps) {
  const { t } = useWords();
  const { send, outcome } = useCommands();
  const numbers = rules.map(({ number }) => number).join(' ');
  useFollowedSignals(useMemo(() => (numbers === '' ? [] : numbers.split(' ').flatMap(signalsOf)), [numbers]));
  const remove = useDeed(
    useCallback(
      async (id: string) => {
        await send('Rules.Remove', t('rules.remove'), id);
        onChange();
      },
      [send, t, onChange],
    ),
  );
  if (rules.length === 0) return <p className="empty">{t('rules.empty')}</p>;
  return (
    <>
      <ul className="rule-cards">
        {rules.map((rule) => (
          <li key={rule.number} className={rule.id === openId ? 'rule-card open' : 'rule-card'}>
            <div className="row tight">
              <Button
                className="btn ghost sm rule-name"
                aria-label={t('rules.edit', { id: rule.id })}
                onPress={() => onOpen(rule)}
              >
                {rule.id}
              </Button>
              <Live number={rule.number} />
              <span className="grow" />
              <Button
                className="btn sm ghost"
                aria-label={t('rules.removeNamed', { id: rule.id })}
                onPress={() => void remove.run(rule.id)}
              >
                {t('rules.remove')}
              </Button>
            </div>
            <code className="rule-when">
              <Breakable text={draftOf(rule.definition).when} />
            </code>
            <Filling number={rule.number} when={draftOf(rule.definition).when} />
            <Times number={rule.number} />
          </li>
        ))}
      </ul>
      <CommandOutcome outcome={outcome} />
      <ProblemNote problem={remove.problem} />
    </>
  );
}

const signalsOf = (number: string): string[] =>
  ['Status', 'Fired', 'Published'].map((name) => `Rules.R${number}.${name}`);

function Live({ number }: { readonly number: number }) {
  return <RuleStateMark status={useReading(`Rules.R${number}.Status`)?.value} />;
}

/** Why a rule that is known to the server says that it does not know. */
function Filling({ number, when }: { readonly number: number; readonly when: string }) {
  const { t } = useWords();
  const windows = [...new Set(when.match(WINDOW))].join(', ').replaceAll('"', '');
  if (useReading(`Rules.R${number}.Status`)?.value !== UNKNOWN || windows === '') return null;
  return <p className="muted small rule-times">{t('rules.filling', { windows })}</p>;
}

const UNKNOWN = 1;
/** The length of a window as it stands in an expression: "5 min". */
const WINDOW = /"\d[^"]*"/g;

function Times({ number }: { readonly number: number }) {
  const { t, n } = useWords();
  const fired = useReading(`Rules.R${number}.Fired`)?.value;
  const published = useReading(`Rules.R${number}.Published`)?.value;
  return (
    <p className="muted small rule-times">
      {fired === undefined ? '–' : t('rules.firedTimes', { n: n(fired) })}
      {published !== undefined && published !== 0 && ` · ${t('rules.published', { value: n(published, 2) })}`}
      <span className="mono"> Rules.R{number}</span>
    </p>
  );
}
