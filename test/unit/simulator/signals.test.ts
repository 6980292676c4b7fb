import { beforeAll, expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { hours, SECOND } from '#simulator/kernel/time.ts';
import { SignalLaws } from './signal-laws.ts';
import { modelOf, pumpLine } from './support.ts';

const { signals } = modelOf('pump-line');
const cell = pumpLine(11n);
const laws = new SignalLaws(cell);

/** Three hours event by event, with commands in between; every signal is looked at before and after each instant. */
beforeAll(() => {
  const commands = [...cell.model.targets.values()].filter(({ hidden, shape }) => !hidden && !shape);
  for (let instant = 1; cell.now < hours(3); instant++) {
    laws.step();
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

test('no signal changes at an event that does not touch its station', () => {
  expect(laws.broken.untouched).toEqual({});
});

test('a held signal does not move between events', () => {
  expect(laws.broken.moved).toEqual({});
});

test('a continuous signal ends on the value that the next event commits, unless it is said to restart', () => {
  expect(laws.broken.jumped).toEqual({});
});

test('every sample is a whole multiple of its resolution, on its grid or at an event', () => {
  expect(laws.broken.offGrid).toEqual({});
});

test('every sample lies within the range of its signal', () => {
  expect(laws.broken.offRange).toEqual({});
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
