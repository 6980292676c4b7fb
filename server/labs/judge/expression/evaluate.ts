import type { ASTNode } from '@marcbachmann/cel-js';
import { parseExpression } from './parse.ts';
import { ExpressionError, isList, isRow, Path, type Term, type Value } from './value.ts';

/** What stands around an expression. */
export interface Scope {
  /** The value of a name: a variable, a derived value, a window, `answers`. Undefined if there is none. */
  find(name: string): Value | undefined;
  /** The newest sample of a signal. */
  sample(path: string): number;
  /**
   * A function, by its whole name (`mean`, `truth.energy`); its arguments are evaluated by it, in this scope or another.
   * Undefined if there is none.
   */
  call(name: string, args: readonly ASTNode[], scope: Scope): Term | undefined;
}

/** The value of an expression. What cannot be computed is NaN; what has not happened yet throws NotYet. */
export function evaluate(text: string, scope: Scope): Value {
  return plain(evaluateNode(parseExpression(text), scope), scope);
}

/** A name of the line as text where no number is wanted. */
export const plain = (term: Term, scope: Scope): Value => (term instanceof Path ? numberOf(term, scope) : term);

export function numberOf(term: Term, scope: Scope): number {
  if (term instanceof Path) return scope.sample(term.path);
  return typeof term === 'number' ? term : typeof term === 'boolean' ? Number(term) : NaN;
}

/** A path or a text, as text. */
export function textOf(term: Term): string {
  if (term instanceof Path) return term.path;
  return typeof term === 'string' ? term : JSON.stringify(term);
}

const isTrue = (term: Term, scope: Scope): boolean =>
  typeof term === 'boolean' ? term : term instanceof Path ? scope.sample(term.path) === 1 : term === 1;

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => (b === 0 ? NaN : a / b),
  '%': (a, b) => a % b,
};
const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

export function evaluateNode(node: ASTNode, scope: Scope): Term {
  switch (node.op) {
    case 'value':
      return literal(node.args);
    case 'id':
      return scope.find(node.args) ?? new Path(node.args);
    case '.':
      return member(node, scope);
    case '[]':
      return element(evaluateNode(node.args[0], scope), evaluateNode(node.args[1], scope));
    case 'list':
      return node.args.map((each) => plainOrPath(evaluateNode(each, scope)));
    case 'map':
      return Object.fromEntries(
        node.args.map(([key, value]) => [textOf(evaluateNode(key, scope)), plainOrPath(evaluateNode(value, scope))]),
      );
    case '-_':
      return -numberOf(evaluateNode(node.args, scope), scope);
    case '!_':
      return !isTrue(evaluateNode(node.args, scope), scope);
    case '?:':
      return evaluateNode(isTrue(evaluateNode(node.args[0], scope), scope) ? node.args[1] : node.args[2], scope);
    case 'call':
      return called(node, node.args[0], node.args[1], scope);
    case 'rcall':
      return method(node, scope);
    default:
      return binary(node, scope);
  }
}

const plainOrPath = (term: Term): Value => (term instanceof Path ? term.path : term);

const literal = (value: unknown): Value =>
  typeof value === 'bigint'
    ? Number(value)
    : typeof value === 'string' || typeof value === 'boolean'
      ? value
      : Number(value);

function member(node: Extract<ASTNode, { op: '.' }>, scope: Scope): Term {
  const [of, name] = node.args;
  const before = evaluateNode(of, scope);
  if (before instanceof Path) return new Path(`${before.path}.${name}`);
  if (isRow(before) && Object.hasOwn(before, name)) return before[name];
  // `$bad.Meter.Energy`: a station that was drawn, and a signal of it.
  return typeof before === 'string' ? new Path(`${before}.${name}`) : NaN;
}

function element(of: Term, at: Term): Term {
  if (isList(of)) return of[Number(at)] ?? NaN;
  if (!isRow(of)) return NaN;
  const name = textOf(at);
  return Object.hasOwn(of, name) ? of[name] : NaN;
}

function called(node: ASTNode, name: string, args: readonly ASTNode[], scope: Scope): Term {
  const found = scope.call(name, args, scope);
  if (found !== undefined) return found;
  throw new ExpressionError(node.start, 'unknown-function', `there is no function "${name}"`);
}

