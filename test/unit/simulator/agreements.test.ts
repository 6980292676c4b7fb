import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadModel } from '#server/cells/load.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { modelOf } from './support.ts';

const refusalOf = (work: () => unknown): Refusal => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

test.each([
  ['ST04.Safety.StopDistance', 3, 'ST04.Safety.SlowDistance', /Give 2.2 m or less, or raise ST04.Safety.SlowDistance/],
  ['ST04.Safety.WarningDistance', 1, 'ST04.Safety.SlowDistance', /Give 2.2 m or more, or lower ST04.Safety.Slow/],
  ['ST12.Compressor.LoadAt', 7.6, 'ST12.Compressor.UnloadAt', /Give 7.3 bar or less/],
  // Below the other one, and not by enough.
  ['ST12.Compressor.LoadAt', 7.4, 'ST12.Compressor.UnloadAt', /Give 7.3 bar or less/],
  ['ST10.Cartons.CallAt', 9, 'ST10.Cartons.Most', /Give 8 or less/],
  ['ST07.Window.WorkHigh', 30, 'ST07.Window.WorkLow', /Give 35 J or more/],
])('%s = %d contradicts %s, is refused with both named, and changes nothing', (target, value, other, hint) => {
  const cell = createCell(modelOf('pump-line'), { seed: 3n });
  const before = cell.parameter(target);
  const { message, code } = refusalOf(() => cell.command({ target, value }));
  expect(code).toBe('out_of_range');
  expect(message).toContain(target);
  expect(message).toContain(other);
  expect(message).toMatch(hint);
  expect(cell.parameter(target)).toBe(before);
  expect(cell.log.length).toBe(0);
});

test('in the right order both sides of an agreement move', () => {
  const cell = createCell(modelOf('pump-line'), { seed: 3n });
  cell.command({ target: 'ST04.Safety.WarningDistance', value: 6 });
  cell.command({ target: 'ST04.Safety.SlowDistance', value: 5 });
  cell.command({ target: 'ST04.Safety.StopDistance', value: 5 });
  expect(cell.parameter('ST04.Safety.StopDistance')).toBe(5);
});

test('a definition whose settings contradict each other is refused with line and column', () => {
  const yaml = [
    'parts: 4',
    'stations:',
    '  Air:',
    '    type: utilities',
    '    lowBar: 7.9',
    '    highBar: 7',
    '    ratedKw: 0.3',
    '',
  ].join('\n');
  const file = join(mkdtempSync(join(tmpdir(), 'agreements-')), 'air.yaml');
  writeFileSync(file, yaml);
  expect(() => loadModel(file)).toThrow(/5:\d+.*Air\.Compressor\.LoadAt \(7\.9 bar\).*UnloadAt \(7 bar\)/s);
});
