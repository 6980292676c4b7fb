import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { useDraft } from '../../live/use-draft.ts';
import { useKept } from '../../live/use-kept.ts';
import { useSession } from '../../live/use-session.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { PaneParts } from '../pane-parts.tsx';
import { draftOf, EMPTY, RuleDraft } from './rule-draft.ts';
import { RuleForm } from './rule-form.tsx';
import { RuleList } from './rule-list.tsx';
import './rules-words.ts';
import './rules.css';
import { UnkeptNote } from '../unkept-note.tsx';
import { useRules } from './use-rules.ts';

const EXAMPLE: RuleDraft = {
  ...EMPTY,
  id: 'hot',
  when: 'mean(ST03.Spindle.Temperature, "5 min") > 40',
  forText: '30 s',
};

/** The rules of the line: what there is and how it stands, and a form to write one, try it on the past and save it. */
export function RulesView() {
  const { t, n } = useWords();
  const session = useSession();
  const { answer: rules, problem, ask } = useRules();
  const { value: draft, ...typed } = useDraft('rule', RuleDraft, EXAMPLE);
  const [part, setPart] = useKept('rules.open', () => 'list');
  const [opened, setOpened] = useState(0);
  const edit = (next: RuleDraft) => {
    typed.put(next);
    setPart('rule');
    setOpened((times) => times + 1);
  };
  if (!session.findStation('Rules')) return <p className="pad">{t('rules.none')}</p>;
  const list = (
    <section aria-labelledby="rules-title">
      <div className="row">
        <h2 id="rules-title">{t('rules.title')}</h2>
        <span className="grow" />
        <Button className="btn sm" onPress={() => edit(EMPTY)}>
          {t('rules.new')}
        </Button>
      </div>
      <p className="muted small">{t('rules.lead')}</p>
      <ProblemNote problem={problem} onRetry={ask} />
      {rules && (
        <RuleList rules={rules} openId={draft.id} onOpen={(rule) => edit(draftOf(rule.definition))} onChange={ask} />
      )}
    </section>
  );
  const editor = (
    <section aria-labelledby="rule-title">
      <h2 id="rule-title">{draft.id ? t('rules.ruleNamed', { id: draft.id }) : t('rules.newRule')}</h2>
      <UnkeptNote isUnkept={typed.isUnkept} />
      <RuleForm
        key={opened}
        draft={draft}
        onChange={typed.type}
        onSaved={() => {
          typed.settle();
          ask();
        }}
      />
    </section>
  );
  return (
    <div className="rules">
      <PaneParts
        label={t('tabs.rules')}
        open={part}
        onOpen={setPart}
        list={{ id: 'list', title: t('rules.title'), mark: rules?.length ? n(rules.length) : undefined, body: list }}
        parts={[{ id: 'rule', title: t('rules.rule'), body: editor }]}
      />
    </div>
  );
}
