import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js';
import { decimalComma } from '#simulator/rules/parse.ts';
import { ExpressionError } from './value.ts';

const LONGEST = 2000;
const KEPT = 500;
const grammar = new Environment({
  limits: { maxAstNodes: 400, maxDepth: 40, maxCallArguments: 6, maxListElements: 40, maxMapEntries: 40 },
});
const parsed = new Map<string, ASTNode>();

/**
 * The tree of a CEL expression (github.com/google/cel-spec). Only the grammar is the library's: what a tree may hold and
 * what it means is said in `evaluate`. Throws an ExpressionError.
 */
export function parseExpression(text: string): ASTNode {
  const known = parsed.get(text);
  if (known) return known;
  if (text.length > LONGEST)
    throw new ExpressionError(0, 'too-long', `the expression has ${text.length} letters: use "derive" for its parts`);
  try {
    const { ast } = grammar.parse(text);
    if (parsed.size >= KEPT) parsed.clear();
    parsed.set(text, ast);
    return ast;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const start = Math.min(error.range?.start ?? 0, Math.max(0, text.length - 1));
    throw new ExpressionError(start, ruleOf(text), syntaxMessage(text, error.summary));
  }
}

const ruleOf = (text: string): string => (decimalComma(text) === undefined ? 'expression' : 'decimal-comma');

function syntaxMessage(text: string, summary: string): string {
  const time = /^([A-Za-zåäö]+\s+)?\d{1,2}[.:]\d{2}(:\d{2})?$/.test(text.trim());
  if (time) return `"${text}" is no plant time: it has an English day, as in "Mon 06:00" or "Mon 06:00:30"`;
  if (/[“”„’‘´]/.test(text)) return 'write straight quotation marks, " or \', as a plain editor does';
  if (/^\s*=/.test(text)) return 'an expression begins without "="';
  const comma = decimalComma(text);
  if (comma !== undefined) return comma.replace('in rules', 'in expressions');
  if (/[^=!<>]=[^=]/.test(text)) return 'write == to compare';
  if (/\b(and|or|not)\b/i.test(text)) return 'write && for "and", || for "or", ! for "not"';
  return `the expression cannot be read here (${summary})`;
}
