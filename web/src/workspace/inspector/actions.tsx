import type { CommandView, StationView } from '#contract/cell-view.ts';
import { useCallback } from 'react';
import { Button } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { useDeed } from '../../live/use-ask.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { CommandOutcome } from './command-outcome.tsx';
import { useCommands } from './use-commands.ts';

/** What the station can be told to do. */
export function Actions({ station }: { readonly station: StationView }) {
  const { t, say } = useWords();
  const { send, outcome } = useCommands();
  const order = useDeed(useCallback(({ path, text }: CommandView) => send(path, say(text)), [send, say]));
  if (station.commands.length === 0) return null;
  return (
    <>
      <div className="row station-actions" role="group" aria-label={t('inspector.actions')}>
        {station.commands.map((command) => (
          <Button key={command.path} className="btn sm" onPress={() => void order.run(command)}>
            {say(command.text)}
          </Button>
        ))}
      </div>
      <CommandOutcome outcome={outcome} />
      <ProblemNote problem={order.problem} />
    </>
  );
}
