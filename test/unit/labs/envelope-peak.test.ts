import { expect, test } from 'vitest';
import { Definitions } from '#server/cells/definitions.ts';
import { cellFacts } from '#server/labs/judge/cell-facts.ts';
import { evaluate } from '#server/labs/judge/expression/evaluate.ts';
import { labScope } from '#server/labs/judge/expression/lab-scope.ts';
import { NotYet } from '#server/labs/judge/expression/value.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { HOUR } from '#simulator/kernel/time.ts';
import { bearingOrders, SKF_6205 } from '#simulator/plant/machining/bearing.ts';
import { cellsFolder } from '#test/support/host-for-test.ts';

const { model } = new Definitions(cellsFolder).patched('pump-line', { 'ST03.timeToFailure': 'never' });
const { bpfi, bpfo } = bearingOrders(SKF_6205);

/** Answers of a line two hours old, with or without a damaged bearing. */
function lineWith(...scenario: Parameters<typeof createCell>[1]['scenario'] & object[]) {
  const cell = createCell(model, { seed: 7n, scenario });
  cell.runUntil(2 * HOUR);
  const basis = { nowMs: 0, nowUs: cell.now, anchorMs: 0, evidence: [], answers: {}, drawn: { secret: 9000 } };
  const facts = cellFacts(cell, basis, () => model, new Map(), new Map());
  return (text: string) => evaluate(text, labScope(facts, { windows: {}, derive: {} }));
}

const T = 'firstTrue(ST03.Spindle.Speed > 2300, {"from": 7000.0, "to": now})';
const ORDER = `envelopePeak("ST03.Spindle.VibrationWaveform", ${T}, 2500, 4500, 120, 240) / (value(ST03.Spindle.Speed, ${T}) / 60.0)`;

test.each([
  ['bearing-outer', bpfo],
  ['bearing-inner', bpfi],
])('%s has the highest line of the envelope at its own order', (fault, order) => {
  const of = lineWith({ fault, station: 'ST03', at: 3600, damage: 0.15, growth: 0.1, hidden: true });
  expect(Number(of(ORDER)) / order).toBeCloseTo(1, 1);
});

test('a window that would begin after it ends has not come, and when it does is not told', () => {
  const of = lineWith();
  const asked = () => of('rule.alarms("any", {"from": secret, "to": now})');
  expect(asked).toThrow(NotYet);
  expect(asked).toThrow(expect.objectContaining({ atS: undefined }));
});
