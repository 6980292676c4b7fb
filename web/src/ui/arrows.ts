import type { KeyboardEvent } from 'react';

const STEPS: Readonly<Record<string, (here: number, count: number) => number>> = {
  ArrowDown: (here, count) => Math.min(here + 1, count - 1),
  ArrowUp: (here) => Math.max(here - 1, 0),
  Home: () => 0,
  End: (_, count) => count - 1,
};

/**
 * Makes a long list of buttons one stop of the Tab key: arrows, Home and End go through it. The list gives one button
 * tabIndex 0 and all others -1; see `stopOf`.
 */
export function goByArrows(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key];
  if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button:not(:disabled)')];
  const here = buttons.findIndex((button) => button === document.activeElement);
  if (here < 0) return;
  event.preventDefault();
  buttons[step(here, buttons.length)].focus();
}

/** Whether an entry is where Tab stops: the chosen one, or the first if none of the list is chosen. */
export const stopOf = (entries: readonly string[], chosen: string | undefined): string | undefined =>
  entries.find((entry) => entry === chosen) ?? entries[0];
