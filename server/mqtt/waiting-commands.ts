import type { CommandRequest, CommandResult } from '#contract/command.ts';
import type { LiveCell } from '#server/cells/live-cell.ts';
import { AppError } from '#server/errors.ts';

export interface WaitingCommandsOptions {
  readonly cell: LiveCell;
  /** How many may wait for their outcome at one time. */
  readonly waiting: number;
  readonly failed: (error: unknown) => void;
}

/** The commands of one language of MQTT that wait for their outcome. */
export class WaitingCommands {
  private waiting = 0;

  constructor(private readonly options: WaitingCommandsOptions) {}

  get isFull(): boolean {
    return this.waiting >= this.options.waiting;
  }

  /** What became of a command; or why the cell took none, in words for its sender. */
  async carryOut(request: CommandRequest, actor: string): Promise<CommandResult | string> {
    this.waiting += 1;
    try {
      return await this.options.cell.command(request, { actor, via: 'mqtt' });
    } catch (error) {
      if (error instanceof AppError) return `${error.message} ${error.hint}`;
      this.options.failed(error);
      return 'The server failed. Try again.';
    } finally {
      this.waiting -= 1;
    }
  }
}

/** Why a command was not done, if it was not. */
export const shortfallOf = (outcome: CommandResult | string): string | undefined => {
  if (typeof outcome === 'string') return outcome;
  return outcome.status === 'done' ? undefined : (outcome.reason ?? outcome.status);
};
