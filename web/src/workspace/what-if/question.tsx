import { useId } from 'react';
import { Button } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { DeedButton } from '../../ui/deed-button.tsx';
import { UnkeptNote } from '../unkept-note.tsx';
import { FORKS, HOURS, LETTERS, type PlannedVariant, type Wrong, wrongNumber } from './plan.ts';
import type { WhatIfDesk } from './use-what-if.ts';
import { Variant } from './variant.tsx';

interface QuestionProps {
  readonly desk: WhatIfDesk;
  /** It was to be run although something is wrong with it. */
  readonly isRefused: boolean;
  readonly onRun: () => void;
}

/** The variants, how far ahead, and how often. */
export function Question({ desk, isRefused, onRun }: QuestionProps) {
  const { t, n } = useWords();
  const { plan, change, running } = desk;
  const { variants } = plan;
  const free = LETTERS.find((letter) => variants.every(({ name }) => name !== letter));
  const replace = (name: string, next: PlannedVariant | undefined) =>
    change({ variants: variants.flatMap((each) => (each.name === name ? (next ?? []) : each)) });
  const isHurt = (text: string, limits: readonly [number, number], isWhole: boolean) =>
    wrongNumber(text, limits, isWhole);
  return (
    <form
      className="what-if-question"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!running.isRunning) onRun();
      }}
    >
      <div className="variants">
        {variants.map((variant) => (
          <Variant
            key={variant.name}
            desk={desk}
            variant={variant}
            isRefused={isRefused}
            onChange={(next) => replace(variant.name, next)}
          />
        ))}
        {free && (
          <Button
            className="btn add-variant"
            onPress={() => change({ variants: [...variants, { name: free, changes: [] }].sort(byName) })}
          >
            {t('whatIf.addVariant')}
          </Button>
        )}
      </div>
      <div className="what-if-run">
        <NumberField
          label={t('whatIf.hours')}
          note={t('whatIf.hoursRange', { low: n(HOURS[0], 1), high: HOURS[1] })}
          text={plan.hours}
          wrong={isHurt(plan.hours, HOURS, false)}
          onChange={(hours) => change({ hours })}
        />
        <NumberField
          label={t('whatIf.forks')}
          note={t('whatIf.forksRange', { low: FORKS[0], high: FORKS[1] })}
          text={plan.forks}
          wrong={isHurt(plan.forks, FORKS, true)}
          onChange={(forks) => change({ forks })}
        />
        <label className="check-row">
          <input
            type="checkbox"
            checked={plan.commonNumbers}
            onChange={(event) => change({ commonNumbers: event.target.checked })}
          />
          {t('whatIf.common')}
        </label>
        <DeedButton className="btn primary" type="submit" isRunning={running.isRunning}>
          {running.isRunning ? t('whatIf.running') : t('whatIf.run')}
        </DeedButton>
      </div>
      <UnkeptNote isUnkept={desk.isUnkept} />
      <p className="echo problem" role="alert">
        {isRefused ? t('whatIf.correct') : ''}
      </p>
    </form>
  );
}

const byName = (a: PlannedVariant, b: PlannedVariant): number => a.name.localeCompare(b.name);

interface NumberFieldProps {
  readonly label: string;
  readonly note: string;
  readonly text: string;
  readonly wrong: Wrong | undefined;
  readonly onChange: (text: string) => void;
}

function NumberField({ label, note, text, wrong, onChange }: NumberFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input"
        inputMode="decimal"
        autoComplete="off"
        value={text}
        aria-invalid={wrong !== undefined}
        aria-describedby={`${id}-note`}
        onChange={(event) => onChange(event.target.value)}
      />
      <span id={`${id}-note`} className={wrong ? 'echo problem' : 'echo'}>
        {note}
      </span>
    </div>
  );
}
