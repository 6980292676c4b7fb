import type { CommandRequest, CommandResult } from '#contract/command.ts';
import { useCallback, useState } from 'react';
import { call } from '../../live/api.ts';
import { useSession } from '../../live/use-session.ts';
import { useSelection } from '../selection.tsx';

export interface Outcome {
  readonly name: string;
  readonly result: CommandResult;
}

const freshId = (): string => Array.from(crypto.getRandomValues(new Uint32Array(3)), (x) => x.toString(36)).join('');

/** Asks something of the line and keeps the answer. What is asked happens now: a past moment is no longer looked at. */
export function useCommands(): {
  readonly send: (target: string, name: string, value?: CommandRequest['value']) => Promise<CommandResult>;
  readonly outcome: Outcome | undefined;
} {
  const { cell } = useSession();
  const { lookAt } = useSelection();
  const [outcome, setOutcome] = useState<Outcome>();
  const send = useCallback(
    async (target: string, name: string, value?: CommandRequest['value']) => {
      setOutcome(undefined);
      const body = { id: freshId(), target, ...(value === undefined ? {} : { value }) };
      const result = await call('command', { params: { cell: cell.id }, body });
      setOutcome({ name, result });
      lookAt(undefined);
      return result;
    },
    [cell.id, lookAt],
  );
  return { send, outcome };
}
