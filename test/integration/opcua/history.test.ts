import type { NumericRange } from 'node-opcua';
import {
  type ClientSession,
  type DataValue,
  type HistoryReadResult,
  ReadRawModifiedDetails,
  HistoryReadRequest,
  TimestampsToReturn,
} from 'node-opcua';
import { expect, test } from 'vitest';
import { blankRange } from '#test/support/opcua-ask.ts';
import { lineNode, useOpcuaLine } from '#test/support/opcua-line.ts';

const line = useOpcuaLine(['p-anna', 'p-bo']);
const SIGNAL = 'ST03.Spindle.Load';

interface Asked {
  readonly startMs?: number;
  readonly endMs?: number;
  readonly values?: number;
  readonly bounds?: boolean;
  readonly point?: Buffer;
  readonly release?: boolean;
  readonly path?: string;
  readonly indexRange?: NumericRange;
}

/** One HistoryRead request, as it stands in the standard; a time that is left out is OPC UA's zero. */
async function ask(session: ClientSession, asked: Asked): Promise<HistoryReadResult> {
  const { startMs, endMs, values = 0, bounds = false, point, release = false, path = SIGNAL, indexRange } = asked;
  const time = (ms: number | undefined) => (ms === undefined ? new Date(Date.UTC(1601, 0, 1)) : new Date(ms));
  const request = new HistoryReadRequest({
    historyReadDetails: new ReadRawModifiedDetails({
      isReadModified: false,
      startTime: time(startMs),
      endTime: time(endMs),
      numValuesPerNode: values,
      returnBounds: bounds,
    }),
    timestampsToReturn: TimestampsToReturn.Both,
    releaseContinuationPoints: release,
    nodesToRead: [
      { nodeId: lineNode(path), ...(point && { continuationPoint: point }), ...(indexRange && { indexRange }) },
    ],
  });
  const { results } = await session.historyRead(request);
  if (!results) throw new Error('No results.');
  return results[0];
}

const shown = ({ historyData }: HistoryReadResult): string[] =>
  ((historyData as { dataValues?: DataValue[] } | null)?.dataValues ?? []).map(
    ({ sourceTimestamp, value, statusCode }) =>
      `${sourceTimestamp?.getTime()} ${statusCode.isGood() ? value.value : statusCode.name}`,
  );

async function truth(name: string, fromMs: number, toMs: number): Promise<string[]> {
  const cell = line().cells[name];
  const us = (ms: number) => Math.round((ms - cell.anchorMs) * 1000);
  const { columns } = await cell.history({ signals: [SIGNAL], fromUs: us(fromMs), toUs: us(toMs) }, name);
  return columns[0].tUs.map((t, n) => `${Math.floor(cell.epochMs(t))} ${columns[0].values[n]}`);
}

test('raw history is what was recomputed, of the own cell, whatever the size of the page', async () => {
  const { connect, cells } = line();
  const endMs = cells['p-anna'].epochMs(cells['p-anna'].clock.simUs) - 60_000;
  const startMs = endMs - 600_000;
  for (const name of ['p-anna', 'p-bo']) {
    const session = await connect(name);
    const all = shown(await ask(session, { startMs, endMs }));
    expect(all.length).toBeGreaterThan(100);
    expect(all).toEqual((await truth(name, startMs - 0.001, endMs - 0.001)).slice(1));
    const paged: string[] = [];
    let point: Buffer | undefined;
    do {
      const page = await ask(session, { startMs, endMs, values: 37, ...(point && { point }) });
      expect(shown(page).length).toBeLessThanOrEqual(37);
      paged.push(...shown(page));
      point = page.continuationPoint?.length ? page.continuationPoint : undefined;
    } while (point);
    expect(paged).toEqual(all);
    expect(shown(await ask(session, { startMs: endMs, endMs: startMs }))).toEqual(
      (await truth(name, startMs, endMs)).slice(1).reverse(),
    );
  }
});

