import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { Cross } from '../../ui/icons.tsx';
import { AddChange } from './add-change.tsx';
import { ChangeField } from './change-field.tsx';
import type { PlannedVariant } from './plan.ts';
import type { WhatIfDesk } from './use-what-if.ts';

interface VariantProps {
  readonly desk: WhatIfDesk;
  readonly variant: PlannedVariant;
  readonly isRefused: boolean;
  /** Without a variant it is taken away. */
  readonly onChange: (next: PlannedVariant | undefined) => void;
}

/** One of the lines that are compared with the present one: what is different about it. */
export function Variant({ desk, variant, isRefused, onChange }: VariantProps) {
  const { t } = useWords();
  const { name, changes } = variant;
  /** What was added last; its field is where one goes on. */
  const [added, setAdded] = useState('');
  const { parameters, present, plan } = desk;
  return (
    <section className="variant" aria-label={t('whatIf.variant', { name })}>
      <div className="row variant-head">
        <h2>{t('whatIf.variant', { name })}</h2>
        {plan.variants.length > 1 && (
          <Button
            className="btn ghost icon sm"
            aria-label={t('whatIf.removeVariant', { name })}
            onPress={() => onChange(undefined)}
          >
            <Cross />
          </Button>
        )}
      </div>
      {changes.length === 0 && <p className="small muted">{t('whatIf.noChange')}</p>}
      {changes.map(({ path, text }) => {
        const parameter = parameters.get(path);
        return (
          parameter && (
            <ChangeField
              key={path}
              parameter={parameter}
              present={present.answer?.get(path)}
              text={text}
              isNew={path === added}
              isRefused={isRefused}
              onText={(next) =>
                onChange({ name, changes: changes.map((each) => (each.path === path ? { path, text: next } : each)) })
              }
              onRemove={() => onChange({ name, changes: changes.filter((each) => each.path !== path) })}
            />
          )
        );
      })}
      <AddChange
        name={name}
        taken={changes.map(({ path }) => path)}
        onAdd={(path) => {
          setAdded(path);
          onChange({ name, changes: [...changes, { path, text: '' }] });
        }}
      />
    </section>
  );
}
