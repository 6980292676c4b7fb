import { expect, test } from 'vitest';
import type { LiveCell } from '#server/cells/live-cell.ts';
import type { LineItem } from '#server/opcua/line-item.ts';
import { Sampler } from '#server/opcua/sampler.ts';

/** A cell with one signal whose values are new when it is told so, and items that watch it. */
function open() {
  const clock = { nowMs: 0, version: 0 };
  const sampler = new Sampler(
    { version: () => clock.version, model: { signals: [] } } as unknown as LiveCell,
    () => clock.nowMs,
  );
  const recorded: string[] = [];
  return {
    ...{ clock, recorded },
    join: (name: string, atMs: number, samplingInterval = 1000) => {
      clock.nowMs = atMs;
      sampler.join({
        samplingInterval,
        source: { signal: 'ST03.Spindle.Load' },
        ledger: { visit: { view: { signal: () => ({ index: 0 }) } } },
        read: () => ({}),
        recordValue: () => recorded.push(name),
      } as unknown as LineItem);
    },
    look: (atMs: number) => {
      clock.nowMs = atMs;
      sampler.evaluate();
      return recorded.splice(0);
    },
  };
}

test('items that come within five milliseconds are due together', () => {
  const { join, look, clock } = open();
  join('first', 0);
  join('second', 5);
  clock.version = 1;
  expect(look(499)).toEqual([]);
  expect(look(500)).toEqual(['first', 'second']);
});

test('an item that comes later keeps its own interval: it is not due with those that were there', () => {
  const { join, look, clock } = open();
  join('first', 0);
  join('second', 6);
  join('third', 300);
  clock.version = 1;
  expect(look(500)).toEqual(['first']);
  clock.version = 2;
  expect(look(790)).toEqual(['second']);
  expect(look(1080)).toEqual(['third']);
});

test('whoever is due and finds nothing new is told as soon as there is', () => {
  const { join, look, clock } = open();
  join('first', 0);
  expect(look(600)).toEqual([]);
  clock.version = 1;
  expect(look(900)).toEqual(['first']);
  clock.version = 2;
  expect(look(1499)).toEqual([]);
  expect(look(1500)).toEqual(['first']);
});
