import type { PlantWindow } from '#contract/facts.ts';
import type { ASTNode } from '@marcbachmann/cel-js';
import { SECOND } from '#simulator/kernel/time.ts';
import { evaluateNode, type Scope } from './evaluate.ts';
import { follow } from './follow.ts';
import type { Arguments } from './lab-function.ts';
import { Path } from './value.ts';

/** A stretch of plant time in which a condition had one answer. */
interface Stretch {
  readonly fromUs: number;
  readonly toUs: number;
  readonly holds: boolean;
}

/** A condition over the newest samples of its signals, from change to change. */
function sweep({ facts, scope, nodes }: Arguments, window: PlantWindow): Stretch[] {
  const paths = [...new Set(signalsIn(nodes[0], scope))];
  if (paths.length > 1) facts.expect?.(paths, window);
  const columns = paths.map((path) => facts.signal(path, window));
  const places = paths.map(() => 0);
  const newest = columns.map((column) => column[0]?.value ?? NaN);
  const condition = follow(nodes[0], scope, paths, newest);
  const stretches: Stretch[] = [];
  for (let tUs = window.fromUs; ;) {
    let nextUs = Infinity;
    for (let k = 0; k < columns.length; k++) {
      const column = columns[k];
      let place = places[k];
      while (place + 1 < column.length && column[place + 1].tUs <= tUs) place += 1;
      places[k] = place;
      if (column.length > 0) newest[k] = column[place].value;
      if (place + 1 < column.length) nextUs = Math.min(nextUs, column[place + 1].tUs);
    }
    const holds = condition() === 1;
    const toUs = Math.min(nextUs, window.toUs);
    const before = stretches.at(-1);
    if (before?.holds === holds) stretches[stretches.length - 1] = { ...before, toUs };
    else stretches.push({ fromUs: tUs, toUs, holds });
    if (nextUs === Infinity) return stretches;
    tUs = nextUs;
  }
}

const question = (name: string, { nodes, scope }: Arguments, { fromUs, toUs }: PlantWindow): string =>
  `${name} ${spelled(nodes[0], scope)} ${fromUs}-${toUs}`;

export const shareOf = (args: Arguments, window: PlantWindow): number =>
  args.facts.keep(question('share', args, window), () => {
    const us = sweep(args, window).reduce((sum, { fromUs, toUs, holds }) => sum + (holds ? toUs - fromUs : 0), 0);
    return us / (window.toUs - window.fromUs);
  });

/** When a condition first holds, in seconds of plant time; NaN if it never does. */
export const firstTrueS = (args: Arguments, window: PlantWindow): number =>
  args.facts.keep(question('firstTrue', args, window), () => {
    const first = sweep(args, window).find(({ holds }) => holds);
    return first === undefined ? NaN : first.fromUs / SECOND;
  });

/** How often a condition became true. */
export const timesTrue = (args: Arguments, window: PlantWindow): number =>
  args.facts.keep(question('count', args, window), () => sweep(args, window).filter(({ holds }) => holds).length);

/** All signals that a condition reads. */
export function signalsIn(node: ASTNode, scope: Scope): string[] {
  if (node.op === 'id' || node.op === '.') {
    const term = evaluateNode(node, scope);
    return term instanceof Path ? [term.path] : [];
  }
  const parts = [node.args].flat(3) as unknown[];
  return parts.flatMap((part) => (isNode(part) ? signalsIn(part, scope) : []));
}
const isNode = (part: unknown): part is ASTNode => typeof part === 'object' && part !== null && 'op' in part;

/** A condition as text, with drawn names written out: the same question has the same name. */
function spelled(node: ASTNode, scope: Scope): string {
  if (node.op === 'value') return String(node.args);
  if (node.op === 'id' || node.op === '.') {
    const term = evaluateNode(node, scope);
    return term instanceof Path ? term.path : JSON.stringify(term);
  }
  const parts = [node.args].flat(3) as unknown[];
  return `(${node.op} ${parts.map((part) => (isNode(part) ? spelled(part, scope) : String(part))).join(' ')})`;
}
