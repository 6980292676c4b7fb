import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import type { ScenarioCommand } from '#simulator/cell/command-log.ts';
import { type Checkpoint, Checkpoints } from '#simulator/cell/checkpoints.ts';
import { createCell, resumeCell } from '#simulator/cell/create-cell.ts';
import { Model } from '#simulator/cell/model.ts';
import { Noise } from '#simulator/kernel/closed-form.ts';
import { Stream } from '#simulator/kernel/random.ts';
import { hours, minutes, seconds } from '#simulator/kernel/time.ts';
import { bytes, insist, lottery, modelOf, pumpLine } from './support.ts';

const END = hours(8);
const hold = { target: 'ST03.Hold' };
const unhold = { target: 'ST03.Unhold' };

function expectSame(a: Cell, b: Cell): void {
  expect(a.hash).toBe(b.hash);
  expect(bytes(a.snapshot()).equals(bytes(b.snapshot()))).toBe(true);
}

test('equal seeds give equal bytes, other seeds another history', () => {
  const [a, b, c] = [pumpLine(7n), pumpLine([0, 7]), pumpLine(8n)];
  for (const cell of [a, b, c]) cell.runUntil(END);
  expectSame(a, b);
  expect(c.hash).not.toBe(a.hash);
});

test('each half of a seed matters, for events and for noise', () => {
  const cells = [pumpLine([1, 1]), pumpLine([2, 1]), pumpLine([1, 2])];
  for (const cell of cells) cell.runUntil(END);
  expect(new Set(cells.map((cell) => cell.hash)).size).toBe(3);
  const noise = (cell: Cell) => cell.look(({ kernel }) => kernel.seeded.find((each) => each instanceof Noise)?.at(0));
  expect(new Set(cells.map(noise)).size).toBe(3);
});

test('no two streams of luck and no two noises of a line are the same', () => {
  const keys = pumpLine(1n).look(({ kernel }) =>
    kernel.seeded.flatMap((each) =>
      each instanceof Stream || each instanceof Noise ? `${each.keyA} ${each.keyB}` : [],
    ),
  );
  expect(keys.length).toBeGreaterThan(100);
  expect(new Set(keys).size).toBe(keys.length);
});

test('a run in one go, in slices of 100 ms, in slices of 10 s and with random reads are the same bytes', () => {
  const [whole, sliced, hurried, disturbed] = [7n, 7n, 7n, 7n].map((seed) => pumpLine(seed));
  const random = lottery(7);
  whole.runUntil(END);
  for (let t = 0; t <= END; t += seconds(0.1)) sliced.runUntil(t);
  for (let t = 0; t <= END; t += seconds(10)) hurried.runUntil(t);
  for (let t = 0; t < END;) {
    t = Math.min(END, t + 1 + Math.floor(random() * seconds(15)));
    disturbed.runUntil(t);
    for (let k = 0; k < 5; k++) disturbed.sample(Math.floor(random() * disturbed.model.signals.length));
    disturbed.motion();
    if (random() < 0.02) disturbed.past(Math.floor(random() * t)).readAll();
  }
  for (const other of [sliced, hurried, disturbed]) expectSame(other, whole);
});

test('cells of one model do not disturb each other', () => {
  const alone = [1n, 2n, 3n].map((seed) => pumpLine(seed));
  const mixed = [1n, 2n, 3n].map((seed) => pumpLine(seed));
  for (const cell of alone) cell.runUntil(END);
  for (let t = 0; t <= END; t += minutes(1)) for (const cell of mixed) cell.runUntil(t);
  mixed.forEach((cell, k) => expectSame(cell, alone[k]));
});

test('a restored snapshot and a fork go the same way as the original', () => {
  const cell = pumpLine(3n);
  cell.runUntil(hours(3));
  const snapshot = cell.snapshot();
  const fork = cell.fork();
  cell.runUntil(END);
  fork.runUntil(END);
  expectSame(fork, cell);
  const { hash } = cell;
  cell.restore(snapshot);
  expect(cell.now).toBe(hours(3));
  cell.runUntil(END);
  expect(cell.hash).toBe(hash);
});

test('a fork with a seed of its own shares the past and not the future, nor faults that have not begun', () => {
  const scenario: ScenarioCommand[] = [{ at: hours(1), target: 'ST03.time', value: 300 }];
  const cell = createCell(modelOf('pump-line'), { seed: 3n, scenario });
  cell.runUntil(minutes(50));
  const fork = cell.fork({ seed: 99n, foresee: false });
  for (const each of [cell, fork]) each.runUntil(END);
  expect(fork.hash).not.toBe(cell.hash);
  expect(fork.past(minutes(40)).hash).toBe(cell.past(minutes(40)).hash);
  expect(fork.past(hours(4)).hash).not.toBe(cell.past(hours(4)).hash);
  const takenUp = (each: Cell) => each.look(({ kernel }) => kernel.clock.scenario);
  expect([takenUp(cell), takenUp(fork)]).toEqual([1, 0]);
});

