import type { SqlResult } from '#contract/sql.ts';

/** RFC 4180, a decimal point whatever the language; the same as the server gives to tools. */
export function csvOf({ columns, rows }: SqlResult): string {
  const names = columns.map(({ name, unit }) => (unit === undefined || unit === '1' ? name : `${name} [${unit}]`));
  return [names, ...rows].map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
}

function quoted(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function downloadCsv(result: SqlResult): void {
  const url = URL.createObjectURL(new Blob([csvOf(result)], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'verkstad-query.csv';
  link.click();
  // The browser has taken the blob over by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
