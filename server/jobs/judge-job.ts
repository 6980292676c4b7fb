import { LRUCache } from 'lru-cache';
import { modelWith } from '#server/cells/model-with.ts';
import {
  isFairDraw,
  judgeOnCell,
  type FairOrder,
  type JudgeOrder,
  type JudgeResult,
} from '#server/labs/judge/judge-order.ts';
import { KnownPast } from '#server/labs/judge/known-past.ts';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import type { Model } from '#simulator/cell/model.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import { type Life, LINES_KEPT } from './job.ts';

/** A cell that was judged before, at the present of that time, and what was asked of it. */
interface Judged {
  readonly cell: Cell;
  readonly known: KnownPast;
  /** All that happened in it. */
  readonly heard: Happening[];
}

/** Cells that were judged, the most recently used: the next judgement goes on from there. */
const judged = new LRUCache<string, Judged>({ max: LINES_KEPT });

/** Judges a step on a life at its present. */
export function judgeJob(model: Model, life: Life, order: JudgeOrder): JudgeResult {
  const { cell, known, heard } = cellOf(model, life);
  return judgeOnCell(cell, order, (set) => modelWith(model, set), known.at(cell.now, order.basis.drawn), heard);
}

/** Whether all conditions hold on a line that nobody touches. */
export const fairJob = (model: Model, { seed, scenario }: Life, order: FairOrder): boolean =>
  isFairDraw(model, { seed, scenario }, order);

/** From the start rather than from a checkpoint: what is asked may lie anywhere, and the next time it is there already. */
function cellOf(model: Model, { definition, seed, scenario, log, nowUs }: Life): Judged {
  const name = `${definition} ${seed}`;
  const before = judged.get(name);
  const fits =
    before !== undefined && before.cell.model === model && before.cell.now <= nowUs && isBeginning(before.cell, log);
  const found = fits
    ? before
    : { cell: createCell(model, { seed: BigInt(`0x${seed}`), scenario }), known: new KnownPast(), heard: [] };
  for (const command of log.slice(found.cell.log.length)) found.cell.log.append(command);
  found.cell.listener = (happening) => found.heard.push(happening);
  found.cell.runUntil(nowUs);
  found.cell.listener = undefined;
  judged.set(name, found);
  return found;
}

/** Whether the log goes on from what the cell knows, and nothing new is of a time that it has passed. */
function isBeginning({ log, now }: Cell, whole: Life['log']): boolean {
  const own = log.toJSON();
  const last = own.at(-1);
  const same = own.length <= whole.length && (last === undefined || whole[own.length - 1].at === last.at);
  return same && (whole[own.length]?.at ?? Infinity) > now;
}
