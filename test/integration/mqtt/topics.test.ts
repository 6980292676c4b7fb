import { expect, test, vi } from 'vitest';
import type { ClockState } from '#contract/clock.ts';
import { LimitsMessage, SignalMessage, StationMessage } from '#contract/mqtt-messages.ts';
import type { Model } from '#simulator/cell/model.ts';
import { mqttLine, pass, race, seenAll, settle, until } from '#test/support/mqtt-line.ts';

/** A signal that has another value every second. */
const moving = (model: Model) => model.signals[model.indexOf('Line.Parts.TotalTime')];
const topicOf = (prefix: string, path: string) => `${prefix}/${path.replaceAll('.', '/')}`;

test('a new subscriber gets the present value at once, retained, and then each new one', async () => {
  const line = await mqttLine(['p-ann']);
  const cell = line.cells['p-ann'];
  const { path, index, unit } = moving(cell.model);
  const topic = topicOf(line.prefix, path);
  const { client, got, json } = await line.connect('p-ann');
  await client.subscribeAsync(topic);
  await until(() => expect(got).toHaveLength(1));
  expect(got[0]).toMatchObject({ topic, retain: true, qos: 0 });
  expect(SignalMessage.parse(json(topic))).toMatchObject({ v: cell.sample(index).value, u: unit, q: 'Good' });
  await pass(line, 20_000);
  await until(() => expect(json(topic)).toMatchObject({ v: cell.sample(index).value }));
  expect(got.length).toBeGreaterThan(2);
  expect(got.slice(1).every(({ retain }) => !retain)).toBe(true);
});

test('the time of a value is the plant time of its sample', async () => {
  const line = await mqttLine(['p-ann']);
  const cell = line.cells['p-ann'];
  const { path, index } = moving(cell.model);
  const { client, json } = await line.connect('p-ann');
  await client.subscribeAsync(topicOf(line.prefix, path));
  await until(() => expect(json(topicOf(line.prefix, path))).toBeDefined());
  const { t } = SignalMessage.parse(json(topicOf(line.prefix, path)));
  expect(Date.parse(t)).toBe(Math.floor(cell.epochMs(cell.sample(index).tUs)));
});

test('a Boolean signal is true or false', async () => {
  const line = await mqttLine(['p-ann']);
  const { signals } = line.cells['p-ann'].model;
  const flag = signals.find(({ type }) => type === 'Boolean');
  if (!flag) return;
  const { client, json } = await line.connect('p-ann');
  await client.subscribeAsync(topicOf(line.prefix, flag.path));
  await until(() => expect(json(topicOf(line.prefix, flag.path))?.v).toBeTypeOf('boolean'));
});

test('a station message has all signals of the station and comes at most twice a second', async () => {
  const line = await mqttLine(['p-ann']);
  const cell = line.cells['p-ann'];
  const topic = `${line.prefix}/ST03`;
  const { client, got, json } = await line.connect('p-ann');
  await client.subscribeAsync(topic);
  await until(() => expect(got).toHaveLength(1));
  const paths = cell.model.signals.flatMap(({ path, station }) => (station === 'ST03' ? [path.slice(5)] : []));
  const first = StationMessage.parse(json(topic));
  expect(Object.keys(first.values)).toEqual(paths);
  await pass(line, 10_000, 100);
  await until(() => expect(got.length).toBeGreaterThan(5));
  expect(got.length).toBeLessThanOrEqual(1 + 20);
  const last = StationMessage.parse(json(topic));
  expect(Date.parse(last.t) - Date.parse(first.t)).toBeGreaterThan(8000);
});

test('a wildcard gets every signal once and then changes, at a rate that is announced', async () => {
  const line = await mqttLine(['p-ann']);
  const { model } = line.cells['p-ann'];
  const { client, got, json } = await line.connect('p-ann');
  const signals = new Set(model.signals.map(({ path }) => topicOf(line.prefix, path)));
  await client.subscribeAsync('#');
  await until(() => expect(got.filter(({ topic }) => signals.has(topic))).toHaveLength(signals.size));
  expect(got.every(({ topic, retain }) => retain || topic.startsWith('spBv1.0/'))).toBe(true);
  await seenAll({ client, got, json });
  const { signalsPerSecond } = LimitsMessage.parse(json(`${line.prefix}/limits`));
  await race(line, 'p-ann');
  got.splice(0);
  await pass(line, 5000, 100);
  await settle({ client, got, json });
  const count = got.filter(({ topic }) => signals.has(topic)).length;
  expect(count).toBeGreaterThan(signalsPerSecond * 3);
  expect(count).toBeLessThanOrEqual(signalsPerSecond * 6);
  const turns = new Set(got.map(({ topic }) => topic));
  expect(turns.size).toBeGreaterThan(100);
});

