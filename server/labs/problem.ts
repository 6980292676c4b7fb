/** Something wrong in a lab's files, where its author finds it. Line and column count from 1. */
export interface LabProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly severity: 'error' | 'warning';
  readonly rule: string;
  readonly message: string;
}

/** `labs/x/lab.yaml:12:20 error unknown-signal the cell has no signal "ST03.Spindel.Load"` */
export const showProblem = ({ file, line, column, severity, rule, message }: LabProblem): string =>
  `${file}:${line}:${column} ${severity} ${rule} ${message}`;
