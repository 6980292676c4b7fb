import { type StatusCode, StatusCodes } from 'node-opcua';
import type { CommandResult, CommandStatus } from '#contract/command.ts';
import { AppError } from '#server/errors.ts';
import type { Outcome } from './line-node.ts';

const statusCodes: Readonly<Record<CommandStatus, StatusCode>> = {
  done: StatusCodes.Good,
  unknown_target: StatusCodes.BadNodeIdUnknown,
  wrong_type: StatusCodes.BadTypeMismatch,
  out_of_range: StatusCodes.BadOutOfRange,
  wrong_unit: StatusCodes.BadInvalidArgument,
  wrong_state: StatusCodes.BadInvalidState,
  not_allowed: StatusCodes.BadUserAccessDenied,
  too_many_commands: StatusCodes.BadTooManyOperations,
};

export const outcomeOf = ({ status, reason }: CommandResult): Outcome => ({
  status: statusCodes[status],
  ...(reason === undefined ? {} : { reason }),
});

/** What a failure becomes on the wire: one that was expected says why, anything else is a bug and goes on. */
export function outcomeOfFailure(error: unknown): Outcome {
  if (!(error instanceof AppError)) throw error;
  return { status: statusOfFailure(error), reason: `${error.message} ${error.hint}` };
}

function statusOfFailure({ status }: AppError): StatusCode {
  if (status === 403) return StatusCodes.BadUserAccessDenied;
  return status === 429 ? StatusCodes.BadTooManyOperations : StatusCodes.BadInvalidState;
}