test('signals asked for by name go before those that a wildcard sweeps up', async () => {
  const line = await mqttLine(['p-ann'], { limits: { signalsPerSecond: 20 } });
  const cell = line.cells['p-ann'];
  const { path } = moving(cell.model);
  const { client, got, json } = await line.connect('p-ann');
  await client.subscribeAsync(['#', topicOf(line.prefix, path)]);
  await seenAll({ client, got, json });
  await settle({ client, got, json });
  await race(line, 'p-ann');
  got.splice(0);
  await pass(line, 10_000, 100);
  await settle({ client, got, json });
  const named = got.filter(({ topic }) => topic === topicOf(line.prefix, path)).length;
  const most = Math.max(
    ...cell.model.signals
      .filter((signal) => signal.path !== path)
      .map((signal) => got.filter(({ topic }) => topic === topicOf(line.prefix, signal.path)).length),
  );
  expect(named).toBeGreaterThan(most);
});

test('the clock is told on change, every five seconds, and to whoever comes new', async () => {
  const line = await mqttLine(['p-ann']);
  const cell = line.cells['p-ann'];
  const { client, got, json } = await line.connect('p-ann');
  await client.subscribeAsync(`${line.prefix}/Clock/#`);
  await until(() => expect(got).toHaveLength(5));
  expect(json(`${line.prefix}/Clock`)).toEqual(cell.clock);
  expect(json(`${line.prefix}/Clock/Run`)).toMatchObject({ v: 1 });
  await cell.setSpeed({ speed: 10 }, { actor: 'p-ann', via: 'http' });
  await until(() => expect(json(`${line.prefix}/Clock/Speed`)).toMatchObject({ v: 10 }));
  expect(json(`${line.prefix}/Clock`)).toMatchObject({ speed: 10, paused: false } satisfies Partial<ClockState>);
  await cell.setSpeed({ paused: true }, { actor: 'p-ann', via: 'http' });
  await until(() => expect(json(`${line.prefix}/Clock/Paused`)).toMatchObject({ v: true }));
  await cell.setSpeed({ paused: false, speed: 1 }, { actor: 'p-ann', via: 'http' });
  await settle({ client, got, json });
  got.splice(0);
  await pass(line, 20_000, 100);
  await settle({ client, got, json });
  expect(got.filter(({ topic }) => topic === `${line.prefix}/Clock`)).toHaveLength(4);
  expect(got.filter(({ topic }) => topic.endsWith('SimTime')).length).toBeGreaterThanOrEqual(19);
});

test('what happens in the plant is an event, and is not retained', async () => {
  const line = await mqttLine(['p-ann']);
  const { client, got, json } = await line.connect('p-ann');
  await client.subscribeAsync(`${line.prefix}/events/#`);
  await settle({ client, got, json });
  expect(got).toEqual([]);
  const heard: string[] = [];
  line.cells['p-ann'].listen({ happened: ({ event }) => void heard.push(event) });
  await pass(line, 120_000);
  await settle({ client, got, json });
  expect(heard.length).toBeGreaterThan(3);
  expect(got.map(({ topic }) => topic.slice(`${line.prefix}/events/`.length).replaceAll('/', '.'))).toEqual(heard);
  expect(JSON.parse(got[0].text)).toMatchObject({ event: heard[0], value: expect.any(Number) as number });
});

test('what moves is told when it begins to move otherwise, with a snapshot for whoever comes new', async () => {
  const line = await mqttLine(['p-ann']);
  const cell = line.cells['p-ann'];
  let segments = [
    { id: 'C1', path: 'loop', s0: 0, v: 0.2, t0: cell.clock.simUs, t1: cell.clock.simUs + 5e6 },
    { id: 'C2', path: 'loop', s0: 3, v: 0, t0: 0, t1: 0, load: 'P1' },
  ];
  vi.spyOn(cell, 'motion').mockImplementation(() => segments);
  const { client, got, json } = await line.connect('p-ann');
  await client.subscribeAsync(`${line.prefix}/motion/#`);
  await until(() => expect(json(`${line.prefix}/motion/snapshot`)).toEqual(segments));
  await pass(line, 500, 100);
  await settle({ client, got, json });
  got.splice(0);
  segments = [{ ...segments[0], s0: 1, v: 0 }, segments[1]];
  await pass(line, 500, 100);
  await settle({ client, got, json });
  expect(got.map(({ topic, text }) => [topic, JSON.parse(text) as unknown])).toEqual([
    [`${line.prefix}/motion`, [segments[0]]],
  ]);
  segments = [segments[1]];
  await pass(line, 500, 100);
  await until(() => expect(json(`${line.prefix}/motion/snapshot`)).toEqual([segments[0]]));
});
