import { expect, onTestFinished, test, vi } from 'vitest';
import type { LocalCell } from '#server/cells/local-cell.ts';
import { Broadcast } from '#server/mqtt/broadcast.ts';
import { mqttLine, pass, seenAll, settle, until } from '#test/support/mqtt-line.ts';

/** Counts what is computed of a cell. */
function count(cell: LocalCell): () => number {
  const spies = [vi.spyOn(cell, 'sample'), vi.spyOn(cell, 'version'), vi.spyOn(cell, 'motion')];
  return () => spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
}

test('a hundred cells without clients have no broker, no listener and nothing computed', async () => {
  const names = Array.from({ length: 100 }, (_, k) => `p-${k}`);
  const line = await mqttLine(names);
  const counts = names.map((name) => count(line.cells[name]));
  await pass(line, 2000);
  expect(line.door.brokers).toBe(0);
  expect(names.some((name) => line.cells[name].isListenedTo)).toBe(false);
  expect(counts.map((counted) => counted())).toEqual(names.map(() => 0));
});

test('a client that subscribes nothing, or nothing of the line, costs no computation', async () => {
  const line = await mqttLine(['p-ann']);
  const ann = await line.connect('p-ann');
  await ann.client.subscribeAsync(['lab/#', 'spBv1.0/lab/#', 'spBv1.0/STATE/#', `${line.prefix}/rsp/+`]);
  const counted = count(line.cells['p-ann']);
  await pass(line, 10_000);
  expect(counted()).toBe(0);
});

test('only what is subscribed is computed', async () => {
  const line = await mqttLine(['p-ann']);
  const ann = await line.connect('p-ann');
  const cell = line.cells['p-ann'];
  await ann.client.subscribeAsync(`${line.prefix}/ST03/Spindle/Load`);
  await settle(ann);
  const samples = vi.spyOn(cell, 'sample');
  await pass(line, 10_000);
  const index = cell.model.indexOf('ST03.Spindle.Load');
  expect(new Set(samples.mock.calls.map(([signal]) => signal))).toEqual(new Set([index]));
  await ann.client.unsubscribeAsync(`${line.prefix}/ST03/Spindle/Load`);
  samples.mockClear();
  await pass(line, 10_000);
  expect(samples).not.toHaveBeenCalled();
});

test('between two messages of the stations nothing is looked at, and what all of them say then is sent together', async () => {
  const line = await mqttLine(['p-ann']);
  const ann = await line.connect('p-ann');
  const { stations } = line.cells['p-ann'].model;
  await ann.client.subscribeAsync(stations.map(({ id }) => `${line.prefix}/${id}`));
  await settle(ann);
  const turns = vi.spyOn(Broadcast.prototype, 'together');
  const messages = vi.spyOn(Broadcast.prototype, 'send');
  onTestFinished(() => {
    turns.mockRestore();
    messages.mockRestore();
  });
  await pass(line, 10_000);
  expect(turns.mock.calls.length).toBeGreaterThanOrEqual(19);
  expect(turns.mock.calls.length).toBeLessThanOrEqual(21);
  expect(messages.mock.calls.length).toBeGreaterThan(5 * turns.mock.calls.length);
});

test('the broker is gone when the last client is, and the cell may rest', async () => {
  const line = await mqttLine(['p-ann']);
  const ann = await line.connect('p-ann');
  await ann.client.subscribeAsync('#');
  await seenAll(ann);
  expect([line.door.brokers, line.cells['p-ann'].isListenedTo]).toEqual([1, true]);
  await ann.client.endAsync();
  await until(() => expect([line.door.brokers, line.cells['p-ann'].isListenedTo]).toEqual([0, false]));
});
