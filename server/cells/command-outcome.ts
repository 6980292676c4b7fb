import type { CommandRequest, CommandStatus } from '#contract/command.ts';
import type { Cell } from '#simulator/cell/cell.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';

export interface Outcome {
  readonly status: CommandStatus;
  readonly reason?: string;
}

/** Gives a command to the plant at its present time. Anything but `done` has changed nothing. */
export function obey(cell: Cell, { target, value }: CommandRequest, actor: string, via: string): Outcome {
  try {
    cell.command({ target, actor, via, ...(value === undefined ? {} : { value }) });
    return { status: 'done' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: statusOf(cell, target, error), reason: error.message };
  }
}

function statusOf(cell: Cell, target: string, _refusal: Refusal): CommandStatus {
  if (!cell.model.commands.has(target)) return 'unknown_target';
  return cell.model.plant.kernel.parameters.has(target) ? 'out_of_range' : 'wrong_state';
}
