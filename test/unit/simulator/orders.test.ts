import { describe, expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { happenings } from '#simulator/cell/history.ts';
import { hours, minutes, seconds, SECOND } from '#simulator/kernel/time.ts';
import { modelOf, pumpLine } from './support.ts';

interface Listed {
  readonly number: number;
  readonly state: string;
  readonly substate?: string;
  readonly variant: string;
  readonly quantity: number;
  readonly started: number;
  readonly done: number;
  readonly scrapped: number;
  readonly released: number;
  readonly due: number;
  readonly priority: number;
}

function listOf(cell: Cell): Listed[] {
  const taken = cell.capture('Orders.Book.List');
  return taken.kind === 'document' ? (taken.content.orders as Listed[]) : [];
}
const stateOf = (cell: Cell, number: number) => listOf(cell).find((order) => order.number === number)?.state;

/** A line without customers, whose first order is then number 1. */
const quietLine = (set: Record<string, unknown> = {}): Cell =>
  createCell(modelOf('pump-line'), { seed: 5n, set: { 'Orders.Demand.Backlog': 0, ...set } });
const give = (cell: Cell, command: string, value: unknown) => cell.command({ target: `Orders.${command}`, value });

const P1 = { variant: 'P1', quantity: 30 };
/** How an order gets into each state; it is number 1. */
const REACHED: Record<string, (cell: Cell) => void> = {
  NotAllowedToStart: (cell) => give(cell, 'Store', P1),
  AllowedToStart(cell) {
    cell.command({ target: 'ST01.Hold' });
    give(cell, 'StoreAndStart', P1);
  },
  Running(cell) {
    give(cell, 'StoreAndStart', P1);
    cell.runUntil(minutes(6));
  },
  Interrupted(cell) {
    REACHED.Running(cell);
    give(cell, 'Pause', 1);
  },
  Ended(cell) {
    REACHED.Running(cell);
    give(cell, 'Stop', 1);
    cell.runUntil(hours(1));
  },
  Aborted(cell) {
    REACHED.NotAllowedToStart(cell);
    give(cell, 'Abort', 1);
  },
};
/** OPC 10031-4, 6.2.1: where each command leads. What is not here is refused. */
const LEADS: Record<string, Record<string, string | undefined>> = {
  Start: { NotAllowedToStart: 'AllowedToStart' },
  RevokeStart: { AllowedToStart: 'NotAllowedToStart' },
  Update: { NotAllowedToStart: 'NotAllowedToStart', AllowedToStart: 'AllowedToStart' },
  Pause: { Running: 'Interrupted' },
  Resume: { Interrupted: 'Running' },
  Stop: { Running: 'Ended', Interrupted: 'Ended' },
  Abort: { NotAllowedToStart: 'Aborted', AllowedToStart: 'Aborted', Running: 'Aborted', Interrupted: 'Aborted' },
  Cancel: { NotAllowedToStart: undefined, AllowedToStart: undefined },
  Clear: { Ended: undefined, Aborted: undefined },
};

describe.each(Object.keys(REACHED))('an order in state %s', (state) => {
  test.each(Object.keys(LEADS))('follows %s as the standard says, or names the state that forbids it', (command) => {
    const cell = quietLine();
    REACHED[state](cell);
    expect(stateOf(cell, 1)).toBe(state);
    const value = command === 'Update' ? { number: 1, quantity: 40 } : 1;
    if (state in LEADS[command]) {
      give(cell, command, value);
      expect(stateOf(cell, 1)).toBe(LEADS[command][state]);
      return;
    }
    const before = listOf(cell);
    expect(() => give(cell, command, value)).toThrow(
      new RegExp(`state ${state}, which does not allow ${command}\\. ${command} is for an order in state`),
    );
    expect(listOf(cell)).toEqual(before);
  });
});

test('an order that is wrong is refused with what would be right', () => {
  const cell = quietLine();
  cell.runUntil(hours(1));
  const wrong: [unknown, RegExp][] = [
    [undefined, /describes no order.*{"variant":"P1","quantity":12}/],
    ['twelve P1', /describes no order/],
    [[1, 2], /describes no order/],
    [{ variant: 'P4', quantity: 12 }, /"P4" is no variant.*P1, P2, P3/],
    [{ variant: 'P1' }, /no quantity.*1 to 200/],
    [{ variant: 'P1', quantity: 1.5 }, /no quantity/],
    [{ variant: 'P1', quantity: 201 }, /out of range for the quantity/],
    [{ variant: 'P1', quantity: 12, due: 60 }, /out of range for the due time.*from 3601/],
    [{ variant: 'P1', quantity: 12, priority: 0 }, /out of range for the priority.*1 to 9/],
    [{ variant: 'P1', quantity: 12, colour: 'red' }, /no "colour"/],
  ];
  for (const [value, message] of wrong) expect(() => give(cell, 'Store', value)).toThrow(message);
  expect(() => give(cell, 'Start', 'first')).toThrow(/no order "first"/);
  give(cell, 'Store', '{"variant":"P3","quantity":7,"due":9000,"priority":2}');
  expect(listOf(cell)).toMatchObject([
    { number: 1, variant: 'P3', quantity: 7, due: 9000, priority: 2, released: 3600 },
  ]);
  expect(() => give(cell, 'Start', 2)).toThrow(/holds no order 2\. Give the number of an order: 1/);
  for (let k = 2; k <= 12; k++) give(cell, 'Store', P1);
  expect(() => give(cell, 'Store', P1)).toThrow(/book is full: 12 orders/);
});

test('a paused order starts no more parts until it is resumed, and another one goes on meanwhile', () => {
  const cell = quietLine();
  give(cell, 'StoreAndStart', P1);
  give(cell, 'StoreAndStart', { variant: 'P2', quantity: 4 });
  cell.runUntil(minutes(5));
  give(cell, 'Pause', 1);
  const { started } = listOf(cell)[0];
  cell.runUntil(minutes(40));
  expect(listOf(cell)).toMatchObject([
    { number: 1, state: 'Interrupted', started },
    { number: 2, state: 'Ended', started: 4 },
  ]);
  give(cell, 'Resume', 1);
  cell.runUntil(hours(2));
  expect(listOf(cell)).toMatchObject([{ state: 'Ended', started: 30 }, {}]);
  expect(cell.look(({ parts }) => parts.inPlant.rate)).toBe(0);
});

test('parts of a stopped order are finished, and only then can it be cleared', () => {
  const cell = quietLine();
  REACHED.Running(cell);
  give(cell, 'Stop', 1);
  expect(() => give(cell, 'Clear', 1)).toThrow(/parts of order 1 are still on the line/);
  const [{ started }] = listOf(cell);
  cell.runUntil(hours(1));
  const [order] = listOf(cell);
  expect(order.started).toBe(started);
  expect(order.done + order.scrapped).toBe(started);
  give(cell, 'Clear', 1);
  expect(listOf(cell)).toEqual([]);
});

test('the place of an order is used again only when its parts have left, and then without jumping the queue', () => {
  const cell = quietLine();
  REACHED.Running(cell);
  give(cell, 'Stop', 1);
  const numbers = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13];
  for (let k = 2; k <= 12; k++) give(cell, 'Store', { variant: 'P1', quantity: 1 });
  expect(() => give(cell, 'Store', P1)).toThrow(/book is full/);
  cell.runUntil(hours(1));
  give(cell, 'Store', { variant: 'P1', quantity: 1 });
  expect(listOf(cell).map(({ number }) => number)).toEqual(numbers);
  cell.command({ target: 'ST01.Hold' });
  cell.runUntil(hours(1) + seconds(10));
  for (const number of numbers.toReversed()) give(cell, 'Start', number);
  const seen: number[] = [];
  cell.listener = ({ event, value }) => event === 'Orders.OrderStarted' && seen.push(value);
  cell.command({ target: 'ST01.Unhold' });
  cell.runUntil(hours(2));
  expect(seen).toEqual(numbers);
});

