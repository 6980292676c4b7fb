import type { ASTNode } from '@marcbachmann/cel-js';
import { fitsGlob } from '#contract/glob.ts';
import { METHODS } from '../judge/expression/evaluate.ts';
import { FUNCTIONS } from '../judge/expression/functions.ts';
import type { ArgumentKind } from '../judge/expression/lab-function.ts';
import { parseExpression } from '../judge/expression/parse.ts';
import { ExpressionError } from '../judge/expression/value.ts';
import { like, type Linting, type Path } from './tell.ts';

export interface About {
  /** Names that only this expression knows. */
  readonly more?: readonly string[];
  /** What a participant can see: no truth, no secret variable, nothing derived. */
  readonly isOpen?: boolean;
  /** Letters before the expression in the text that it stands in. */
  readonly offset?: number;
  /** Known before anything is answered. */
  readonly isDerived?: boolean;
}

const MACROS = ['filter', 'map', 'exists', 'all'];
const ALWAYS = ['now', 'start'];

/** Tells all that is wrong in an expression, each thing at its letter. Answers the names that it uses. */
export function lintExpression(linting: Linting, text: string, path: Path, about: About = {}): string[] {
  const { tell } = linting;
  try {
    const walk = new Walk(linting, path, about);
    walk.visit(parseExpression(text), about.more ?? []);
    return walk.names;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    tell(path, error.rule, error.message, { inside: error.start + (about.offset ?? 0) });
    return [];
  }
}

class Walk {
  readonly names: string[] = [];

  constructor(
    private readonly linting: Linting,
    private readonly path: Path,
    private readonly about: About,
  ) {}

  visit(node: ASTNode, locals: readonly string[], wanted?: ArgumentKind): void {
    switch (node.op) {
      case 'value':
        if (typeof node.args === 'string' && wanted) this.named(node, node.args, locals, wanted);
        return;
      case 'id':
      case '.': {
        const chain = chainOf(node);
        if (chain !== undefined) this.named(node, chain, locals, wanted);
        else this.visit((node.args as [ASTNode, string])[0], locals);
        return;
      }
      case 'call':
        this.function(node, node.args[0], node.args[1], locals);
        return;
      case 'rcall':
        this.method(node, locals);
        return;
      case 'map':
        for (const [key, value] of node.args) {
          if (key.op !== 'value') this.visit(key, locals);
          this.visit(value, locals);
        }
        return;
      default:
        for (const part of [node.args].flat(2) as unknown[]) if (isNode(part)) this.visit(part, locals);
    }
  }

  private method(node: Extract<ASTNode, { op: 'rcall' }>, locals: readonly string[]): void {
    const [name, of, args] = node.args;
    if (of.op === 'id' && (Object.hasOwn(FUNCTIONS, `${of.args}.${name}`) || !this.isKnown(of.args, locals))) {
      this.function(node, `${of.args}.${name}`, args, locals);
      return;
    }
    this.visit(of, locals);
    if (!Object.hasOwn(METHODS, name))
      this.say(
        node,
        'unknown-function',
        `there is no function "${name}" of a value${like(name, Object.keys(METHODS))}`,
      );
    const [first, ...rest] = args;
    if (MACROS.includes(name) && first?.op === 'id') for (const arg of rest) this.visit(arg, [...locals, first.args]);
    else for (const arg of args) this.visit(arg, locals);
  }

  private function(node: ASTNode, name: string, args: readonly ASTNode[], locals: readonly string[]): void {
    const found = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (found === undefined) {
      const other = like(name, Object.keys(FUNCTIONS)) || ': labs/FORMAT.md has them all';
      this.say(node, 'unknown-function', `there is no function "${name}"${other}`);
      for (const arg of args) this.visit(arg, locals);
      return;
    }
    if (found.isSecret && this.about.isOpen)
      this.say(node, 'secret-in-solution', `"${name}" is not for a solution: a participant cannot see it`);
    const least = found.takes.filter((kind) => !kind.endsWith('?')).length;
    if (args.length < least || args.length > found.takes.length)
      this.say(
        node,
        'wrong-arguments',
        `${name} takes ${found.takes.map((kind) => kind.replace('?', '')).join(', ')}, and ${args.length} are given`,
      );
    for (const [k, arg] of args.entries()) this.visit(arg, locals, found.takes[k]?.replace('?', '') as ArgumentKind);
  }

