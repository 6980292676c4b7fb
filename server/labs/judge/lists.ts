import type { Ask, Understood, Unreadable } from './ask.ts';
import { readNumber } from './numbers.ts';

/** So many serials, rows or choices are more than anyone means. */
const MOST = 2000;

const unreadable = (problem: Unreadable['problem'], detail: Unreadable['detail'] = {}): Unreadable => ({
  problem,
  detail,
});

function counted<T extends number | string | readonly (number | string)[]>(
  list: readonly T[],
  { min = 0, max = MOST }: Ask,
): Understood | Unreadable {
  if (list.length < min) return unreadable('tooFewOf', { count: String(list.length), least: String(min) });
  if (list.length > max) return unreadable('tooManyOf', { count: String(list.length), most: String(max) });
  return { value: list as Understood['value'] };
}

/** `104, 105 107-110`: serial numbers apart by anything that is no digit; a hyphen between two means all from one to the other. */
export function readSerials(text: string, ask: Ask): Understood | Unreadable {
  const rest = text.replace(/(\d+)\s*[-–]\s*(\d+)/g, ' ').replace(/\d+/g, ' ');
  if (/[^\s,;.#:()[\]"']/.test(rest)) return unreadable('serials', { typed: text.slice(0, 80) });
  const found = new Set<number>();
  for (const [, from, to] of text.matchAll(/(\d+)(?:\s*[-–]\s*(\d+))?/g)) {
    const last = Number(to ?? from);
    if (last - Number(from) > MOST || found.size > MOST)
      return unreadable('tooManyOf', { count: `> ${MOST}`, most: String(ask.max ?? MOST) });
    for (let serial = Number(from); serial <= last; serial++) found.add(serial);
  }
  return counted(
    [...found].sort((a, b) => a - b),
    ask,
  );
}

/** Several of the choices, apart by commas, semicolons or lines. */
export function readChoices(text: string, ask: Ask): Understood | Unreadable {
  const names = text.split(/[,;\n]+/).flatMap((name) => name.trim() || []);
  const found = new Set<string>();
  for (const name of names) {
    const choice = ask.choices?.find((one) => one.toLowerCase() === name.toLowerCase());
    if (choice === undefined) return unreadable('choice', { typed: name.slice(0, 80) });
    found.add(choice);
  }
  return counted([...found].sort(), ask);
}

/** Rows of text: a line each, columns apart by a tab, a semicolon or a bar; a line of headings may come first. */
export function readTable(text: string, ask: Ask): Understood | Unreadable {
  const columns = Object.entries(ask.columns ?? {});
  const lines = text.split('\n').flatMap((line) => line.trim() || []);
  const cells = lines.map((line) => line.replace(/^\||\|$/g, '').split(/\s*[\t;|]\s*/));
  const isHeading =
    cells[0]?.every((cell) => !/\d/.test(cell)) && cells.length > 1 && columns.some(([, type]) => type !== 'text');
  const rows: (number | string)[][] = [];
  for (const row of isHeading ? cells.slice(1) : cells) {
    if (row.length !== columns.length)
      return unreadable('columns', { count: String(row.length), wanted: columns.map(([name]) => name).join('; ') });
    const read: (number | string)[] = [];
    for (const [k, [, type]] of columns.entries()) {
      if (type === 'text') {
        read.push(row[k].trim());
        continue;
      }
      const number = readNumber(row[k], { type });
      if ('problem' in number) return number;
      read.push(Number(number.value));
    }
    rows.push(read);
  }
  return counted(rows, ask);
}
