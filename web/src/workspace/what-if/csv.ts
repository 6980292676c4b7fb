import type { WhatIfResult } from '#contract/what-if.ts';

const COLUMNS = ['n', 'mean', 'standardError', 'low', 'high'] as const;
const DIFFERENCE_COLUMNS = ['mean', 'standardError', 'low', 'high', 'gain'] as const;

/** RFC 4180: a row for each variant and figure, a decimal point whatever the language. */
export function csvOf({ variants, figures }: WhatIfResult): string {
  const head = ['variant', 'figure', 'unit', ...COLUMNS, ...DIFFERENCE_COLUMNS.map((name) => `difference.${name}`)];
  const rows = variants.flatMap(({ name: variant, means, differences = {} }) =>
    figures.map(({ name, unit }) => [
      ...[`"${variant.replaceAll('"', '""')}"`, name, unit],
      ...COLUMNS.map((column) => means[name]?.[column] ?? ''),
      ...DIFFERENCE_COLUMNS.map((column) => differences[name]?.[column] ?? ''),
    ]),
  );
  return [head, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

export function downloadCsv(result: WhatIfResult): void {
  const url = URL.createObjectURL(new Blob([csvOf(result)], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'what-if.csv';
  link.click();
  // The browser has taken the blob over by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