  /** A name, or a chain of them with points between. */
  private named(node: ASTNode, chain: string, locals: readonly string[], wanted: ArgumentKind | undefined): void {
    const [root] = chain.split('.');
    const { cell, names, lab } = this.linting;
    if (this.isKnown(root, locals)) {
      this.known(node, root, locals, wanted);
      return;
    }
    if (wanted === 'text' || wanted === 'list') return;
    if (wanted === 'window') {
      const windows = Object.keys(names.windows);
      this.say(node, 'unknown-window', `there is no window "${chain}"${like(chain, windows)}`);
      return;
    }
    if (!cell) return;
    if (wanted === 'of' && (chain === 'line' || chain === 'stations')) return;
    if (wanted === 'of' || wanted === 'station' || !chain.includes('.')) {
      if (cell.stations.has(chain)) return;
      if (wanted !== 'of' && wanted !== 'station') {
        const all = [...Object.keys(lab.vars), ...Object.keys(lab.derive), ...Object.keys(names.windows)];
        this.say(
          node,
          'unknown-name',
          `nothing is called "${chain}"${like(chain, all)}; a word goes in quotation marks`,
        );
      } else
        this.say(node, 'unknown-station', `the cell has no station "${chain}"${like(chain, cell.stations.keys())}`);
      return;
    }
    if (wanted === 'event') {
      if (![...cell.events].some((event) => fitsGlob(event, chain)))
        this.say(node, 'unknown-event', `the cell has no event "${chain}"${like(chain, cell.events)}`);
      return;
    }
    if (!cell.signals.has(chain) && !cell.units.has(chain))
      this.say(node, 'unknown-signal', `the cell has no signal "${chain}"${like(chain, cell.signals.keys())}`);
  }

  private known(node: ASTNode, root: string, locals: readonly string[], wanted: ArgumentKind | undefined): void {
    const { lab, used } = this.linting;
    this.names.push(root);
    used.add(root);
    if (locals.includes(root)) return;
    if (wanted === 'window' && !this.isWindow(root)) this.say(node, 'unknown-window', `"${root}" is no window`);
    if (this.about.isDerived && root === 'answers')
      this.say(
        node,
        'answer-in-derive',
        'what is derived is known before anything is answered: use "answers" in a check',
      );
    if (!this.about.isOpen) return;
    const variable = lab.vars[root];
    const isSecret =
      Object.hasOwn(lab.derive, root) || (variable !== undefined && !('public' in variable && variable.public));
    if (isSecret)
      this.say(node, 'secret-in-solution', `"${root}" is secret: a solution uses only what a participant can see`);
  }

  private isWindow(root: string): boolean {
    const { names, lab } = this.linting;
    return (
      Object.hasOwn(names.windows, root) || Object.hasOwn(lab.derive, root) || ['before', 'after', 'all'].includes(root)
    );
  }

  private isKnown(root: string, locals: readonly string[]): boolean {
    const { lab, names } = this.linting;
    const of = [lab.vars, names.derive, names.windows].some((known) => Object.hasOwn(known, root));
    if (of || locals.includes(root) || ALWAYS.includes(root)) return true;
    return root === 'answers' || lab.steps.some(({ checks }) => checks.some(({ id }) => id === root));
  }

  private say({ start }: { readonly start: number }, rule: string, message: string): void {
    this.linting.tell(this.path, rule, message, { inside: start + (this.about.offset ?? 0) });
  }
}

const isNode = (part: unknown): part is ASTNode => typeof part === 'object' && part !== null && 'op' in part;

function chainOf(node: ASTNode): string | undefined {
  if (node.op === 'id') return node.args;
  if (node.op !== '.') return undefined;
  const before = chainOf(node.args[0]);
  return before === undefined ? undefined : `${before}.${node.args[1]}`;
}
