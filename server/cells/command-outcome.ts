import type { Actor, CommandRequest, CommandResult } from '#contract/command.ts';
import type { Cell } from '#simulator/cell/cell.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';

/** Gives a command to the plant at its present time. Anything but `done` has changed nothing. */
export function obey(cell: Cell, { id, target, value, unit }: CommandRequest, { actor, via }: Actor): CommandResult {
  // What only a scenario may do does not exist for anyone else, not even as a refusal of its own.
  const asked = cell.model.targets.get(target)?.hidden ? `${target} ` : target;
  const order = {
    id,
    target: asked,
    actor,
    via,
    ...(value !== undefined && { value }),
    ...(unit !== undefined && { unit }),
  };
  try {
    const { seq, at } = cell.command(order);
    return { id, seq, atUs: at, status: 'done' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { id, atUs: cell.now, status: error.code, reason: error.message };
  }
}
