import type { RecordedAttempt } from '#contract/lab-record.ts';

const HEAD = [
  ...['lab', 'title', 'version', 'attempt', 'started', 'lab passed', 'step', 'step passed', 'last judged'],
  ...['check', 'aim', 'status', 'points', 'out of', 'explanation'],
];

/** RFC 4180: a row for each check. A text that a spreadsheet would take for a formula gets an apostrophe before it. */
export function recordCsv(record: readonly RecordedAttempt[]): string {
  const rows = record.flatMap(({ lab, number, startedMs, passed, steps }) =>
    steps.flatMap((step) =>
      step.checks.map((check) => [
        ...[lab.id, lab.title, lab.version, number, instant(startedMs), passed],
        ...[step.id, step.passed, instant(step.passedMs ?? step.judgedMs)],
        ...[check.id, check.aim, check.status, check.points, check.outOf, check.explanation],
      ]),
    ),
  );
  return `${[HEAD, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

const instant = (ms: number | undefined): string => (ms === undefined ? '' : new Date(ms).toISOString());

function cell(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
