import type { ASTNode } from '@marcbachmann/cel-js';
import { didYouMean } from '#simulator/kernel/nearest.ts';
import type { Refusal } from '#simulator/kernel/refusal.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import type { SignalType } from '#simulator/plant/signal.ts';
import { refusalAt } from './located.ts';
import { decimalComma, parse } from './parse.ts';
import { WINDOW_FUNCTIONS, type WindowFunction } from './window-functions.ts';
import { isWrong, type PartCounts, readLength, type WindowLength } from './window-length.ts';
import { shapeOf, type WindowUse } from './windows.ts';

/** What a rule sees of a signal: its newest sample, as a subscription would have it. */
export interface ReadableSignal {
  readonly path: string;
  readonly type: SignalType;
  /** Lowest and highest value that it can show. */
  readonly range: readonly [low: number, high: number];
  sampleAt(t: number): number;
  /** It changes at events of its station only. */
  readonly isHeld: boolean;
  /** When a held one may have changed last; Infinity while that is not known. */
  changedUs(): number;
}
export interface SignalReader {
  find(path: string): ReadableSignal | undefined;
  readonly paths: Iterable<string>;
  readonly counts: PartCounts;
  /** Within one round a signal is sampled once, however many ask. Something that acts on the plant begins another. */
  beginRound(): void;
}

type Kind = 'number' | 'condition';
/** Gives a number, or 0 or 1 for a condition; NaN for what is unknown. */
type Evaluate = () => number;
interface Term {
  readonly kind: Kind;
  readonly evaluate: Evaluate;
}

/** Reading a signal may cost some microseconds: with so many a rule stays far below 1 ms. */
const MOST_SIGNALS = 16;
const MOST_WINDOWS = 4;
/** Whole numbers above it are not exact. */
const LARGEST = 9e15;

/** If it is 0, so is the whole: then the signals from number `upTo` on need not be looked at. */
export interface Guard {
  readonly upTo: number;
  readonly holds: Evaluate;
}

const unlessUnknown =
  (hold: (a: number, b: number) => boolean) =>
  (a: number, b: number): number =>
    Number.isNaN(a) || Number.isNaN(b) ? NaN : hold(a, b) ? 1 : 0;

/** Integers and decimals are one kind of number here; what cannot be computed is unknown. */
const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => (b === 0 ? NaN : a / b),
  '%': (a, b) => a % b,
};
const COMPARISONS: Readonly<Record<string, (a: number, b: number) => number>> = {
  '<': unlessUnknown((a, b) => a < b),
  '<=': unlessUnknown((a, b) => a <= b),
  '>': unlessUnknown((a, b) => a > b),
  '>=': unlessUnknown((a, b) => a >= b),
};
const EQUALITY: typeof COMPARISONS = {
  '==': unlessUnknown((a, b) => a === b),
  '!=': unlessUnknown((a, b) => a !== b),
};
/** Kleene 1952: false decides an "and", true an "or", whatever the unknown side is. */
const LOGIC: typeof COMPARISONS = {
  '&&': (a, b) => (a === 0 || b === 0 ? 0 : a * b),
  '||': (a, b) => (a === 1 || b === 1 ? 1 : a + b),
};

const WORD: Record<Kind, string> = { number: 'a number', condition: 'a condition' };

/**
 * Turns the expressions of one rule into functions over its newest samples. The tree is walked against what is known
 * here and nothing else; so no regular expression, comprehension, list, text or time ever runs.
 */
export class Compiler {
  readonly signals: ReadableSignal[] = [];
  readonly windows: WindowUse[] = [];
  /** The newest samples of `signals`, and what `windows` come to. */
  readonly samples = new Float64Array(MOST_SIGNALS);
  readonly results = new Float64Array(MOST_WINDOWS);
  /** Sides of the "and" at the top of `when`, from the left, all but the last one. */
  readonly guards: Guard[] = [];
  private text = '';
  /** The "and" at the top of the expression that is being read, and those on the left of it. */
  private spine = new Set<ASTNode>();
  /** Stations of the signals in the window that is being read; undefined outside of one. */
  private stations: Set<string> | undefined;

  constructor(
    private readonly reader: SignalReader,
    private readonly everyUs: number,
  ) {}

