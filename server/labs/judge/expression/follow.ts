import type { ASTNode } from '@marcbachmann/cel-js';
import { evaluateNode, numberOf, type Scope } from './evaluate.ts';
import { Path, type Term } from './value.ts';

type Side = () => number;
type Operation = (a: Side, b: Side) => Side;

const quotient = (a: number, b: number): number => (b === 0 ? NaN : a / b);

/** Of the expression language, those over numbers; a comparison with what cannot be computed does not hold. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  '&&': (a, b) => () => Number(a() === 1 && b() === 1),
  '||': (a, b) => () => Number(a() === 1 || b() === 1),
  '+': (a, b) => () => a() + b(),
  '-': (a, b) => () => a() - b(),
  '*': (a, b) => () => a() * b(),
  '/': (a, b) => () => quotient(a(), b()),
  '%': (a, b) => () => a() % b(),
  '<': (a, b) => () => Number(a() < b()),
  '<=': (a, b) => () => Number(a() <= b()),
  '>': (a, b) => () => Number(a() > b()),
  '>=': (a, b) => () => Number(a() >= b()),
  '==': (a, b) => () => Number(a() === b()),
  '!=': (a, b) => () => Number(a() !== b()),
};

/**
 * An expression that is to be evaluated many times while signals move and all else stays: as `evaluateNode` gives it,
 * true as 1. `newest` holds the newest sample of each of `paths` and changes from call to call.
 */
export function follow(node: ASTNode, scope: Scope, paths: readonly string[], newest: readonly number[]): () => number {
  const at: Scope = { ...scope, sample: (path) => newest[paths.indexOf(path)] ?? NaN };
  const generic = (one: ASTNode) => () => numberOf(evaluateNode(one, at), at);
  const inner = (one: ASTNode): (() => number) => {
    if (isLeaf(one)) {
      const term = findTerm(one, scope);
      if (typeof term === 'number' || typeof term === 'boolean') return always(Number(term));
      if (!(term instanceof Path)) return generic(one);
      const k = paths.indexOf(term.path);
      return () => newest[k];
    }
    if (one.op === '!_') {
      const of = inner(one.args);
      return () => Number(of() !== 1);
    }
    const operation = Object.hasOwn(OPERATIONS, one.op) ? OPERATIONS[one.op] : undefined;
    const sides = one.args as [ASTNode, ASTNode];
    // Beside a text a name stands for itself.
    if (operation === undefined || !sides.every((side) => isNumeric(side, scope))) return generic(one);
    return operation(inner(sides[0]), inner(sides[1]));
  };
  return inner(node);
}

const always = (value: number) => (): number => value;
const isLeaf = ({ op }: ASTNode): boolean => op === 'value' || op === 'id' || op === '.';

/** Undefined if it has none yet: that is told when it is wanted. */
function findTerm(node: ASTNode, scope: Scope): Term | undefined {
  try {
    return evaluateNode(node, scope);
  } catch {
    return undefined;
  }
}

/** Whether a side is a number or a signal wherever it is looked at; what is not sure counts as no. */
function isNumeric(node: ASTNode, scope: Scope): boolean {
  if (!isLeaf(node)) return node.op === '!_' || Object.hasOwn(OPERATIONS, node.op);
  const term = findTerm(node, scope);
  return term instanceof Path || typeof term === 'number' || typeof term === 'boolean';
}
