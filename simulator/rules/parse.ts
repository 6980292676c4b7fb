import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { refusalAt, shown } from './located.ts';

/** Letters of an expression: checked before anything looks at it. */
const LONGEST = 400;
const MOST_NODES = 200;
const DEEPEST = 30;

const grammar = new Environment({
  limits: { maxAstNodes: MOST_NODES, maxDepth: DEEPEST, maxCallArguments: 4, maxListElements: 4, maxMapEntries: 4 },
});

/**
 * The tree of a CEL expression (github.com/google/cel-spec). Only the grammar is taken from the library: what a tree may
 * hold and what it means is said in `compile`. Throws a Refusal that names line and column.
 */
export function parse(text: unknown, what: string): ASTNode {
  if (typeof text !== 'string' || text.trim() === '') {
    const hint = `Give a text such as "ST03.Spindle.Load > 80".`;
    throw new Refusal(`${shown(text)} is no expression for "${what}".`, hint, 'wrong_type');
  }
  if (text.length > LONGEST) {
    const hint = `Give at most ${LONGEST}: divide it into several rules.`;
    throw new Refusal(`The expression "${what}" has ${text.length} letters.`, hint, 'out_of_range');
  }
  try {
    return grammar.parse(text).ast;
  } catch (error) {
    if (error instanceof ParseError) throw syntaxRefusal(text, error);
    throw error;
  }
}

function syntaxRefusal(text: string, { code, summary, range }: ParseError): Refusal {
  const start = Math.min(range?.start ?? 0, text.length);
  const place = { text, start };
  if (code === 'limit_exceeded') {
    const hint = `Give at most ${MOST_NODES} names, numbers and operators, nested at most ${DEEPEST} deep.`;
    return refusalAt(place, 'The expression is too large.', hint, 'out_of_range');
  }
  if (start >= text.trimEnd().length) {
    return refusalAt(place, 'The expression ends too early.', 'Finish it, or take the last operator away.');
  }
  return refusalAt(place, `The expression cannot be read here (${summary}).`, syntaxHint(text, start));
}

const WORDS: Readonly<Record<string, string>> = { and: '&&', or: '||', not: '!', AND: '&&', OR: '||', NOT: '!' };

/** What would be right, for the mistakes that people make. */
function syntaxHint(text: string, start: number): string {
  const comma = decimalComma(text);
  if (comma !== undefined) return comma;
  const [word = ''] = /^\w*/.exec(text.slice(start)) ?? [];
  if (WORDS[word] !== undefined) return `Write ${WORDS[word]} instead of "${word}".`;
  const from = text.slice(start);
  if (/^=>/.test(from)) return 'Write >= for "at least".';
  if (/^=</.test(from)) return 'Write <= for "at most".';
  if (/^=/.test(from)) return 'Write == to compare.';
  if (/^[&|]/.test(from)) return 'Write && for "and", || for "or".';
  if (/^["']/.test(from)) return 'Close the quotation marks.';
  if (/^%/.test(from) || /^[A-Za-z]/.test(from))
    return 'Leave units and words out: a number is in the unit of its signal.';
  return 'Write for example ST03.Spindle.Load > 80 && mean(ST07.Oil.Temperature, "10 min") > 55.5.';
}

/** "60,5" is two numbers in CEL. */
export function decimalComma(text: string): string | undefined {
  const found = /(\d+),(\d+)/.exec(text.replace(/"[^"]*"|'[^']*'/g, ''));
  return found ? `Use a point in rules: ${found[1]}.${found[2]}, not ${found[0]}.` : undefined;
}
