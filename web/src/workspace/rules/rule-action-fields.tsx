import { useWords } from '../../i18n/use-words.ts';
import { inUnit, printedUnit } from '../../i18n/format.ts';
import { useSession } from '../../live/use-session.ts';
import { Choice, TextField } from '../form-fields.tsx';
import { CelEditor } from './cel-editor.tsx';
import type { FaultPlace } from './fault-place.ts';
import { ACTIONS, type RuleAction, type RuleDraft } from './rule-draft.ts';

interface RuleActionFieldsProps {
  readonly draft: RuleDraft;
  readonly fault: FaultPlace | undefined;
  readonly onChange: (change: Partial<RuleDraft>) => void;
}

/** What the rule does when it fires, with what that wants to know. */
export function RuleActionFields({ draft, fault, onChange }: RuleActionFieldsProps) {
  const { t, say, n } = useWords();
  const { cell } = useSession();
  const held = cell.stations.filter(({ id, commands }) => commands.some(({ path }) => path === `${id}.Hold`));
  const parameters = cell.stations.flatMap((station) => station.parameters);
  const parameter = parameters.find(({ path }) => path === draft.parameter);
  const choose = [['', t('lab.choose')]] as const;
  return (
    <div className="rule-timing">
      <Choice
        label={t('rules.do')}
        value={draft.action}
        options={ACTIONS.map((action) => [action, t(`rules.do.${action}`)])}
        onChange={(action) => onChange({ action: action as RuleAction })}
      />
      {draft.action === 'hold' && (
        <Choice
          label={t('rules.station')}
          value={draft.station}
          options={[...choose, ...held.map(({ id, title }) => [id, `${id} ${say(title)}`] as const)]}
          onChange={(station) => onChange({ station })}
        />
      )}
      {draft.action === 'set' && (
        <>
          <Choice
            label={t('rules.parameter')}
            value={draft.parameter}
            options={[...choose, ...parameters.map(({ path }) => [path, path] as const)]}
            onChange={(path) => onChange({ parameter: path, to: '' })}
          />
          {parameter?.choices ? (
            <Choice
              label={t('rules.to')}
              value={draft.to}
              options={[...choose, ...parameter.choices.map((word) => [word, word] as const)]}
              onChange={(to) => onChange({ to })}
            />
          ) : (
            <TextField
              label={inUnit(t('rules.to'), printedUnit(parameter?.unit ?? '1'))}
              value={draft.to}
              example={parameter?.range ? `${n(parameter.range[0])}–${n(parameter.range[1])}` : ''}
              onChange={(to) => onChange({ to })}
            />
          )}
        </>
      )}
      {draft.action === 'publish' && (
        <div className="field rule-value">
          <span>{t('rules.value')}</span>
          <CelEditor
            label={t('rules.value')}
            value={draft.value}
            example='mean(Line.Power, "10 min")'
            fault={fault}
            signals={cell.signals}
            onChange={(value) => onChange({ value })}
          />
        </div>
      )}
    </div>
  );
}