type MethodNode = Extract<ASTNode, { op: 'rcall' }>;

/** `truth.energy(...)` is a function of that name; `list.filter(x, ...)` acts on a value. */
function method(node: MethodNode, scope: Scope): Term {
  const [name, of, args] = node.args;
  if (of.op === 'id') {
    const found = scope.call(`${of.args}.${name}`, args, scope);
    if (found !== undefined) return found;
  }
  const before = evaluateNode(of, scope);
  const apply = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (apply === undefined)
    throw new ExpressionError(node.start, 'unknown-function', `there is no function "${name}" of a value`);
  return apply(before, args, scope);
}

type Method = (of: Term, args: readonly ASTNode[], scope: Scope) => Term;
const each = (of: Term, [name, body]: readonly ASTNode[], scope: Scope): [Value, Term][] => {
  const list = isList(of) ? of : isRow(of) ? Object.keys(of) : [];
  const own = name.op === 'id' ? name.args : '';
  return list.map((item) => [item, evaluateNode(body, withName(scope, own, item))]);
};

/** A scope in which one more name is known. */
export const withName = (scope: Scope, name: string, value: Value): Scope => ({
  ...scope,
  find: (one) => (one === name ? value : scope.find(one)),
  call: (one, args, inner) => scope.call(one, args, inner),
  sample: (path) => scope.sample(path),
});

export const METHODS: Readonly<Record<string, Method>> = {
  size: (of) => (isList(of) || typeof of === 'string' ? of.length : isRow(of) ? Object.keys(of).length : NaN),
  filter: (of, args, scope) => each(of, args, scope).flatMap(([item, holds]) => (isTrue(holds, scope) ? [item] : [])),
  map: (of, args, scope) => each(of, args, scope).map(([, value]) => plainOrPath(value)),
  exists: (of, args, scope) => each(of, args, scope).some(([, holds]) => isTrue(holds, scope)),
  all: (of, args, scope) => each(of, args, scope).every(([, holds]) => isTrue(holds, scope)),
  sum: (of) => (isList(of) ? of.reduce<number>((sum, item) => sum + Number(item), 0) : NaN),
  /** A list without its nth elements, counted from 1. */
  without: (of, args, scope) => {
    const out = args
      .map((arg) => evaluateNode(arg, scope))
      .flatMap((one) => (isList(one) ? one.map(Number) : [Number(one)]));
    return isList(of) ? of.filter((_, k) => !out.includes(k + 1)) : NaN;
  },
};

function binary(node: ASTNode, scope: Scope): Term {
  const { op } = node;
  const [left, right] = node.args as [ASTNode, ASTNode];
  if (op === '&&') return isTrue(evaluateNode(left, scope), scope) && isTrue(evaluateNode(right, scope), scope);
  if (op === '||') return isTrue(evaluateNode(left, scope), scope) || isTrue(evaluateNode(right, scope), scope);
  const [a, b] = [evaluateNode(left, scope), evaluateNode(right, scope)];
  if (op === 'in')
    return isList(b) ? b.some((item) => isSame(item, a, scope)) : isRow(b) && Object.hasOwn(b, textOf(a));
  if (op === '==') return isSame(a, b, scope);
  if (op === '!=') return !isSame(a, b, scope);
  if (op === '+' && (typeof a === 'string' || typeof b === 'string')) return `${textOf(a)}${textOf(b)}`;
  const [x, y] = [numberOf(a, scope), numberOf(b, scope)];
  if (ARITHMETIC[op]) return ARITHMETIC[op](x, y);
  if (COMPARISONS[op]) return COMPARISONS[op](x, y);
  throw new ExpressionError(node.start, 'expression', `an expression cannot do anything with "${op}"`);
}

function isSame(a: Term, b: Term, scope: Scope): boolean {
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, k) => isSame(item, b[k], scope));
  // Beside a text a name stands for itself: forgotten == ST03.
  if (typeof a === 'string' || typeof b === 'string') return textOf(a) === textOf(b);
  return plainNumber(a, scope) === plainNumber(b, scope);
}
const plainNumber = (term: Term, scope: Scope): number => numberOf(term, scope);