test('an order whose parts are all started cannot be paused', () => {
  const cell = quietLine();
  give(cell, 'StoreAndStart', { variant: 'P1', quantity: 2 });
  cell.runUntil(minutes(3));
  expect(() => give(cell, 'Pause', 1)).toThrow(/All 2 parts of order 1 are started/);
});

/** Four orders; the line is set for P1 by number 1, which comes first in any case. */
const CHOICE = [
  { variant: 'P2', quantity: 20, due: 9000, priority: 5 },
  { variant: 'P3', quantity: 3, due: 12_000, priority: 4 },
  { variant: 'P2', quantity: 40, due: 8500, priority: 9 },
  { variant: 'P1', quantity: 12, due: 8000, priority: 7 },
  { variant: 'P3', quantity: 50, due: 10_000, priority: 1 },
];
test.each([
  ['fifo', [2, 3, 4, 5, 6]],
  ['spt', [3, 5, 2, 4, 6]],
  ['edd', [5, 4, 2, 6, 3]],
  // Of the time that is left, so what is late goes first: by their dates alone it would be 4, 6, 2, 5, 3.
  ['critical-ratio', [4, 5, 2, 6, 3]],
  ['priority', [6, 3, 2, 5, 4]],
  ['same-variant', [5, 2, 4, 3, 6]],
])('by the rule %s the orders go in the sequence %j', (rule, sequence) => {
  const cell = quietLine({ 'ST01.castings': 200 });
  give(cell, 'StoreAndStart', { variant: 'P1', quantity: 1 });
  cell.runUntil(hours(2));
  cell.command({ target: 'Orders.Dispatching.Rule', value: rule });
  const seen: number[] = [];
  cell.listener = ({ event, value }) => event === 'Orders.OrderStarted' && seen.push(value);
  cell.command({ target: 'ST01.Hold' });
  for (const order of CHOICE) give(cell, 'StoreAndStart', order);
  cell.runUntil(hours(2) + seconds(10));
  const substates = listOf(cell).map(({ number, substate }) => [number, substate]);
  expect(substates.filter(([, substate]) => substate === 'Loaded')).toEqual([[sequence[0], 'Loaded']]);
  expect(substates.filter(([, substate]) => substate === 'Ready').length).toBe(4);
  cell.command({ target: 'ST01.Unhold' });
  cell.runUntil(hours(5));
  expect(seen).toEqual(sequence);
});

