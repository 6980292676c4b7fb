import {
  AggregateConfiguration,
  AggregateFunction,
  type ClientSession,
  type DataValue,
  DataType,
  HistoryReadRequest,
  type HistoryReadResult,
  ReadAtTimeDetails,
  ReadProcessedDetails,
  resolveNodeId,
  TimestampsToReturn,
} from 'node-opcua';
import { expect, test } from 'vitest';
import { lineNode, useOpcuaLine } from '#test/support/opcua-line.ts';

const line = useOpcuaLine(['p-anna', 'p-bo']);
const LOAD = 'ST03.Spindle.Load';

interface Asked {
  readonly startMs: number;
  readonly endMs: number;
  readonly intervalMs: number;
  readonly nodes: readonly (readonly [path: string, aggregate: AggregateFunction | number, point?: Buffer])[];
  readonly rules?: ConstructorParameters<typeof AggregateConfiguration>[0];
}

async function ask(session: ClientSession, { startMs, endMs, intervalMs, nodes, rules }: Asked) {
  const details = new ReadProcessedDetails({
    startTime: new Date(startMs),
    endTime: new Date(endMs),
    processingInterval: intervalMs,
    aggregateType: nodes.map(([, aggregate]) => resolveNodeId(`i=${aggregate}`)),
    aggregateConfiguration: new AggregateConfiguration(rules ?? { useServerCapabilitiesDefaults: true }),
  });
  const { results } = await session.historyRead(
    new HistoryReadRequest({
      historyReadDetails: details,
      timestampsToReturn: TimestampsToReturn.Source,
      nodesToRead: nodes.map(([path, , point]) => ({
        nodeId: lineNode(path),
        ...(point && { continuationPoint: point }),
      })),
    }),
  );
  return results ?? [];
}

const dataOf = ({ historyData }: HistoryReadResult): DataValue[] =>
  (historyData as { dataValues?: DataValue[] } | null)?.dataValues ?? [];

/** The raw samples of one signal with their plant instants, oldest first. */
async function raw(name: string, fromMs: number, toMs: number): Promise<(readonly [ms: number, value: number])[]> {
  const cell = line().cells[name];
  const us = (ms: number) => Math.round((ms - cell.anchorMs) * 1000);
  const { columns } = await cell.history({ signals: [LOAD], fromUs: us(fromMs), toUs: us(toMs) }, name);
  return columns[0].tUs.map((t, n) => [cell.epochMs(t), columns[0].values[n]] as const);
}

const window = (name = 'p-anna') => {
  const cell = line().cells[name];
  const endMs = Math.floor((cell.epochMs(cell.clock.simUs) - 60_000) / 60_000) * 60_000;
  return { startMs: endMs - 600_000, endMs };
};

test('aggregates of a minute are what follows from the raw samples of the own cell', async () => {
  const { connect } = line();
  for (const name of ['p-anna', 'p-bo']) {
    const session = await connect(name);
    const { startMs, endMs } = window(name);
    const { Average, Minimum, Maximum, Count, Delta } = AggregateFunction;
    const nodes = [Average, Minimum, Maximum, Count, Delta].map((each) => [LOAD, each] as const);
    const answers = (await ask(session, { startMs, endMs, intervalMs: 60_000, nodes })).map(dataOf);
    expect(answers.map((each) => each.length)).toEqual([10, 10, 10, 10, 10]);
    const samples = (await raw(name, startMs - 60_000, endMs)).slice(1);
    for (let k = 0; k < 10; k++) {
      const [fromMs, toMs] = [startMs + k * 60_000, startMs + (k + 1) * 60_000];
      const values = samples.filter(([ms]) => ms >= fromMs && ms < toMs).map(([, value]) => value);
      const [average, least, most, count, delta] = answers.map((each) => each[k]);
      expect(count.value).toMatchObject({ dataType: DataType.Int32, value: values.length });
      expect(average.sourceTimestamp?.getTime()).toBe(fromMs);
      if (values.length === 0) {
        expect([average, least].map(({ statusCode }) => statusCode.name)).toEqual(['BadNoData', 'BadNoData']);
        continue;
      }
      expect(average.value.value).toBeCloseTo(values.reduce((a, b) => a + b) / values.length, 9);
      expect(average.statusCode.value).toBe(0x401);
      expect([least.value.value, most.value.value]).toEqual([Math.min(...values), Math.max(...values)]);
      expect(delta.value.value).toBeCloseTo((values.at(-1) ?? 0) - values[0], 9);
    }
  }
});

