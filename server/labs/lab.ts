import type { Language } from '#contract/text.ts';
import type { Action, LabFile, TextsFile } from './format.ts';
import type { Guide } from './guide.ts';
import type { Ask } from './judge/ask.ts';
import type { Check } from './judge/check.ts';

export interface LabStep {
  readonly id: string;
  readonly minutes: number;
  readonly asks: readonly Ask[];
  readonly checks: readonly Check[];
}

/** A lab that was read without an error, with everything in its final shape. Only what a view takes from it is public. */
export interface Lab {
  /** `iiot/meet-the-machine` */
  readonly id: string;
  readonly area: string;
  readonly version: number;
  readonly minutes: number;
  readonly pass: LabFile['pass'];
  readonly cell: LabFile['cell'];
  readonly vars: LabFile['vars'];
  readonly scenario: LabFile['scenario'];
  readonly steps: readonly LabStep[];
  readonly hints: LabFile['hints'];
  readonly freeTries: number;
  readonly solution: Readonly<Record<string, readonly Action[]>>;
  readonly wrong: LabFile['wrong'];
  readonly prove: LabFile['prove'];
  readonly texts: Readonly<Record<Language, TextsFile>>;
  readonly guides: Readonly<Record<Language, Guide>>;
}

/** The points that a step or a whole lab is worth. */
export const pointsOf = (steps: readonly Pick<LabStep, 'checks'>[]): number =>
  steps.flatMap(({ checks }) => checks).reduce((sum, { points }) => sum + points, 0);

export function getStep(lab: Lab, id: string): LabStep {
  const step = lab.steps.find((one) => one.id === id);
  if (!step) throw new Error(`${lab.id} has no step "${id}".`);
  return step;
}