test('seed, scenario and log are the whole history, from any checkpoint, and nothing is applied twice', () => {
  const scenario = [
    { at: hours(2), target: 'ST09.Hold' },
    { at: hours(2) + seconds(40), target: 'ST09.Unhold' },
    { at: hours(5), target: 'ST05.time', value: 90 },
  ];
  const creation = { seed: 6n, scenario, set: { 'ST03.time': 40 } };
  const cell = createCell(modelOf('pump-line'), creation);
  const checkpoints = [cell.checkpoint()];
  for (const [at, order] of [
    [minutes(61), hold],
    [minutes(65), unhold],
    [hours(3), hold],
    [hours(3) + seconds(10), unhold],
  ] as const) {
    cell.runUntil(at);
    insist(cell, { ...order, id: `c-${at}`, actor: 'p-1', via: 'http' });
    checkpoints.push(cell.checkpoint());
  }
  cell.runUntil(END);
  expect(cell.log.toJSON().map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  for (const checkpoint of [undefined, ...checkpoints]) {
    const again = resumeCell(modelOf('pump-line'), { ...creation, log: cell.log.toJSON(), checkpoint });
    again.runUntil(END);
    expectSame(again, cell);
    expect(again.past(minutes(63)).hash).toBe(cell.past(minutes(63)).hash);
  }
});

test('a cell that keeps no past lives the same life, goes on from a checkpoint, and says that its past is not there', () => {
  const model = pumpLine(7n).model;
  const lean = createCell(model, { seed: 7n, keepsPast: false });
  lean.runUntil(END);
  const whole = pumpLine(7n);
  whole.runUntil(END);
  expectSame(lean, whole);
  expect(() => lean.past(END)).toThrow('No checkpoint');
  const resumed = resumeCell(model, { seed: 7n, keepsPast: false, log: [], checkpoint: lean.checkpoint() });
  for (const cell of [resumed, whole]) cell.runUntil(2 * END);
  expectSame(resumed, whole);
  expect(() => resumed.past(2 * END)).toThrow('No checkpoint');
});

test('a checkpoint of another engine or definition is not used', () => {
  const cell = pumpLine(6n);
  cell.runUntil(hours(1));
  const foreign = { ...cell.checkpoint(), definitionHash: '0' };
  const again = resumeCell(cell.model, { seed: 6n, log: [], checkpoint: foreign });
  expect(again.now).toBe(0);
  again.runUntil(hours(1));
  expectSame(again, cell);
});

test('a command moves the present on by a microsecond, so that no sample that was read before changes', () => {
  const cell = pumpLine(6n);
  cell.runUntil(hours(1));
  const { at, seq } = cell.command({ target: 'ST03.time', value: 50 });
  expect([at, seq]).toEqual([hours(1) + 1, 1]);
  expect(cell.now).toBe(at);
  cell.runUntil(hours(1)); // already past: nothing happens
  expect(cell.now).toBe(at);
});

test('a refused command is not logged and changes nothing but the present', () => {
  const [cell, calm] = [pumpLine(6n), pumpLine(6n)];
  cell.runUntil(hours(1));
  expect(() => cell.command({ target: 'ST03.Hild' })).toThrow(/no command "ST03.Hild".*ST03.Hold/);
  expect(() => cell.command(unhold)).toThrow(/ST03/);
  expect(cell.log.length).toBe(0);
  for (const each of [cell, calm]) each.runUntil(END);
  expectSame(cell, calm);
});

test('a cell that is touched from inside an event says so', () => {
  const [cell, other] = [pumpLine(1n), pumpLine(2n)];
  cell.listener = () => other.now;
  expect(() => cell.runUntil(END)).toThrow(/from inside an event/);
});

test('of the checkpoints of each hour those of every eighth stay, the first and the newest', () => {
  const at = (h: number): Checkpoint => ({
    ...{ modelVersion: 1, definitionHash: '', tUs: hours(h), snapshot: new ArrayBuffer(0) },
  });
  const checkpoints = new Checkpoints([at(0)]);
  for (let h = 1; h <= 27; h++) {
    expect(checkpoints.dueUs).toBe(hours(h));
    checkpoints.keep(at(h));
  }
  const inHours = (all: readonly Checkpoint[]) => all.map(({ tUs }) => tUs / hours(1));
  expect(inHours(checkpoints.all)).toEqual([0, 8, 16, 24, 27]);
  expect(inHours([7.9, 8, 26, 27, 30].map((h) => checkpoints.before(hours(h))))).toEqual([0, 8, 24, 27, 27]);
  expect(inHours(checkpoints.copyUntil(hours(20)).all)).toEqual([0, 8, 16]);
});

test('whatever full hour it has passed, a cell is found again as it was', () => {
  const cell = pumpLine(2n);
  cell.runUntil(hours(27.5));
  const { hash } = cell;
  for (const t of [0, hours(8), hours(16.2), hours(27)]) expect(cell.past(t).now).toBe(t);
  expect(cell.fork().past(hours(27.5)).hash).toBe(hash);
});

test('a cell in which nothing ever happens grows older all the same', () => {
  const cell = createCell(new Model({ parts: 1, stations: { Exit: { type: 'sink' } } }), { seed: 1n });
  cell.runUntil(minutes(5));
  expect([cell.now, cell.events, cell.nextUs]).toEqual([minutes(5), 0, Infinity]);
});

test('a cell that ran past a full hour and was put back has the same past and the same future', () => {
  const [straight, back] = [pumpLine(9n), pumpLine(9n)];
  for (const cell of [straight, back]) cell.runUntil(hours(3.5));
  const here = back.snapshot();
  back.runUntil(hours(4.2));
  back.restore(here);
  for (const cell of [straight, back]) cell.runUntil(hours(3.7));
  expectSame(straight, back);
  for (const t of [hours(1), hours(3.2), hours(3.6)]) expectSame(straight.past(t), back.past(t));
});

test('a cell that was put back and goes another way has the past of that way', () => {
  const [straight, back] = [pumpLine(9n), pumpLine(9n)];
  for (const cell of [straight, back]) cell.runUntil(hours(3.5));
  const here = back.snapshot();
  insist(back, hold);
  back.runUntil(hours(8.2));
  back.restore(here);
  expect(back.log.length).toBe(0);
  for (const cell of [straight, back]) cell.runUntil(hours(9.1));
  for (const t of [hours(4.1), hours(8.1), hours(8.9)]) expectSame(straight.past(t), back.past(t));
});
