import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { useKept } from '../../live/use-kept.ts';
import { useSession } from '../../live/use-session.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { draftOf, EMPTY, type RuleDraft } from './rule-draft.ts';
import { RuleForm } from './rule-form.tsx';
import { RuleList } from './rule-list.tsx';
import './rules.css';
import { useRules } from './use-rules.ts';

const EXAMPLE: RuleDraft = {
  ...EMPTY,
  id: 'hot',
  when: 'mean(ST03.Spindle.Temperature, "5 min") > 40',
  forText: '30 s',
};

/** The rules of the line: what there is and how it stands, and a form to write one, try it on the past and save it. */
export function RulesView() {
  const { t } = useWords();
  const session = useSession();
  const { answer: rules, problem, ask } = useRules();
  const [draft, setDraft] = useKept<RuleDraft>('rules.draft', () => EXAMPLE);
  const [opened, setOpened] = useState(0);
  const open = (next: RuleDraft) => {
    setDraft(next);
    setOpened((n) => n + 1);
  };
  if (!session.findStation('Rules')) return <p className="pad">{t('rules.none')}</p>;
  return (
    <div className="rules">
      <section className="rules-list" aria-labelledby="rules-title">
        <div className="row">
          <h2 id="rules-title">{t('rules.title')}</h2>
          <span className="grow" />
          <Button className="btn sm" onPress={() => open(EMPTY)}>
            {t('rules.new')}
          </Button>
        </div>
        <p className="muted small">{t('rules.lead')}</p>
        <ProblemNote problem={problem} onRetry={ask} />
        {rules && (
          <RuleList rules={rules} openId={draft.id} onOpen={(rule) => open(draftOf(rule.definition))} onChange={ask} />
        )}
      </section>
      <section className="rules-editor" aria-labelledby="rule-title">
        <h2 id="rule-title">{draft.id ? t('rules.ruleNamed', { id: draft.id }) : t('rules.newRule')}</h2>
        <RuleForm key={opened} draft={draft} onChange={setDraft} onSaved={ask} />
      </section>
    </div>
  );
}
