import { AppError } from '#server/errors.ts';
import type { Lab } from '../lab.ts';
import { type Played, playWays, type Way } from './play-ways.ts';
import type { NewSeat } from './player.ts';
import { deedsOf } from './solve.ts';

/** All that was played with one seed. Plain data: it may come from a worker. */
export interface SeedPlays {
  readonly seed: number;
  readonly solution: Played;
  readonly nothing: Played;
  /** Wrong attempts, by id. */
  readonly wrong: Readonly<Record<string, Played>>;
}

/**
 * Plays the solution, nothing at all, and those wrong attempts.
 *
 * @throws AppError where the author of the lab can do something about it
 */
export async function proveSeed(lab: Lab, newSeat: NewSeat, seed: number, wrong = lab.wrong): Promise<SeedPlays> {
  const nothing = { instead: Object.fromEntries(lab.steps.map(({ id }) => [id, []])) };
  const ways: Way[] = [
    { id: '#solution', deeds: deedsOf(lab), isKept: true },
    { id: '#nothing', deeds: deedsOf(lab, nothing) },
    ...wrong.map((attempt) => ({ id: attempt.id, deeds: deedsOf(lab, attempt) })),
  ];
  const played = await playWays(lab, newSeat, seed, ways).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(error.code, `${lab.id}, seed ${seed}: ${error.message}`, error.hint);
  });
  return {
    seed,
    solution: played.get('#solution')!,
    nothing: played.get('#nothing')!,
    wrong: Object.fromEntries(wrong.map(({ id }) => [id, played.get(id)!])),
  };
}

/** Where each wrong attempt is made once only, those of one seed: over the wire they take long. */
export const wrongOf = (lab: Lab, seed: number, seeds: number): Lab['wrong'] =>
  lab.wrong.filter((_, k) => k % seeds === (seed - 1) % seeds);
