import type { JobKind, Jobs } from './job.ts';
import { whatIfCut } from './what-if-cut.ts';

/** How a job that takes long is cut into pieces that workers may do side by side. */
export interface Cut<K extends JobKind> {
  /** At least one piece. */
  cut(input: Jobs[K]['input'], workers: number): readonly Jobs[K]['input'][];
  /** From the outputs of all pieces, in their order. */
  join(outputs: readonly Jobs[K]['output'][]): Jobs[K]['output'];
}

const CUTS: { readonly [K in JobKind]?: Cut<K> } = { whatIf: whatIfCut };

/** Jobs that have none are done in one go. */
export const findCut = <K extends JobKind>(kind: K): Cut<K> | undefined => CUTS[kind];
