import { type SqlTable, SQL_TABLES } from '#contract/sql-tables.ts';
import { AppError } from '#server/errors.ts';
import { located } from './sql-fault.ts';
import { tokensOf } from './sql-tokens.ts';

/** What a query names, found without running it. */
export interface Named {
  readonly tables: readonly SqlTable[];
  /** Texts that it compares with, or searches by. */
  readonly texts: readonly { readonly value: string; readonly pattern: 'LIKE' | 'GLOB' | undefined }[];
}

/** Throws unless the text is one statement that can only read. SQLite is asked to refuse the rest as well. */
export function namedIn(sql: string): Named {
  const tokens = tokensOf(sql);
  const [first] = tokens;
  if (first === undefined)
    throw new AppError('no_query', 'There is no query.', 'Write one, such as SELECT * FROM events.');
  if (!/^(select|with|values)$/i.test(first.value)) {
    throw located(
      sql,
      first.at,
      `${first.value.toUpperCase()} is not allowed here.`,
      'Begin with SELECT or WITH: this is for reading.',
    );
  }
  const end = tokens.findIndex(({ kind, value }) => kind === 'mark' && value === ';');
  const after = end < 0 ? undefined : tokens.slice(end).find(({ value }) => value !== ';');
  if (after) throw located(sql, after.at, 'There is a second statement.', 'Ask for one thing at a time.');
  const forbidden = tokens.find(({ kind, value }) => kind === 'word' && /^(pragma_\w+|load_extension)$/i.test(value));
  if (forbidden)
    throw located(sql, forbidden.at, `${forbidden.value} is not allowed here.`, 'Ask for the tables of the line.');
  const words = new Set(tokens.filter(({ kind }) => kind === 'word').map(({ value }) => value.toLowerCase()));
  return {
    tables: (Object.keys(SQL_TABLES) as SqlTable[]).filter((table) => words.has(table)),
    texts: tokens.flatMap(({ kind, value }, k) => {
      const before = tokens[k - 1]?.value.toUpperCase();
      return kind === 'text' ? [{ value, pattern: before === 'LIKE' || before === 'GLOB' ? before : undefined }] : [];
    }),
  };
}

/** LIKE of SQLite: `%` any letters, `_` one, capitals or not. GLOB: `*` any, `?` one. */
export function fits(path: string, pattern: string, by: 'LIKE' | 'GLOB'): boolean {
  const [many, one] = by === 'LIKE' ? ['%', '_'] : ['*', '?'];
  const lower = by === 'LIKE' ? path.toLowerCase() : path;
  const wanted = by === 'LIKE' ? pattern.toLowerCase() : pattern;
  return fitsFrom(lower, wanted, many, one);
}

/** Greedy with one way back, so that no pattern takes longer than path times pattern. */
function fitsFrom(path: string, pattern: string, many: string, one: string): boolean {
  let [at, to, star, back] = [0, 0, -1, 0];
  while (at < path.length) {
    const here = pattern[to];
    if (here === many) [star, back] = [to++, at];
    else if (here === one || here === path[at]) [at, to] = [at + 1, to + 1];
    else if (star >= 0) [to, at] = [star + 1, ++back];
    else return false;
  }
  while (pattern[to] === many) to++;
  return to === pattern.length;
}
