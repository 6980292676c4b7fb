import { Refusal, type RefusalCode } from '#simulator/kernel/refusal.ts';

/** The stretch of a text that something is about, from 0. */
export interface Place {
  readonly text: string;
  readonly start: number;
}

/** A value from outside as a message shows it: however long it is, the message is not. */
export const shown = (value: unknown): string => (JSON.stringify(value) ?? 'Nothing').slice(0, 60);

/** A Refusal that names line and column and points at the place: `1:6: There is no signal ...`, the line, and a caret. */
export function refusalAt(
  { text, start }: Place,
  message: string,
  hint: string,
  code: RefusalCode = 'wrong_type',
): Refusal {
  const before = text.slice(0, start).split('\n');
  const column = before[before.length - 1].length;
  const line = text.split('\n')[before.length - 1];
  return new Refusal(`${before.length}:${column + 1}: ${message}\n${line}\n${' '.repeat(column)}^`, hint, code);
}
