import type { CellView } from '#contract/cell-view.ts';
import { call } from './api.ts';

let early: { readonly cell: string; readonly answer: Promise<CellView> } | undefined;

/** Asks what a line is like before the screen is there that wants to know. */
export function askCellEarly(cell: string): void {
  const answer = call('cell', { params: { cell } });
  answer.catch(() => undefined);
  early = { cell, answer };
}

/** What a line is like: the early answer if it was asked for, once, or a new one. Throws RequestProblem. */
export function askCell(cell: string, signal: AbortSignal): Promise<CellView> {
  const asked = early;
  early = undefined;
  return asked?.cell === cell ? asked.answer : call('cell', { params: { cell }, signal });
}