  /** @param what the field of the rule that the expression stands in, for messages. */
  compile(text: unknown, what: string, wanted: Kind): Evaluate {
    const tree = parse(text, what);
    this.text = String(text);
    this.spine = new Set(what === 'when' ? spineOf(tree) : []);
    return this.want(tree, wanted, `"${what}"`);
  }

  private refuse({ start }: { readonly start: number }, message: string, hint: string): Refusal {
    return refusalAt({ text: this.text, start }, message, hint);
  }

  private want(node: ASTNode, wanted: Kind, who: string): Evaluate {
    return this.demand(node, this.term(node), wanted, who);
  }

  private demand(node: ASTNode, { kind, evaluate }: Term, wanted: Kind, who: string): Evaluate {
    if (kind === wanted) return evaluate;
    const example = wanted === 'condition' ? 'Compare it, as in "> 80".' : 'Give a signal, a number or a sum of them.';
    throw this.refuse(node, `${who} wants ${WORD[wanted]}, and this is ${WORD[kind]}.`, example);
  }

  private term(node: ASTNode): Term {
    switch (node.op) {
      case 'value':
        return this.literal(node, node.args);
      case 'id':
      case '.':
        return this.signal(node);
      case 'call':
        return this.window(node, ...node.args);
      case 'rcall':
        return this.called(node);
      case '-_': {
        const value = this.want(node.args, 'number', '-');
        return { kind: 'number', evaluate: () => -value() };
      }
      case '!_': {
        const value = this.want(node.args, 'condition', '!');
        return { kind: 'condition', evaluate: () => 1 - value() };
      }
      case '?:':
        return this.choice(node.args);
      default:
        return this.binary(node);
    }
  }

  private literal(node: ASTNode, value: unknown): Term {
    if (typeof value === 'boolean') return { kind: 'condition', evaluate: () => (value ? 1 : 0) };
    if (typeof value === 'string') {
      throw this.refuse(
        node,
        'A text stands here.',
        'Texts are for windows only, as in mean(ST03.Spindle.Load, "10 min").',
      );
    }
    const number = typeof value === 'bigint' || typeof value === 'number' ? Number(value) : NaN;
    if (Math.abs(number) <= LARGEST) return { kind: 'number', evaluate: () => number };
    throw this.refuse(node, 'This is no number for a rule.', `Give one such as 80 or 0.5, at most ${LARGEST}.`);
  }

  private signal(node: ASTNode): Term {
    const path = pathOf(node);
    if (path === undefined) throw this.refuse(node, 'This is no signal.', 'A signal is Station.Name.');
    const found = this.reader.find(path);
    if (found === undefined) {
      const close = didYouMean(path, this.reader.paths);
      const hint = 'A signal is Station.Name, as in ST03.Spindle.Load.';
      throw refusalAt(
        { text: this.text, start: node.start },
        `There is no signal "${path}".${close}`,
        hint,
        'unknown_target',
      );
    }
    this.stations?.add(path.slice(0, path.indexOf('.')));
    const { signals, samples } = this;
    let place = signals.indexOf(found);
    if (place < 0) place = signals.push(found) - 1;
    if (place === MOST_SIGNALS) {
      throw this.refuse(node, `This is signal number ${MOST_SIGNALS + 1}.`, `A rule reads at most ${MOST_SIGNALS}.`);
    }
    return { kind: found.type === 'Boolean' ? 'condition' : 'number', evaluate: () => samples[place] };
  }

  private choice([condition, yes, no]: readonly [ASTNode, ASTNode, ASTNode]): Term {
    const decide = this.want(condition, 'condition', '?');
    const [a, b] = [this.term(yes), this.term(no)];
    if (a.kind !== b.kind) {
      const message = `One side of ":" is ${WORD[a.kind]}, the other ${WORD[b.kind]}.`;
      throw this.refuse(no, message, 'Give two numbers or two conditions.');
    }
    const evaluate = (): number => {
      const decided = decide();
      return Number.isNaN(decided) ? NaN : decided === 1 ? a.evaluate() : b.evaluate();
    };
    return { kind: a.kind, evaluate };
  }