test('two of start, end and number are enough, in the directions of OPC 10000-11', async () => {
  const { connect, cells } = line();
  const session = await connect('p-anna');
  const endMs = cells['p-anna'].epochMs(cells['p-anna'].clock.simUs) - 60_000;
  const startMs = endMs - 300_000;
  const all = await truth('p-anna', startMs - 1, cells['p-anna'].epochMs(cells['p-anna'].clock.simUs));
  const after = all.slice(1);
  expect(shown(await ask(session, { startMs, values: 5 }))).toEqual(after.slice(0, 5));
  const before = all.filter((each) => Number(each.split(' ')[0]) <= endMs).reverse();
  expect(shown(await ask(session, { endMs, values: 5 }))).toEqual(before.slice(0, 5));
  expect((await ask(session, { startMs })).statusCode.name).toBe('BadHistoryOperationInvalid');
  expect((await ask(session, {})).statusCode.name).toBe('BadHistoryOperationInvalid');
});

test('bounding values frame the interval, and a missing one is named', async () => {
  const { connect, cells } = line();
  const session = await connect('p-anna');
  const [first, second, third] = (
    await truth('p-anna', cells['p-anna'].anchorMs + 600_000, cells['p-anna'].anchorMs + 700_000)
  ).slice(1);
  const at = (each: string) => Number(each.split(' ')[0]);
  const inside = { startMs: at(first) + 1, endMs: at(third) - 1 };
  expect(shown(await ask(session, inside))).toEqual([second]);
  expect(shown(await ask(session, { ...inside, bounds: true }))).toEqual([first, second, third]);
  expect(shown(await ask(session, { startMs: inside.endMs, endMs: inside.startMs, bounds: true }))).toEqual([
    third,
    second,
    first,
  ]);
  const early = await ask(session, {
    startMs: cells['p-anna'].anchorMs - 5000,
    endMs: cells['p-anna'].anchorMs - 1000,
    bounds: true,
  });
  expect(shown(early)[0]).toBe(`${cells['p-anna'].anchorMs - 5000} BadBoundNotFound`);
});

test('an interval without values, an unknown point and other kinds of history have their own answers', async () => {
  const { connect, cells } = line();
  const session = await connect('p-anna');
  const { anchorMs } = cells['p-anna'];
  expect((await ask(session, { startMs: anchorMs - 9000, endMs: anchorMs - 5000 })).statusCode.name).toBe('GoodNoData');
  expect((await ask(session, { point: Buffer.alloc(8), values: 1, startMs: anchorMs })).statusCode.name).toBe(
    'BadContinuationPointInvalid',
  );
  expect((await ask(session, { path: 'Clock.Run', values: 1, startMs: anchorMs })).statusCode.name).toBe(
    'BadHistoryOperationUnsupported',
  );
  const request = new HistoryReadRequest({
    historyReadDetails: new ReadRawModifiedDetails({
      isReadModified: true,
      startTime: new Date(),
      endTime: new Date(),
    }),
    nodesToRead: [{ nodeId: lineNode(SIGNAL) }],
  });
  expect((await session.historyRead(request)).results?.[0].statusCode.name).toBe('BadHistoryOperationUnsupported');
  const page = await ask(session, { startMs: anchorMs, endMs: anchorMs + 900_000, values: 3 });
  await ask(session, { point: page.continuationPoint, release: true });
  expect((await ask(session, { point: page.continuationPoint, values: 3 })).statusCode.name).toBe(
    'BadContinuationPointInvalid',
  );
});

test('evidence holds one entry for a read, however many pages it takes', async () => {
  const { connect, cells, evidence } = line();
  const session = await connect('p-bo');
  const begin = evidence['p-bo'].length;
  const startMs = cells['p-bo'].anchorMs + 600_000;
  const page = await ask(session, { startMs, endMs: startMs + 100_000, values: 5 });
  await ask(session, { startMs, endMs: startMs + 100_000, values: 5, point: page.continuationPoint });
  const entries = evidence['p-bo'].slice(begin).filter(({ kind }) => kind === 'history.read');
  expect(entries).toMatchObject([
    { via: 'opcua', client: 'own', participant: 'p-bo', signals: [SIGNAL], fromUs: 600e6, toUs: 700e6 - 1 },
  ]);
});

test('an index range of no characters asks for the whole history, as clients of Python do', async () => {
  const { connect, cells } = line();
  const session = await connect('p-anna');
  const endMs = cells['p-anna'].epochMs(cells['p-anna'].clock.simUs) - 60_000;
  const whole = shown(await ask(session, { startMs: endMs - 60_000, endMs }));
  expect(whole.length).toBeGreaterThan(10);
  expect(shown(await ask(session, { startMs: endMs - 60_000, endMs, indexRange: blankRange() }))).toEqual(whole);
});
