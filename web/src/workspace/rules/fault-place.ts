import type { Told } from '../../live/problem.ts';

/** A refusal about a place in an expression. Places count from 0. */
export interface FaultPlace {
  readonly at: number;
  readonly message: string;
  readonly hint: string;
}

/** `1:6: There is no signal ...`, then the line, then a caret: where in `text` it is, if it is about that text. */
export function faultIn(text: string, { detail, hint }: Told): FaultPlace | undefined {
  const found = /^(\d+):(\d+): ([^\n]*)\n([^\n]*)/.exec(detail);
  if (!found) return undefined;
  const [, line, column, message, shown] = found;
  const lines = text.split('\n');
  const row = Number(line) - 1;
  if (lines[row] !== shown) return undefined;
  const before = lines.slice(0, row).reduce((sum, each) => sum + each.length + 1, 0);
  return { at: before + Number(column) - 1, message, hint };
}

/** A refusal without its drawing of the place, which the editor shows itself. */
export const plainDetail = (detail: string): string => detail.replace(/^(\d+:\d+): ([^\n]*)\n[^]*$/, '$2');
