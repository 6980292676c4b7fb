import type { StepResult } from '#contract/lab-view.ts';
import { AppError } from '#server/errors.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import type { Action, Actions } from '../format/solution.ts';
import { ExpressionError, NotYet } from '../judge/expression/value.ts';
import type { Lab } from '../lab.ts';
import { act } from './act.ts';
import type { Seat } from './player.ts';
import { readShown } from './read-shown.ts';
import { SeenFacts } from './seen-facts.ts';

/** What somebody does otherwise than the solution: other actions for some steps, or more of them. */
export interface Wrong {
  readonly instead?: Actions;
  readonly after?: Actions;
}

/** One thing that is done in a step, which ends with its check. */
export interface Deed {
  readonly step: string;
  readonly does: Action | 'check';
}

/** All that is done, one thing after the other. */
export const deedsOf = (lab: Lab, { instead = {}, after = {} }: Wrong = {}): Deed[] =>
  lab.steps.flatMap(({ id: step }) =>
    [...(instead[step] ?? lab.solution[step] ?? []), ...(after[step] ?? []), 'check' as const].map((does) => ({
      step,
      does,
    })),
  );

/** A lab that is being played. */
export interface Play {
  readonly lab: Lab;
  readonly seat: Seat;
  readonly facts: SeenFacts;
  /** What was seen or worked out so far; `shown` is what the screen shows. */
  readonly known: Record<string, unknown>;
  readonly results: StepResult[];
}

export async function beginPlay(lab: Lab, seat: Seat): Promise<Play> {
  const view = await seat.player.start(lab.id);
  const known = { shown: Object.fromEntries(readShown(lab, view)) };
  return { lab, seat, facts: new SeenFacts(seat.player), known, results: [] };
}

/** A second play that has gone the same way so far; undefined if its seat cannot be copied. */
export function forkPlay({ lab, seat, facts, known, results }: Play): Play | undefined {
  const second = seat.fork?.();
  return second && { lab, seat: second, facts: facts.fork(second.player), known: { ...known }, results: [...results] };
}

/** @throws AppError where an action of the lab's author cannot be done. */
export async function doDeed({ lab, seat: { player }, facts, known, results }: Play, { step, does }: Deed) {
  if (does === 'check') results.push(await player.check(step));
  else
    await act(does, { lab, player, step, facts, known }).catch((error: unknown) => {
      throw isOfAuthor(error) ? cannotDo(step, does, error) : error;
    });
}

const isOfAuthor = (error: unknown): error is Error =>
  error instanceof AppError || error instanceof ExpressionError || error instanceof Refusal || error instanceof NotYet;

/** What of lab.yaml cannot be done, and why. */
function cannotDo(step: string, action: Action, error: Error): AppError {
  const hint =
    'Look for this action under "solution" or "wrong" in lab.yaml: what it names must be there at that time.';
  return new AppError('cannot_be_played', `in step "${step}", ${JSON.stringify(action)}: ${error.message}`, hint);
}
