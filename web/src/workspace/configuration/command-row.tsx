import type { CommandView } from '#contract/cell-view.ts';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useDeed } from '../../live/use-ask.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { CommandForm } from '../inspector/command-form.tsx';
import { CommandOutcome } from '../inspector/command-outcome.tsx';
import { useCommands } from '../inspector/use-commands.ts';
import { OwnTools } from '../own-tools.tsx';

/** A command that changes how a station is set up: a classifier, a conduit, an order. */
export function CommandRow({ command }: { readonly command: CommandView }) {
  const { say } = useWords();
  const { send, outcome } = useCommands();
  const deed = useDeed(send);
  const [given, setGiven] = useState<unknown>(exampleOf(command));
  return (
    <li className="config-row" data-path={command.path}>
      <div className="config-what">
        <span className="config-name">{say(command.label)}</span>
        <code>{command.path}</code>
      </div>
      <CommandForm
        command={command}
        onGive={(value) => {
          setGiven(value);
          void deed.run(command.path, say(command.label), value);
        }}
      />
      <CommandOutcome outcome={outcome} />
      <ProblemNote problem={deed.problem} />
      <OwnTools target={command.path} value={given} />
    </li>
  );
}

function exampleOf({ wants }: CommandView): unknown {
  if (wants?.choices) return wants.choices[0]?.value;
  if (wants?.range) return wants.range[0];
  if (wants?.kind !== 'object') return wants?.example;
  return JSON.parse(wants.example ?? '{}') as unknown;
}
