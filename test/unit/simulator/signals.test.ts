import { beforeAll, expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { type CellSignal, rounded } from '#simulator/cell/sampling.ts';
import { hours, minutes, SECOND } from '#simulator/kernel/time.ts';
import { modelOf, pumpLine } from './support.ts';

const { signals } = modelOf('pump-line');

/** What was wrong, once per signal. */
const jumped = new Map<string, string>();
const untouched = new Map<string, string>();
const movedBetween = new Map<string, string>();
const offRange = new Map<string, string>();
const offGrid = new Map<string, string>();

function note(where: Map<string, string>, { path }: CellSignal, what: string): void {
  if (!where.has(path)) where.set(path, what);
}

/** Three hours event by event, with commands in between; every signal is looked at before and after each instant. */
beforeAll(() => {
  const cell = pumpLine(11n);
  const commands = [...cell.model.targets.values()].filter(({ hidden, shape }) => !hidden && !shape);
  let instant = 0;
  while (cell.now < hours(3)) {
    const t = Math.min(cell.nextUs, cell.now + minutes(1));
    const before = cell.look(() => signals.map((signal) => signal.at(t)));
    const soon = cell.look((_, now) => signals.map((signal) => signal.at((now + t) / 2)));
    const counts = cell.look(() => signals.map(({ track }) => track.count));
    const old = cell.look((_, now) => signals.map((signal) => signal.at(now)));
    cell.runUntil(t);
    check(cell, t, { before, soon, counts, old });
    instant += 1;
    if (instant % 97 === 0) tryCommand(cell, commands[(instant / 97) % commands.length].path);
  }
});

function tryCommand(cell: Cell, target: string): void {
  try {
    cell.command({ target });
  } catch {
    // Refused in the present state, which is as good.
  }
}

interface Looks {
  readonly before: readonly number[];
  readonly soon: readonly number[];
  readonly counts: readonly number[];
  readonly old: readonly number[];
}

function check(cell: Cell, t: number, { before, soon, counts, old }: Looks): void {
  for (const signal of signals) {
    const { index, kind, resolution, range, restarts, track, scanUs } = signal;
    const after = cell.read(index);
    const change = `from ${before[index]} to ${after} at ${t}`;
    if (track.count === counts[index] && after !== before[index]) note(untouched, signal, change);
    if (kind === 'held' && (soon[index] !== old[index] || before[index] !== old[index])) {
      note(movedBetween, signal, `from ${old[index]} to ${before[index]} before ${t}`);
    }
    const isAlike = Math.abs(after - before[index]) <= resolution * 1.001;
    if (kind === 'continuous' && !restarts && !isAlike) note(jumped, signal, change);
    const { tUs, value } = cell.sample(index);
    if (!(value >= range[0] && value <= range[1]))
      note(offRange, signal, `${value} is not within ${range.join(' to ')}`);
    const isOnGrid = tUs === track.lastUs || (scanUs > 0 && tUs % scanUs === 0);
    if (!isOnGrid || rounded(value, resolution) !== value || tUs > t) note(offGrid, signal, `${value} at ${tUs}`);
  }
}

test('no signal changes at an event that does not touch its station', () => {
  expect(Object.fromEntries(untouched)).toEqual({});
});

test('a held signal does not move between events', () => {
  expect(Object.fromEntries(movedBetween)).toEqual({});
});

test('a continuous signal ends on the value that the next event commits, unless it is said to restart', () => {
  expect(Object.fromEntries(jumped)).toEqual({});
});

test('every sample is a whole multiple of its resolution, on its grid or at an event', () => {
  expect(Object.fromEntries(offGrid)).toEqual({});
});

test('every sample lies within the range of its signal', () => {
  expect(Object.fromEntries(offRange)).toEqual({});
});

test('scans are 100 ms to 10 s, resolutions divide one or are whole, and texts are in both languages', () => {
  for (const { path, kind, scanUs, resolution, text, range } of signals) {
    if (kind === 'continuous') expect(scanUs, path).toBeGreaterThanOrEqual(SECOND / 10);
    expect(scanUs, path).toBeLessThanOrEqual(10 * SECOND);
    const perUnit = resolution < 1 ? 1 / resolution : resolution;
    expect(Math.abs(perUnit - Math.round(perUnit)), path).toBeLessThan(1e-9);
    expect(range[0], path).toBeLessThan(range[1]);
    expect(text.en.length * text.sv.length, path).toBeGreaterThan(0);
  }
});
