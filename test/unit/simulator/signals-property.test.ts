import { describe, expect, test } from 'vitest';
import { engineeringUnits } from '#server/opcua/units.ts';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import type { Target } from '#simulator/cell/targets.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { hours, minutes } from '#simulator/kernel/time.ts';
import { SignalLaws } from './signal-laws.ts';
import { bytes, lottery, modelOf } from './support.ts';

const model = modelOf('pump-line');
const parameters = [...model.targets.values()].filter(({ shape }) => shape !== undefined);

/** A value that the parameter may have, as often as not at an end of its range. */
function draw({ shape }: Target, random: () => number): unknown {
  if (shape?.type === 'choice') return shape.choices?.[Math.floor(random() * shape.choices.length)];
  const [low, high] = shape?.range ?? [0, 1];
  const u = random();
  const value = u < 0.3 ? low : u < 0.6 ? high : low + (high - low) * random();
  return shape?.type === 'count' ? Math.round(value) : value;
}

/** Gives the order, or notes that it is refused: what is asked for may not fit what else is set. */
function ask(cell: Cell, target: string, value: unknown): void {
  try {
    cell.command({ target, value });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

const first = Date.now() % 1_000_000;
describe.each([first, first + 1])('with parameters set at random, often to their limits, seed %i', (seed) => {
  const random = lottery(seed + 1);
  const cell = createCell(model, { seed });
  const start = hours(0.25) + Math.floor(random() * hours(30));
  const set = new Map<string, number>();

  test('every signal keeps to its range, its grid and its station, and moves without jumps', () => {
    cell.runUntil(start);
    const laws = new SignalLaws(cell);
    const change = () => {
      const target = parameters[Math.floor(random() * parameters.length)];
      laws.act(target.station, () => ask(cell, target.path, draw(target, random)));
      set.set(target.path, (set.get(target.path) ?? 0) + 1);
    };
    for (let instant = 0; cell.now < start + minutes(30); instant++) {
      laws.step();
      if (instant % 12 === 0) change();
    }
    expect(laws.broken).toEqual({ untouched: {}, moved: {}, jumped: {}, offGrid: {}, offRange: {} });
    expect(set.size).toBeGreaterThan(20);
  });

  test('captures are the same to the last bit when taken again, and change nothing', () => {
    const before = bytes(cell.snapshot());
    for (const path of model.captures.keys()) expect(taken(cell, path), path).toEqual(taken(cell, path));
    expect(bytes(cell.snapshot()).equals(before)).toBe(true);
  });
});

function taken(cell: Cell, path: string): unknown {
  try {
    return cell.capture(path);
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

/** UNECE Recommendation 20 has no code for money, nor for these. */
const WITHOUT_CODE = ['[SEK]', '[SEK]/kW.h', 'g/kW.h', 'kN/mm'];

test('every unit of a signal or parameter has its UNECE code, but for a few that have none', () => {
  const units = [...model.signals.map(({ unit }) => unit), ...parameters.map(({ shape }) => shape?.unit ?? '')];
  const without = [...new Set(units)].filter((unit) => engineeringUnits(unit).unitId === -1);
  expect(without.filter((unit) => !WITHOUT_CODE.includes(unit))).toEqual([]);
});

test('a value keeps the type that it travels as', () => {
  const cell = createCell(model, { seed: first });
  cell.runUntil(hours(2));
  for (const { path, type, index, words } of model.signals) {
    const { value } = cell.sample(index);
    if (type !== 'Double') expect(Number.isInteger(value), `${path} ${value}`).toBe(true);
    if (type === 'Boolean') expect([0, 1], path).toContain(value);
    if (type === 'UInt32') expect(value, path).toBeGreaterThanOrEqual(0);
    if (words) expect(Object.keys(words), `${path} ${value}`).toContain(String(value));
  }
});