test('an unknown rule is refused with those there are', () => {
  expect(() => pumpLine(1n).command({ target: 'Orders.Dispatching.Rule', value: 'lifo' })).toThrow(
    /no value for Dispatching.Rule.*fifo or spt or edd/,
  );
});

test('customers keep the book loaded, and each order is done when all its parts have left', () => {
  const cell = pumpLine(4n);
  const released = new Map<number, number>();
  const leads: number[] = [];
  cell.listener = ({ t, event, value }) => {
    if (event === 'Orders.OrderReleased') released.set(value, t);
    if (event === 'Orders.OrderDone') leads.push((t - (released.get(value) ?? 0)) / SECOND);
  };
  for (let t = 0; t < hours(24); t += minutes(10)) {
    cell.runUntil(t);
    for (const order of listOf(cell)) {
      const { state, quantity, started, done, scrapped } = order;
      expect(done + scrapped).toBeLessThanOrEqual(started);
      if (state === 'Ended') expect([started, done + scrapped]).toEqual([quantity, quantity]);
      if (state === 'AllowedToStart') expect(started).toBe(0);
    }
    const inPlant = listOf(cell).reduce((sum, { started, done, scrapped }) => sum + started - done - scrapped, 0);
    // A part that the crane is lifting is started and not yet in the plant.
    const onFork = inPlant - cell.look(({ parts }) => parts.inPlant.rate);
    expect(onFork === 0 || onFork === 1).toBe(true);
    if (t > 0) expect(cell.read('Orders.Book.Parts')).toBeGreaterThan(0);
  }
  expect(leads.length).toBe(cell.read('Orders.Done.Orders'));
  expect(leads.length).toBeGreaterThan(120);
  // Those that were released at the start are not heard.
  expect(cell.read('Orders.Done.LeadTime')).toBeCloseTo(leads.at(-1) ?? 0, -1);
});

test('what happened to an order is found in the events of the past, although its place is used again', () => {
  const cell = pumpLine(4n);
  cell.runUntil(hours(10));
  expect(listOf(cell).some(({ number }) => number === 12)).toBe(false);
  const story = happenings(cell, 0, hours(10)).filter(
    ({ event, value }) => event.startsWith('Orders.') && value === 12,
  );
  expect(story.map(({ event }) => event)).toEqual(['Orders.OrderReleased', 'Orders.OrderStarted', 'Orders.OrderDone']);
});

test('earliest due date is less late than first in, first out, on the same orders', () => {
  let [fifo, edd] = [0, 0];
  for (const seed of [1n, 2n, 3n]) {
    const cell = pumpLine(seed);
    cell.runUntil(hours(1));
    const other = cell.fork();
    other.command({ target: 'Orders.Dispatching.Rule', value: 'edd' });
    for (const each of [cell, other]) each.runUntil(hours(60));
    fifo += cell.read('Orders.Done.Tardiness');
    edd += other.read('Orders.Done.Tardiness');
  }
  expect(edd).toBeLessThan(0.7 * fifo);
});
