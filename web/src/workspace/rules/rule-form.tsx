import { useCallback, useMemo } from 'react';
import { useTold } from '../../i18n/refusals/use-told.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useDeed } from '../../live/use-ask.ts';
import { useSession } from '../../live/use-session.ts';
import { DeedButton } from '../../ui/deed-button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { CommandOutcome } from '../inspector/command-outcome.tsx';
import { useCommands } from '../inspector/use-commands.ts';
import { Choice, TextField } from '../form-fields.tsx';
import { OwnTools } from '../own-tools.tsx';
import { CelEditor } from './cel-editor.tsx';
import { faultIn, plainDetail } from './fault-place.ts';
import { LiveValues } from './live-values.tsx';
import { RuleActionFields } from './rule-action-fields.tsx';
import { definitionOf, type RuleDraft } from './rule-draft.ts';
import { RulePast } from './rule-past.tsx';
import { useJudged } from './use-judged.ts';

interface RuleFormProps {
  readonly draft: RuleDraft;
  readonly onChange: (draft: RuleDraft) => void;
  /** The line has it. */
  readonly onSaved: () => void;
}

/** One rule to write: the server reads it while it is written, and says what it would see now. */
export function RuleForm({ draft, onChange, onSaved }: RuleFormProps) {
  const { t } = useWords();
  const { cell } = useSession();
  const parameter = cell.stations.flatMap(({ parameters }) => parameters).find(({ path }) => path === draft.parameter);
  const definition = useMemo(() => definitionOf(draft, parameter?.type === 'choice'), [draft, parameter]);
  const isBegun = draft.when.trim() !== '' && draft.id.trim() !== '';
  const { trial, problem } = useJudged(isBegun ? definition : undefined);
  const tell = useTold();
  const told = problem === undefined ? undefined : tell(problem);
  const { send, outcome } = useCommands();
  const save = useDeed(
    useCallback(async () => {
      const { status } = await send('Rules.Define', t('rules.save'), definition);
      if (status === 'done') onSaved();
    }, [send, t, definition, onSaved]),
  );
  const faults = useMemo(
    () => ({
      when: told && faultIn(draft.when, told),
      until: told && faultIn(draft.until, told),
      value: told && faultIn(draft.value, told),
    }),
    // The words of a refusal are what counts.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [told?.detail, told?.hint, draft.when, draft.until, draft.value],
  );
  const set = (change: Partial<RuleDraft>) => onChange({ ...draft, ...change });
  return (
    <form
      className="rule-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save.run();
      }}
    >
      <TextField label={t('rules.id')} value={draft.id} example="hot" onChange={(id) => set({ id })} />
      <div className="field">
        <span>{t('rules.when')}</span>
        <CelEditor
          label={t('rules.when')}
          value={draft.when}
          example='mean(ST03.Bore.Deviation, "5 parts") > 4'
          fault={faults.when}
          signals={cell.signals}
          onChange={(when) => set({ when })}
        />
      </div>
      <div className="field">
        <span>{t('rules.until')}</span>
        <CelEditor
          label={t('rules.until')}
          value={draft.until}
          example={t('rules.untilExample')}
          fault={faults.until}
          signals={cell.signals}
          onChange={(until) => set({ until })}
        />
      </div>
      <div className="rule-timing three">
        <TextField
          label={t('rules.for')}
          value={draft.forText}
          example="0 s"
          onChange={(forText) => set({ forText })}
        />
        <Choice
          label={t('rules.timing')}
          value={draft.timing}
          options={[
            ['every', t('rules.every')],
            ['each', t('rules.each')],
          ]}
          onChange={(timing) => set({ timing: timing as RuleDraft['timing'] })}
        />
        {draft.timing === 'every' ? (
          <TextField
            label={t('rules.everyHow')}
            value={draft.every}
            example="1 s"
            onChange={(every) => set({ every })}
          />
        ) : (
          <TextField
            label={t('rules.eachHow')}
            value={draft.each}
            example="5 parts at ST03"
            onChange={(each) => set({ each })}
          />
        )}
      </div>
      <RuleActionFields draft={draft} fault={faults.value} onChange={set} />
      <div role="status">
        {told && (
          <div className="note fault rule-fault">
            <p>{plainDetail(told.detail)}</p>
            <p>{told.hint}</p>
          </div>
        )}
        {isBegun && !told && trial && <p className="small rule-right">{t('rules.right')}</p>}
      </div>
      <LiveValues trial={trial} />
      <div className="row">
        <DeedButton
          className="btn primary"
          type="submit"
          isRunning={save.isRunning}
          isDisabled={!isBegun || told !== undefined}
        >
          {t('rules.save')}
        </DeedButton>
        {!isBegun && <span className="muted small">{t('rules.nameAndWhen')}</span>}
      </div>
      <CommandOutcome outcome={told ? undefined : outcome} />
      <ProblemNote problem={save.problem} />
      {isBegun && !told && <RulePast definition={definition} />}
      <OwnTools target="Rules.Define" value={definition} />
    </form>
  );
}
