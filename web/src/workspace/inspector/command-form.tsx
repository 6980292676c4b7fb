import type { CommandView } from '#contract/cell-view.ts';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { type Value, readTyped } from './typed-value.ts';
import { ValueField } from './value-field.tsx';

interface CommandFormProps {
  readonly command: CommandView;
  readonly onGive: (value: Value) => void;
  readonly onClose?: () => void;
  readonly refusal?: string | undefined;
}

/** A command that wants a value: the field for it, and the button that gives it. */
export function CommandForm({ command, onGive, onClose, refusal }: CommandFormProps) {
  const { t, say } = useWords();
  const { wants, label, text: about } = command;
  const [text, setText] = useState(wants?.kind === 'object' ? (wants.example ?? '') : '');
  if (!wants) return null;
  const typed = readTyped(wants, text);
  return (
    <form
      className="command-form"
      onSubmit={(event) => {
        event.preventDefault();
        if ('value' in typed) onGive(typed.value);
      }}
    >
      <p className="small muted">{say(about)}</p>
      <ValueField label={say(wants.text)} wanted={wants} text={text} onText={setText} refusal={refusal} />
      <div className="row tight">
        <Button className="btn sm primary" type="submit" isDisabled={!('value' in typed)}>
          {say(label)}
        </Button>
        {onClose && (
          <Button className="btn sm ghost" onPress={onClose}>
            {t('app.cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}
