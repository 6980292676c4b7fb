import type { LabProblem } from '../problem.ts';

/** Files are UTF-8: letters that another encoding left behind would reach participants as they are. */
export function encodingProblems(file: string, text: string): LabProblem[] {
  const offset = text.search(/[\uFFFD\0]/);
  if (offset < 0) return [];
  const before = text.slice(0, offset).split('\n');
  const place = { line: before.length, column: before.at(-1)!.length + 1 };
  const message = 'the file is not saved as UTF-8: save it again with that encoding';
  const source = (text.split('\n')[place.line - 1] ?? '').replaceAll('\0', '');
  return [{ file, ...place, severity: 'error', rule: 'wrong-encoding', message, source }];
}