test('one bad aggregate, signal or configuration is the failure of its node alone', async () => {
  const session = await line().connect('p-anna');
  const { Average, Count } = AggregateFunction;
  const asked = { ...window(), intervalMs: 0 };
  const results = await ask(session, {
    ...asked,
    nodes: [
      [LOAD, Average],
      [LOAD, 2351],
      ['ST99.Nothing', Average],
      ['ST03.Door.Closed', Average],
      ['ST03.Door.Closed', Count],
    ],
  });
  expect(results.map(({ statusCode }) => statusCode.name)).toEqual([
    'Good',
    'BadAggregateNotSupported',
    'BadNodeIdUnknown',
    'BadAggregateNotSupported',
    'Good',
  ]);
  expect(dataOf(results[0])).toHaveLength(1);
  const impossible = { useServerCapabilitiesDefaults: false, percentDataGood: 10, percentDataBad: 20 };
  const [refused] = await ask(session, { ...asked, nodes: [[LOAD, Average]], rules: impossible });
  expect(refused.statusCode.name).toBe('BadAggregateInvalidInputs');
  const [instant] = await ask(session, { ...asked, endMs: asked.startMs, nodes: [[LOAD, Average]] });
  expect(instant.statusCode.name).toBe('BadInvalidTimestampArgument');
});

test('an interval that is cut short, or goes on past the present, is marked partial; one beyond it has no data', async () => {
  const { connect, cells } = line();
  const session = await connect('p-anna');
  const { startMs } = window();
  const { TimeAverage } = AggregateFunction;
  const [cut] = await ask(session, {
    startMs,
    endMs: startMs + 90_000,
    intervalMs: 60_000,
    nodes: [[LOAD, TimeAverage]],
  });
  expect(dataOf(cut).map(({ statusCode }) => statusCode.value)).toEqual([0x401, 0x405]);
  const presentMs = cells['p-anna'].epochMs(cells['p-anna'].clock.simUs);
  const [late] = await ask(session, {
    startMs: presentMs - 30_000,
    endMs: presentMs + 90_000,
    intervalMs: 60_000,
    nodes: [[LOAD, TimeAverage]],
  });
  expect(dataOf(late).map(({ statusCode }) => statusCode.name)).toEqual([
    expect.stringContaining('HistorianPartial'),
    'BadNoData',
  ]);
});

test('a long read goes on from its continuation point, and time may run backwards', async () => {
  const session = await line().connect('p-anna');
  const { endMs } = window();
  const startMs = endMs - 1500_000;
  const { Interpolative, Maximum } = AggregateFunction;
  const read = async (from: number, to: number, aggregate: AggregateFunction) => {
    const all: DataValue[] = [];
    let point: Buffer | undefined;
    do {
      const [page]: HistoryReadResult[] = await ask(session, {
        ...{ startMs: from, endMs: to, intervalMs: 1000 },
        nodes: [point ? [LOAD, aggregate, point] : [LOAD, aggregate]],
      });
      expect(page.statusCode.name).toBe('Good');
      all.push(...dataOf(page));
      point = page.continuationPoint?.length ? page.continuationPoint : undefined;
    } while (point);
    return all;
  };
  const instants = await read(startMs, endMs, Interpolative);
  expect(instants).toHaveLength(1500);
  const back = await read(endMs - 1000, startMs - 1000, Interpolative);
  expect(back.map(({ value }) => value.value as number).reverse()).toEqual(
    instants.map(({ value }) => value.value as number),
  );
  expect(back[0].sourceTimestamp?.getTime()).toBe(endMs - 1000);
  const samples = await raw('p-anna', startMs - 600_000, endMs);
  const held = instants.map(
    ({ sourceTimestamp }) => samples.filter(([ms]) => ms <= (sourceTimestamp?.getTime() ?? 0)).at(-1)?.[1],
  );
  expect(instants.map(({ value }) => value.value as number)).toEqual(held);
  expect(await read(startMs, endMs, Maximum)).toHaveLength(1500);
});

test('ReadAtTime gives the value that held at each instant, raw where there is one, in the order asked', async () => {
  const session = await line().connect('p-anna');
  const { startMs, endMs } = window();
  const samples = (await raw('p-anna', startMs - 60_000, endMs)).filter(([ms]) => ms >= startMs);
  const [ms, value] = samples[samples.length >> 1];
  const exact = Math.floor(ms) === ms;
  const { results } = await session.historyRead(
    new HistoryReadRequest({
      historyReadDetails: new ReadAtTimeDetails({ reqTimes: [new Date(endMs + 3600_000), new Date(Math.ceil(ms))] }),
      timestampsToReturn: TimestampsToReturn.Source,
      nodesToRead: [{ nodeId: lineNode(LOAD) }, { nodeId: lineNode('ST03.Nothing') }],
    }),
  );
  const [late, found] = dataOf((results ?? [])[0]);
  expect(late.statusCode.name).toBe('BadNoData');
  expect(found.value.value).toBe(value);
  expect(found.statusCode.value).toBe(exact ? 0 : 0x402);
  expect((results ?? [])[1].statusCode.name).toBe('BadNodeIdUnknown');
});
