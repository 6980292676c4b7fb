import type { PlantWindow } from '#contract/facts.ts';
import type { ASTNode } from '@marcbachmann/cel-js';
import { SECOND } from '#simulator/kernel/time.ts';
import { evaluateNode, numberOf, type Scope } from './evaluate.ts';
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
  const columns = paths.map((path) => facts.signal(path, window));
  const instants = [...new Set([window.fromUs, ...columns.flatMap((column) => column.map(({ tUs }) => tUs))])].sort(
    (a, b) => a - b,
  );
  const places = paths.map(() => 0);
  const now = new Map<string, number>();
  const at: Scope = { ...scope, sample: (path) => now.get(path) ?? NaN };
  const stretches: Stretch[] = [];
  for (const [n, tUs] of instants.entries()) {
    for (const [k, column] of columns.entries()) {
      while (places[k] + 1 < column.length && column[places[k] + 1].tUs <= tUs) places[k] += 1;
      now.set(paths[k], column[places[k]]?.value ?? NaN);
    }
    const holds = numberOf(evaluateNode(nodes[0], at), at) === 1;
    const toUs = instants[n + 1] ?? window.toUs;
    const before = stretches.at(-1);
    if (before?.holds === holds) stretches[stretches.length - 1] = { ...before, toUs };
    else stretches.push({ fromUs: tUs, toUs, holds });
  }
  return stretches;
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
