import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { happenings } from '#simulator/cell/history.ts';
import { hours } from '#simulator/kernel/time.ts';
import { type Disassembly, Grade } from '#simulator/plant/store/returns.ts';
import { modelOf, pumpLine } from './support.ts';

const benchOf = (cell: Cell): Disassembly =>
  cell.look(({ stations }) => (stations.get('ST01') as unknown as { self: { bench: Disassembly } }).self.bench);

test('returned units have the shares of their grades, and a look names four in five rightly, never two grades off', () => {
  const cell = pumpLine(8n);
  const bench = benchOf(cell);
  const counts = [0, 0, 0, 0];
  let right = 0;
  const cores = 4000;
  cell.look(() => {
    for (let core = 1; core <= cores; core++) {
      const [grade, seen] = [bench.gradeOf(core), bench.seenGrade(core)];
      counts[grade] += 1;
      if (grade === seen) right += 1;
      expect(Math.abs(grade - seen)).toBeLessThanOrEqual(1);
    }
  });
  const within = (count: number, share: number) =>
    expect(Math.abs(count - share * cores)).toBeLessThan(3.5 * Math.sqrt(cores * share * (1 - share)));
  within(counts[Grade.A], 0.3);
  within(counts[Grade.B], 0.45);
  within(counts[Grade.C], 0.25);
  within(right, 0.8);
});

test('every unit that comes is in the rack, on the bench, a recovered housing or scrap, as the events say', () => {
  const cell = pumpLine(8n);
  let brought = 0;
  let cores = 0;
  let begun = 0;
  while (cell.now < hours(40)) {
    cell.runUntil(Math.min(cell.nextUs, hours(40)));
    const [present, onBench] = [cell.read('ST01.Stock.Cores'), cell.read('ST01.Core.Number')];
    brought += present - cores + (onBench - begun);
    [cores, begun] = [present, onBench];
  }
  const bench = benchOf(cell);
  const busy = cell.look(() => bench.isBusy);
  const [recovered, scrapped] = [cell.read('ST01.Counter.Recovered'), cell.read('ST01.Counter.CoresScrapped')];
  expect(brought % 4).toBe(0);
  expect(brought).toBeGreaterThan(200);
  expect(recovered + scrapped + busy + cores).toBe(brought);
  const story = happenings(cell, 0, hours(40));
  const ended = (event: string) => story.filter((each) => each.event === event).map(({ value }) => value);
  expect(ended('ST01.CoreRecovered').length).toBe(recovered);
  expect(ended('ST01.CoreScrapped').length).toBe(scrapped);
  cell.look(() => {
    // What looked like scrap was never opened; what was opened and was scrap is scrap.
    for (const core of ended('ST01.CoreScrapped')) {
      expect(bench.seenGrade(core) === Grade.C || bench.gradeOf(core) === Grade.C).toBe(true);
    }
    for (const core of ended('ST01.CoreRecovered')) expect(bench.gradeOf(core)).not.toBe(Grade.C);
  });
  // About one part in twenty begins as a recovered housing.
  const share = recovered / cell.look(({ parts }) => parts.serials);
  expect(share).toBeGreaterThan(0.03);
  expect(share).toBeLessThan(0.08);
});

test('without the standing order units lie in the rack until somebody orders some to be taken apart', () => {
  const cell = createCell(modelOf('pump-line'), { seed: 8n, set: { 'ST01.Returns.Disassemble': 0 } });
  cell.runUntil(hours(8));
  const cores = cell.read('ST01.Stock.Cores');
  expect(cores).toBeGreaterThan(20);
  expect(cell.read('ST01.Core.Number')).toBe(0);
  const order = (value: unknown) => cell.command({ target: 'ST01.Disassemble', value });
  for (const value of [undefined, 0, 1.5, 'two']) expect(() => order(value)).toThrow(/no number of returned units/);
  expect(() => order(cores + 1)).toThrow(new RegExp(`${cores} more lie in the rack`));
  order(3);
  expect(cell.read('ST01.Stock.Cores')).toBe(cores - 1);
  expect(() => order(cores - 2)).toThrow(new RegExp(`${cores - 3} more lie in the rack`));
  cell.runUntil(hours(9));
  expect(cell.read('ST01.Core.Number')).toBe(3);
});

test('returned units do not slow the line', () => {
  const finished = (disassemble: number) => {
    const cell = createCell(modelOf('pump-line'), { seed: 9n, set: { 'ST01.Returns.Disassemble': disassemble } });
    cell.runUntil(hours(80));
    return cell.look(({ parts }) => parts.finished);
  };
  expect(Math.abs(finished(1) / finished(0) - 1)).toBeLessThan(0.03);
});
