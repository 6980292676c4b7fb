import type { Cell } from '#simulator/cell/cell.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import type { ForkModel, Kept } from '../judge/cell-facts.ts';
import { configurationOf } from '../judge/fork-configuration.ts';
import { judgeOnCell, type JudgeOrder, type JudgeResult } from '../judge/judge-order.ts';

/**
 * What was found out on the lines of one seed. Whoever has lived the same need not be asked twice: most ways through a
 * lab have most of their lives in common.
 */
export class Findings {
  private readonly shelves = new Map<string, Map<string, unknown>>();

  /** What is known under a name, which says everything that it depends on. */
  of(name: string): Map<string, unknown> {
    const found = this.shelves.get(name) ?? new Map<string, unknown>();
    this.shelves.set(name, found);
    return found;
  }
}

/** Equal for two cells if all that ever happened to them is equal. */
export const lifeOf = (cell: Cell, seed: string): string =>
  `${cell.model.definitionHash} ${seed} ${cell.now} ${cell.hash}`;

interface Known {
  readonly known: Kept;
  readonly heard: readonly Happening[] | undefined;
  readonly findings: Findings;
  readonly seed: string;
}

/**
 * Judges as `judgeOnCell`. What an equal life was asked before is not worked out again, nor what an equal configuration
 * did on hidden lines: those know nothing else of the line. Nor are hidden lines lived that could change no verdict.
 */
export function judgeOnce(
  cell: Cell,
  order: JudgeOrder,
  forkModel: ForkModel,
  { known, heard, findings, seed }: Known,
): JudgeResult {
  const drawn = JSON.stringify(order.basis.drawn);
  const asConfigured = JSON.stringify(configurationOf(cell).map(({ target, value, unit }) => [target, value, unit]));
  const ofLife = findings.of(`judge ${order.step.id} ${lifeOf(cell, seed)} ${drawn}`);
  const ofHidden = findings.of(`hidden ${cell.model.definitionHash} ${asConfigured} ${drawn}`);
  for (const [question, answer] of [...ofLife, ...ofHidden]) if (!known.has(question)) known.set(question, answer);
  const result = judgeOnCell(cell, { ...order, stopsWhenDecided: true }, forkModel, known, heard);
  for (const [question, answer] of Object.entries(result.facts.kept))
    (question.startsWith('hidden ') ? ofHidden : ofLife).set(question, answer);
  return result;
}