  private binary(node: ASTNode): Term {
    const { op } = node;
    const apply = ARITHMETIC[op] ?? COMPARISONS[op] ?? EQUALITY[op] ?? LOGIC[op];
    if (apply !== undefined) {
      const [left, right] = node.args as [ASTNode, ASTNode];
      const first = this.term(left);
      const wanted = EQUALITY[op] ? first.kind : LOGIC[op] ? 'condition' : 'number';
      const a = this.demand(left, first, wanted, op);
      if (this.spine.has(node)) this.guards.push({ upTo: this.signals.length, holds: a });
      const b = this.want(right, wanted, op);
      return { kind: ARITHMETIC[op] ? 'number' : 'condition', evaluate: () => apply(a(), b()) };
    }
    throw this.notAllowed(node, `with "${op}"`);
  }

  /** `spc.outside(...)` is written as if it were called on something. */
  private called(node: Extract<ASTNode, { op: 'rcall' }>): Term {
    const [name, receiver, args] = node.args;
    const owner = pathOf(receiver);
    const isFamily = owner !== undefined && [...WINDOW_FUNCTIONS.keys()].some((each) => each.startsWith(`${owner}.`));
    if (!isFamily) throw this.notAllowed(node, `with .${name}(...)`);
    return this.window({ start: receiver.start, end: node.end }, `${owner}.${name}`, args);
  }

  private notAllowed({ start }: { readonly start: number }, how: string): Refusal {
    const hint = `A rule has signals, numbers, true and false, + - * / %, < <= > >= == !=, && || !, ? : and ${FUNCTIONS}.`;
    return refusalAt({ text: this.text, start }, `A rule cannot do anything ${how}.`, hint, 'not_allowed');
  }

  private window(node: { readonly start: number; readonly end: number }, name: string, args: readonly ASTNode[]): Term {
    if (name === 'value' && args.length === 1) return this.signal(args[0]);
    const does = WINDOW_FUNCTIONS.get(name);
    if (does === undefined) {
      const close = didYouMean(name, WINDOW_FUNCTIONS.keys());
      const message = `There is no function "${name}" in rules.${close}`;
      throw refusalAt({ text: this.text, start: node.start }, message, `There are ${FUNCTIONS}.`, 'not_allowed');
    }
    const usage = usageOf(name, does);
    if (args.length !== 2) {
      const hint = decimalComma(this.text) ?? `Write for example ${usage}.`;
      throw this.refuse(node, `${name} takes what it looks at and a window, and ${args.length} are given.`, hint);
    }
    if (this.stations) throw this.refuse(node, 'A window stands inside another.', 'Use one window at a time.');
    const stations = (this.stations = new Set<string>());
    const argument = this.want(args[0], does.wants, name);
    this.stations = undefined;
    const { periods, made } = this.length(args[1], { name, does, usage, stations: [...stations] });
    const shape = shapeOf(does, periods, made ? 1 : this.everyUs / SECOND);
    const place = this.windows.push({ text: this.text.slice(node.start, node.end), does, shape, made, argument }) - 1;
    if (place === MOST_WINDOWS) {
      throw this.refuse(node, `This is window number ${MOST_WINDOWS + 1}.`, `A rule has at most ${MOST_WINDOWS}.`);
    }
    const { results } = this;
    return { kind: does.gives ?? 'number', evaluate: () => results[place] };
  }

  private length(node: ASTNode, asked: Omit<Parameters<typeof readLength>[0], 'text' | 'everyUs'>): WindowLength {
    const text = node.op === 'value' ? node.args : undefined;
    const read = readLength({ ...asked, text, everyUs: this.everyUs }, this.reader.counts);
    if (isWrong(read)) throw this.refuse(node, ...read);
    return read;
  }
}

const usageOf = (name: string, { wants, only }: WindowFunction): string => {
  const signal = only === 'parts' ? 'ST03.Bore.Deviation' : 'ST03.Spindle.Load';
  return `${name}(${signal}${wants === 'number' ? '' : ' > 80'}, "${only === 'parts' ? '25 parts' : '10 min'}")`;
};

const FUNCTIONS = ['value', ...WINDOW_FUNCTIONS.keys()].join(', ');

function spineOf(tree: ASTNode): ASTNode[] {
  return tree.op === '&&' ? [tree, ...spineOf(tree.args[0])] : [];
}

function pathOf(node: ASTNode): string | undefined {
  if (node.op === 'id') return node.args;
  if (node.op !== '.') return undefined;
  const before = pathOf(node.args[0]);
  return before === undefined ? undefined : `${before}.${node.args[1]}`;
}
