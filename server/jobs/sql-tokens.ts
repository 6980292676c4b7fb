export interface Token {
  readonly kind: 'word' | 'text' | 'mark';
  /** Of a text what stands between its quotes. */
  readonly value: string;
  readonly at: number;
}

/** What SQLite skips, then words (bare or quoted), texts in single quotes, and single marks. */
const PIECES =
  /(?<skip>\s+|--[^\n]*|\/\*[^]*?(?:\*\/|$))|'(?<text>(?:[^']|'')*)'|"(?<quoted>(?:[^"]|"")*)"|`(?<ticked>[^`]*)`|\[(?<boxed>[^\]]*)\]|(?<bare>[\p{L}_][\p{L}\p{N}_$]*)|(?<mark>[^])/gu;

export function tokensOf(sql: string): Token[] {
  const tokens: Token[] = [];
  for (const { groups = {}, index: at } of sql.matchAll(PIECES)) {
    const { skip, text, quoted, ticked, boxed, bare, mark } = groups;
    const name = bare ?? quoted?.replaceAll('""', '"') ?? ticked ?? boxed;
    if (skip !== undefined) continue;
    if (text !== undefined) tokens.push({ kind: 'text', value: text.replaceAll("''", "'"), at });
    else if (name !== undefined) tokens.push({ kind: 'word', value: name, at });
    else tokens.push({ kind: 'mark', value: mark, at });
  }
  return tokens;
}
