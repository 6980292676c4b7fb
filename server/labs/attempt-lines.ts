import { LRUCache } from 'lru-cache';
import { AppError } from '#server/errors.ts';
import type { AttemptHost, CellOrder } from './attempt-host.ts';
import type { Attempt, StepProgress } from './attempt-store.ts';
import { type Drawn, type DrawKey, drawAll, drawSeed } from './draw.ts';
import type { Lab } from './lab.ts';
import { orderLine, stepsInLine } from './line-order.ts';

export const NOTHING_DONE: StepProgress = { draw: 0, failedTries: 0, fails: 0, hintsShown: 0, outcomes: [] };

/** What is kept of an attempt beside its steps, under names that no step can have. */
export const CANDIDATE = '#candidate';
/** How often the participant began the line anew. */
const RESETS = '#run';

/** Draws of a lab that are remembered: what is shown, answered and judged asks for the same ones again and again. */
const DRAWS_KEPT = 64;

/** So many unfair draws in a row mean that the lab asks for something that never is. */
const MOST_CANDIDATES = 60;

export type Progress = Readonly<Record<string, StepProgress>>;

/** A line that was found fair, and the progress of the attempt with the candidate that it is. */
export interface FairLine {
  readonly line: CellOrder;
  readonly progress: Progress;
}

/** What an attempt has drawn, and the lines that are made of it. Everything follows from the secret and counts. */
export interface AttemptLines {
  keyOf(attempt: Attempt): DrawKey;
  draw(lab: Lab, attempt: Attempt, progress: Progress): Drawn;
  /** The line with what was drawn, and the seed that it has at these counts. */
  order(lab: Lab, attempt: Attempt, progress: Progress): CellOrder;
  /** The first fair draw from the present candidate on. */
  fair(lab: Lab, attempt: Attempt, progress: Progress): Promise<FairLine>;
}

export function createLines(host: Pick<AttemptHost, 'isFair'>, secret: Buffer): AttemptLines {
  const remembered = new WeakMap<Lab, LRUCache<string, Drawn>>();
  const keyOf = ({ lab, labVersion, participant, number }: Attempt): DrawKey => {
    return { lab, version: labVersion, participant, attempt: number };
  };

  function draw(lab: Lab, attempt: Attempt, progress: Progress): Drawn {
    const candidate = progress[CANDIDATE]?.draw ?? 0;
    const key = keyOf(attempt);
    const steps = new Set(Object.values(lab.vars).map(({ redraw }) => redraw ?? 'run'));
    const name = JSON.stringify([key, candidate, [...steps].map((step) => drawsOf(progress, step))]);
    const known = remembered.get(lab) ?? new LRUCache<string, Drawn>({ max: DRAWS_KEPT });
    remembered.set(lab, known);
    const drawn =
      known.get(name) ?? drawAll(secret, key, lab.vars, lab.cell.start, (step) => drawsOf(progress, step), candidate);
    known.set(name, drawn);
    return drawn;
  }

  /** A line begins with another seed each time that something in it is drawn anew, and with each run. */
  function order(lab: Lab, attempt: Attempt, progress: Progress): CellOrder {
    const counted = new Set([...stepsInLine(lab), 'run']);
    const draws = [...counted].reduce((sum, step) => sum + drawsOf(progress, step), 0);
    const seed = drawSeed(secret, keyOf(attempt), draws, progress[CANDIDATE]?.draw);
    return orderLine(lab, draw(lab, attempt, progress), seed);
  }

  async function fair(lab: Lab, attempt: Attempt, progress: Progress): Promise<FairLine> {
    const first = progress[CANDIDATE]?.draw ?? 0;
    for (let candidate = first; candidate < first + MOST_CANDIDATES; candidate++) {
      const tried = candidate === 0 ? progress : { ...progress, [CANDIDATE]: { ...NOTHING_DONE, draw: candidate } };
      const line = order(lab, attempt, tried);
      const { names, where } = lab;
      const asked = { drawn: draw(lab, attempt, tried), names, where, horizonUs: lab.cell.horizon };
      const isFair = where.length === 0 || (await host.isFair(line, asked, attempt.participant));
      if (isFair) return { line, progress: tried };
    }
    const hint = 'Tell your teacher: see "where" in the lab.';
    throw new AppError('no_fair_draw', 'No fair line could be drawn.', hint, 500);
  }

  return { keyOf, draw, order, fair };
}

/** `run` counts the times that the participant began the line anew; every other name is a step's. */
const drawsOf = (progress: Progress, step: string): number => progress[step === 'run' ? RESETS : step]?.draw ?? 0;

/** Progress as it is when the line begins anew: what is drawn with each run is due. */
export const nextRun = (progress: Progress): Progress => ({
  ...progress,
  [RESETS]: { ...NOTHING_DONE, draw: drawsOf(progress, 'run') + 1 },
});

/** The entries of `after` that are not steps and differ from `before`: what is to be kept with a new line. */
export const changedCounts = (before: Progress, after: Progress): [string, StepProgress][] =>
  [CANDIDATE, RESETS].flatMap((name): [string, StepProgress][] =>
    after[name] && after[name].draw !== before[name]?.draw ? [[name, after[name]]] : [],
  );
