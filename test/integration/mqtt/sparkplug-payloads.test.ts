import { expect, test } from 'vitest';
import { DataType, encodePayload } from '#contract/sparkplug-payload.ts';
import { EdgeNode } from '#server/mqtt/sparkplug/edge-node.ts';
import { liveCellForTest } from '#test/support/live-cell-for-test.ts';
import { mqttLine, pass, settle } from '#test/support/mqtt-line.ts';
import { heardBy, type RawMetric, rawOf } from '#test/support/sparkplug-host.ts';

/** Basic data types of Sparkplug B 3.0, clause 6.4.16. */
const BASIC_TYPES = new Set(Object.values(DataType) as number[]);
const VALUES = ['intValue', 'longValue', 'floatValue', 'doubleValue', 'booleanValue', 'stringValue'];

const valuesOf = (metric: object): string[] => VALUES.filter((field) => Object.hasOwn(metric, field));

/** What a whole run of the line says, as Eclipse Tahu's library reads the bytes. */
async function run() {
  const line = await mqttLine(['p-ann']);
  const ann = await line.connect('p-ann');
  await ann.client.subscribeAsync('spBv1.0/#');
  await pass(line, 60_000);
  await settle(ann);
  const heard = heardBy(ann).map((one) => ({ ...one, raw: rawOf(one.bytes) }));
  const { model, clock, anchorMs } = line.cells['p-ann'];
  return { line, heard, model, beganMs: anchorMs, nowMs: anchorMs + clock.simUs / 1000 };
}

test('every metric of a run has what the standard asks of it: a type in births, a time, one value, a property for each key', async () => {
  const { heard, model } = await run();
  const births = heard.filter(({ kind }) => kind.endsWith('BIRTH'));
  const data = heard.filter(({ kind }) => kind.endsWith('DATA'));
  expect(births.flatMap(({ raw }) => raw.metrics).length).toBeGreaterThan(model.signals.length);
  expect(data.length).toBeGreaterThan(50);
  const check = ({ name, alias, timestamp, datatype, properties, isNull, ...rest }: RawMetric, isBirth: boolean) => {
    const isControl = name === 'bdSeq' || name === 'Node Control/Rebirth';
    expect(typeof name).toBe(isBirth ? 'string' : 'undefined');
    expect(Number(alias ?? 0) > 0).toBe(!isControl);
    expect(Number(timestamp)).toBeGreaterThan(0);
    if (isBirth) expect(BASIC_TYPES).toContain(datatype);
    else expect(datatype).toBeUndefined();
    expect(valuesOf(rest)).toHaveLength(isNull === true ? 0 : 1);
    expect(properties?.keys?.length).toBe(properties?.values?.length);
    for (const value of properties?.values ?? []) {
      expect(BASIC_TYPES).toContain(value.type);
      expect(valuesOf(value)).toHaveLength(1);
    }
  };
  for (const { raw } of births) for (const metric of raw.metrics) check(metric, true);
  for (const { raw } of data) for (const metric of raw.metrics) check(metric, false);
  const aliases = births.flatMap(({ raw }) => raw.metrics.flatMap(({ alias }) => (alias ? [Number(alias)] : [])));
  expect(new Set(aliases).size).toBe(aliases.length);
});

test('the metrics of a message are in the order of their times, and no two names of a device differ by case alone', async () => {
  const { heard } = await run();
  for (const { raw, kind, device } of heard) {
    const times = raw.metrics.map(({ timestamp }) => Number(timestamp));
    expect([kind, device, times]).toEqual([kind, device, [...times].sort((a, b) => a - b)]);
    if (!kind.endsWith('BIRTH')) continue;
    const names = raw.metrics.map(({ name }) => name?.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
  }
});

test('data are sent by exception: a metric is told again only if it says something else', async () => {
  const { heard } = await run();
  const told = new Map<number, string>();
  let compared = 0;
  for (const { metrics } of heard) {
    for (const { alias, value, properties } of metrics) {
      if (alias === undefined || alias === null) continue;
      // A good quality goes without saying in data.
      const quality = (properties?.Quality?.value ?? 192) as number;
      const said = `${String(value)} ${String(quality)}`;
      if (told.has(Number(alias))) compared += 1;
      expect([Number(alias), told.get(Number(alias))]).not.toEqual([Number(alias), said]);
      told.set(Number(alias), said);
    }
  }
  expect(compared).toBeGreaterThan(500);
});

test('the time of a message is that of the plant when it is sent, in UTC and never before its metrics', async () => {
  const { heard, beganMs, nowMs } = await run();
  let last = beganMs;
  for (const { raw } of heard) {
    const sentMs = Number(raw.timestamp);
    expect(sentMs).toBeGreaterThanOrEqual(last);
    expect(sentMs).toBeLessThanOrEqual(nowMs);
    for (const { timestamp } of raw.metrics) expect(Number(timestamp)).toBeLessThanOrEqual(sentMs);
    last = sentMs;
  }
});

test('a value that is none is told as null, without a value', () => {
  const metric = { name: 'Level', alias: 3, timestampMs: 1000, type: DataType.Double, value: null } as const;
  for (const isBirth of [true, false]) {
    const [read] = rawOf(encodePayload({ timestampMs: 1000, seq: 0, metrics: [metric] }, isBirth)).metrics;
    expect([read.isNull, valuesOf(read)]).toEqual([true, []]);
  }
});

test('bdSeq counts the runs of a line from 0 through 255 and on from 0, in births and deaths alike', () => {
  const { cell } = liveCellForTest({ id: 'c-1', seed: 7 });
  const told = [1, 2, 256, 257].map((run) => {
    const payloads: Uint8Array[] = [];
    const inRun = Object.create(cell, { clock: { value: { ...cell.clock, run } } }) as typeof cell;
    const edge = new EdgeNode({ cell: inRun, publish: (_topic, payload) => void payloads.push(payload) });
    edge.birth();
    edge.die();
    return [payloads[0], payloads.at(-1)!].map((payload) => {
      return Number(rawOf(payload).metrics.find(({ name }) => name === 'bdSeq')?.longValue);
    });
  });
  expect(told).toEqual([
    [0, 0],
    [1, 1],
    [255, 255],
    [0, 0],
  ]);
});
