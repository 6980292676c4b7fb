import type { Language } from '#contract/text.ts';
import type { LabFile } from './format/lab-file.ts';
import type { Actions } from './format/solution.ts';
import type { TextsFile } from './format/texts.ts';
import type { Guide } from './guide.ts';
import type { Ask } from './judge/ask.ts';
import type { Check } from './judge/check.ts';
import type { LabNames } from './judge/expression/lab-scope.ts';
import type { Picture } from './pictures.ts';

export interface LabStep {
  readonly id: string;
  readonly minutes: number;
  readonly asks: readonly Ask[];
  readonly checks: readonly Check[];
  /** What a person judges. */
  readonly rubric: readonly { readonly id: string; readonly points: number }[];
}

/** A lab that was read without an error, with everything in its final shape. Only what a view takes from it is public. */
export interface Lab {
  /** `iiot/meet-the-machine` */
  readonly id: string;
  readonly area: string;
  readonly version: number;
  readonly minutes: number;
  readonly roles: readonly string[];
  readonly pass: LabFile['pass'];
  /** Whether it stands in sums, learning paths and statements; practice does not. */
  readonly counts: boolean;
  readonly cell: LabFile['cell'];
  readonly vars: LabFile['vars'];
  readonly names: LabNames;
  readonly where: readonly string[];
  readonly scenario: LabFile['scenario'];
  readonly steps: readonly LabStep[];
  readonly hints: LabFile['hints'];
  readonly freeTries: number;
  readonly solution: Actions;
  readonly wrong: LabFile['wrong'];
  readonly prove: LabFile['prove'];
  readonly texts: Readonly<Record<Language, TextsFile>>;
  readonly guides: Readonly<Record<Language, Guide>>;
  /** Those that a guide shows, by name. */
  readonly pictures: ReadonlyMap<string, Picture>;
  /** The files that it was read from, by name, pictures in base64: an attempt finishes on what it began with. */
  readonly files: Readonly<Record<string, string>>;
}

/** The points that a step or a whole lab is worth, without what a person judges. */
export const pointsOf = (steps: readonly Pick<LabStep, 'checks'>[]): number =>
  steps.flatMap(({ checks }) => checks).reduce((sum, { points }) => sum + points, 0);

export function getStep(lab: Lab, id: string): LabStep {
  const step = lab.steps.find((one) => one.id === id);
  if (!step) throw new Error(`${lab.id} has no step "${id}".`);
  return step;
}

/** Whether wrong answers to a step lead to new values. */
export const isRedrawable = ({ vars }: Pick<Lab, 'vars'>, step: string): boolean =>
  Object.values(vars).some(({ redraw }) => redraw === step);

/** Whether a check judges something that was answered, so that a failure costs a try. */
export const isAnswered = ({ source }: Check): boolean => source === 'answers' || source === 'sample';
