import { SQL_TABLES } from '#contract/sql-tables.ts';
import { AppError } from '#server/errors.ts';
import { nearest } from '#simulator/kernel/nearest.ts';
import { tokensOf } from './sql-tokens.ts';

/** A refusal about a place in a query: `2:8: No such column`, then the line and a caret. */
export function located(sql: string, at: number, message: string, hint: string): AppError {
  const before = sql.slice(0, at);
  const row = before.split('\n').length;
  const column = at - before.lastIndexOf('\n');
  const line = sql.split('\n')[row - 1];
  return new AppError('bad_sql', `${row}:${column}: ${message}\n${line}\n${' '.repeat(column - 1)}^`, hint);
}

const TABLES = Object.keys(SQL_TABLES);
const COLUMNS = [...new Set(Object.values(SQL_TABLES).flatMap((columns) => columns.map(({ name }) => name))), 'time'];

/** What SQLite says of a query, in its own words, at the place that it means where that can be told. */
export function faultOf(sql: string, words: string, nearAt: number | undefined): AppError {
  const named = /^(?:near "([^]*)": syntax error|unrecognized token: "([^]*)"|.*?: "?([\w.]+)"?.*)$/.exec(words);
  const word = named?.slice(1).find((each) => each !== undefined);
  const at = nearAt ?? (/^incomplete input/.test(words) ? sql.trimEnd().length : word && placeOf(sql, word));
  const hint = hintFor(words, word?.split('.').at(-1) ?? '');
  return typeof at === 'number'
    ? located(sql, at, sentence(words), hint)
    : new AppError('bad_sql', sentence(words), hint);
}

/** The first place of a name outside of texts and comments. */
function placeOf(sql: string, name: string): number | undefined {
  const last = name.split('.').at(-1)!.toLowerCase();
  const found = tokensOf(sql).find(({ kind, value }) => kind !== 'text' && value.toLowerCase() === last);
  const at = found?.at ?? sql.indexOf(name);
  return at < 0 ? undefined : at;
}

/** A sentence begins with a capital letter, unless what it begins with is the name of a function. */
const sentence = (words: string): string =>
  `${words.replace(/^[a-z](?!\w*\()/, (first) => first.toUpperCase()).replace(/\.$/, '')}.`;

function hintFor(words: string, name: string): string {
  if (words.startsWith('no such table')) return meant(name, TABLES, `The tables are ${TABLES.join(', ')}.`);
  if (words.includes('single-quotes')) return "Texts stand in single quotes: path = 'ST03.Spindle.Load'.";
  if (words.startsWith('no such column'))
    return meant(name, COLUMNS, 'Look up the columns of each table beside the query.');
  if (words.startsWith('ambiguous')) return `Say of which table: p.${name}.`;
  if (words.startsWith('no such function')) return 'See the functions of SQLite: sqlite.org/lang_corefunc.html.';
  if (words.startsWith('incomplete')) return 'Something is missing at the end, such as a bracket or a name.';
  if (words.includes('readonly') || words.includes('not authorized'))
    return 'This is for reading: begin with SELECT or WITH.';
  if (words.includes('memory') || words.includes('too big'))
    return 'Ask for less at once: fewer rows, a shorter window.';
  if (words.includes('too large to be represented')) return 'Give it as text: CAST(… AS TEXT).';
  return 'See how SQLite wants it: sqlite.org/lang_select.html.';
}

function meant(name: string, known: readonly string[], otherwise: string): string {
  const best = nearest(name, known);
  return best === undefined || best === name.toLowerCase() ? otherwise : `Did you mean "${best}"? ${otherwise}`;
}
