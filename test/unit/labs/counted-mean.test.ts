import { expect, test } from 'vitest';
import { Definitions } from '#server/cells/definitions.ts';
import { cellFacts } from '#server/labs/judge/cell-facts.ts';
import { evaluate } from '#server/labs/judge/expression/evaluate.ts';
import { labScope } from '#server/labs/judge/expression/lab-scope.ts';
import { MEASURES } from '#server/labs/judge/expression/measures.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import type { ScenarioEntry } from '#simulator/cell/scenario.ts';
import { HOUR, MINUTE, SECOND } from '#simulator/kernel/time.ts';
import { cellsFolder } from '#test/support/host-for-test.ts';

const { model } = new Definitions(cellsFolder).patched('pump-line');
const shift = { fromUs: 30 * MINUTE, toUs: 2 * HOUR };
const windows = { shift: { from: shift.fromUs / SECOND, to: shift.toUs / SECOND } };

function factsOf(scenario: readonly ScenarioEntry[] = []) {
  const cell = createCell(model, { seed: 5n, scenario });
  cell.runUntil(3 * HOUR);
  const basis = { nowMs: 0, nowUs: cell.now, anchorMs: 0, evidence: [], drawn: {}, answers: {} };
  const facts = cellFacts(cell, basis, () => model, new Map(), new Map());
  const read: string[] = [];
  const watched = {
    ...facts,
    signal: (...[path, window]: Parameters<typeof facts.signal>) => {
      read.push(path);
      return facts.signal(path, window);
    },
  };
  return { facts, read, value: (text: string) => evaluate(text, labScope(watched, { windows, derive: {} })) as number };
}

test.each(['Line.Power', 'ST12.Meter.Main.Power', 'ST03.Meter.Power'])(
  'the mean of %s is what its meter counted, no sample is read for it, and they say the same',
  (path) => {
    const { facts, read, value } = factsOf();
    const mean = value(`mean(${path}, shift)`);
    expect(value(`integral(${path}, shift)`)).toBeCloseTo((mean * (shift.toUs - shift.fromUs)) / SECOND, 6);
    expect(read).toEqual([]);
    const energy = path.replace('Power', 'Energy');
    expect(value(`delta(${energy}, shift)`) / 1.5).toBeCloseTo(mean, 1);
    const sampled = MEASURES.mean(facts.signal(path, shift), shift);
    expect(Math.abs(mean / sampled - 1)).toBeLessThan(0.001);
  },
);

test('what nobody counts, and what a sensor showed wrongly, is read sample by sample', () => {
  const sound = factsOf();
  sound.value('mean(ST03.Spindle.Temperature, shift)');
  expect(sound.read).toEqual(['ST03.Spindle.Temperature']);
  const fault = { fault: 'sensor-bias', signal: 'ST03.Meter.Power', by: 4, hidden: true, at: '1 h', for: '30 min' };
  const wrong = factsOf([fault]);
  expect(wrong.value('mean(ST03.Meter.Power, shift)')).toBeGreaterThan(
    sound.value('mean(ST03.Meter.Power, shift)') + 1,
  );
});
