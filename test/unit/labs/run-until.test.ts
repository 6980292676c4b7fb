import { expect, test } from 'vitest';
import { Definitions } from '#server/cells/definitions.ts';
import { cellFacts } from '#server/labs/judge/cell-facts.ts';
import { MEASURES } from '#server/labs/judge/expression/measures.ts';
import { runUntilHappening } from '#server/labs/judge/run-until.ts';
import { Heard } from '#server/labs/prove/heard.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { HOUR, minutes } from '#simulator/kernel/time.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import { cellsFolder } from '#test/support/host-for-test.ts';

const { model } = new Definitions(cellsFolder).patched('pump-line');
const twentieth = () => {
  let made = 0;
  return ({ event }: Happening) => event === 'ST03.PartDone' && ++made === 20;
};

test('a line that runs until something happens ends at that very instant, as if it had gone from event to event', () => {
  const stepwise = createCell(model, { seed: 11n });
  const heard: Happening[] = [];
  let isFound = false;
  const isIt = twentieth();
  stepwise.listener = (happening) => {
    heard.push(happening);
    isFound ||= isIt(happening);
  };
  while (!isFound) stepwise.runUntil(stepwise.nextUs);
  const came = runUntilHappening(createCell(model, { seed: 11n }), 8 * HOUR, twentieth());
  expect(came.cell.now).toBe(heard.at(-1)!.t);
  expect(came.heard).toEqual(heard);
  expect(came.cell.hash).toBe(stepwise.hash);
  // It has the same past, and goes on to the same future.
  const later = came.cell.now + HOUR;
  for (const cell of [stepwise, came.cell]) cell.listener = undefined;
  stepwise.runUntil(later);
  came.cell.runUntil(later);
  expect(came.cell.hash).toBe(stepwise.hash);
  expect(came.cell.past(minutes(10)).hash).toBe(stepwise.past(minutes(10)).hash);
});

test('what never happens is waited for until the time is over', () => {
  const { cell, heard } = runUntilHappening(createCell(model, { seed: 11n }), minutes(33), () => false);
  expect(cell.now).toBe(minutes(33));
  const all: Happening[] = [];
  const again = createCell(model, { seed: 11n });
  again.listener = (happening) => void all.push(happening);
  again.runUntil(minutes(33));
  expect(heard).toEqual(all);
  expect(cell.hash).toBe(again.hash);
});

test('a difference is the same by both ends of a window as by all samples in it', () => {
  const cell = createCell(model, { seed: 12n });
  cell.runUntil(HOUR);
  const basis = { nowMs: 0, nowUs: cell.now, anchorMs: 0, evidence: [], answers: {}, drawn: {} };
  const facts = cellFacts(cell, basis, () => model, new Map(), new Map());
  for (const window of [
    { fromUs: minutes(20), toUs: minutes(50) + 1 },
    { fromUs: 0, toUs: HOUR },
    { fromUs: minutes(7), toUs: minutes(7) },
  ])
    for (const path of ['ST12.Meter.Main.Energy', 'Line.Parts.Finished', 'ST03.Spindle.Load', 'ST03.Bore.Deviation']) {
      const [first, last] = facts.edges!(path, window);
      expect(last - first, path).toBe(MEASURES.delta(facts.signal(path, window), window));
    }
});

test('a copy hears on by itself, and knows what was heard before it was made', () => {
  const cell = createCell(model, { seed: 13n });
  const heard = Heard.listenTo(cell);
  cell.runUntil(minutes(10));
  const before = heard.all.length;
  const copy = cell.fork();
  const own = heard.copyFor(copy);
  copy.runUntil(minutes(20));
  expect(heard.all).toHaveLength(before);
  expect(own.all.length).toBeGreaterThan(before);
  cell.runUntil(minutes(20));
  expect(heard.all).toEqual(own.all);
});
