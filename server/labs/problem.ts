/** Something wrong in a lab's files, where its author finds it. Line and column count from 1. */
export interface LabProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly severity: 'error' | 'warning';
  readonly rule: string;
  readonly message: string;
  /** The line that it stands in. */
  readonly source?: string;
}

/** `labs/x/lab.yaml:12:20 error unknown-signal the cell has no signal "ST03.Spindel.Load"` */
export const showProblem = ({ file, line, column, severity, rule, message }: LabProblem): string =>
  `${file}:${line}:${column} ${severity} ${rule} ${message}`;

const WIDEST = 160;

/** The same with the line itself, and a caret under the place. */
export function showWithCaret(problem: LabProblem): string {
  const { source, column } = problem;
  if (source === undefined || source.trim() === '') return showProblem(problem);
  const from = Math.max(0, column - 1 - WIDEST / 2);
  const shown = source.slice(from, from + WIDEST);
  return `${showProblem(problem)}\n    ${shown}\n    ${' '.repeat(column - 1 - from)}^`;
}
