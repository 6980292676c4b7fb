import {
  DataValue,
  HistoryData,
  HistoryReadResult,
  type HistoryReadRequest,
  type HistoryReadValueId,
  ReadAtTimeDetails,
  ReadProcessedDetails,
  ReadRawModifiedDetails,
  type StatusCode,
  StatusCodes,
  TimestampsToReturn,
} from 'node-opcua';
import { AppError } from '#server/errors.ts';
import type { Sample } from '#simulator/cell/sample.ts';
import { historyFetch } from './history-fetch.ts';
import { type LineVariable, lineId } from './line-node.ts';
import { MOST_INSTANTS, type PlannedProcessed, planProcessed, readAtTime, readProcessed } from './processed-read.ts';
import { type Fetch, type MissingBound, planRead, type RawRead, readPage } from './raw-read.ts';
import { sampleReading } from './reading.ts';
import type { Visit } from './visit.ts';

const failed = (statusCode: StatusCode): HistoryReadResult => new HistoryReadResult({ statusCode });

/**
 * HistoryRead of raw and processed values and of values at given times (OPC 10000-11, 6.5), recomputed from the log of
 * the cell.
 */
export async function readHistory(visit: Visit, request: HistoryReadRequest): Promise<HistoryReadResult[]> {
  const nodes = request.nodesToRead ?? [];
  const { historyReadDetails: details, timestampsToReturn } = request;
  if (request.releaseContinuationPoints) {
    return nodes.map(({ continuationPoint: point }) => {
      const isReleased = point?.length && (visit.cursors.take(point) ?? visit.eventCursors.take(point));
      return failed(isReleased ? StatusCodes.Good : StatusCodes.BadContinuationPointInvalid);
    });
  }
  if (details instanceof ReadProcessedDetails) return processed(visit, nodes, details);
  if (details instanceof ReadAtTimeDetails) return atTime(visit, nodes, details);
  if (!(details instanceof ReadRawModifiedDetails) || details.isReadModified) {
    return nodes.map(() => failed(StatusCodes.BadHistoryOperationUnsupported));
  }
  const nowUs = visit.cell.advance();
  const fetch = historyFetch(visit.cell, visit.participant);
  const plans = nodes.map((node) => plan(visit, node, details, nowUs));
  recordReads(visit, nodes, plans);
  return Promise.all(
    plans.map(async (read) =>
      'path' in read ? answer(visit, read, fetch, nowUs, timestampsToReturn) : failed(read.status),
    ),
  );
}

/** What stands in the way of a node's history being read; else the path of its signal. */
function signalOf(
  visit: Visit,
  { nodeId, indexRange, dataEncoding }: HistoryReadValueId,
): string | { status: StatusCode } {
  const node = visit.view.find(lineId(nodeId) ?? '');
  if (!node) return { status: StatusCodes.BadNodeIdUnknown };
  if (!indexRange.isEmpty()) {
    return { status: indexRange.isValid() ? StatusCodes.BadIndexRangeNoData : StatusCodes.BadIndexRangeInvalid };
  }
  if (dataEncoding.name) return { status: StatusCodes.BadDataEncodingInvalid };
  return hasHistory(node) ? node.signal : { status: StatusCodes.BadHistoryOperationUnsupported };
}

/** One bad aggregate is the failure of its node alone. */
async function processed(
  visit: Visit,
  nodes: readonly HistoryReadValueId[],
  details: ReadProcessedDetails,
): Promise<HistoryReadResult[]> {
  if (details.aggregateType?.length !== nodes.length) {
    return nodes.map(() => failed(StatusCodes.BadAggregateListMismatch));
  }
  visit.cell.advance();
  const [startUs, endUs] = [plantUs(visit, details.startTime), plantUs(visit, details.endTime)];
  const plans = nodes.map((node, place): PlannedProcessed => {
    const path = signalOf(visit, node);
    if (typeof path !== 'string') return path;
    const { continuationPoint } = node;
    if (!continuationPoint?.length) return planProcessed(visit, path, place, details, startUs, endUs);
    const read = visit.cursors.take(continuationPoint);
    const isSame = read && 'aggregate' in read && read.path === path;
    return isSame ? read : { status: StatusCodes.BadContinuationPointInvalid };
  });
  const reads = plans.filter((each) => 'path' in each);
  recordReads(
    visit,
    nodes,
    plans.map((each) => ('path' in each ? { ...each, ...windowOf(each.startUs, each.endUs) } : each)),
  );
  return withinLimits(visit, 'aggregates of history', nodes.length, async () => {
    const results = await readProcessed(visit, reads);
    return plans.map((each) => ('path' in each ? (results.get(each) ?? failed(StatusCodes.Bad)) : failed(each.status)));
  });
}

async function atTime(
  visit: Visit,
  nodes: readonly HistoryReadValueId[],
  details: ReadAtTimeDetails,
): Promise<HistoryReadResult[]> {
  visit.cell.advance();
  const found = nodes.map((node) => signalOf(visit, node));
  const paths = found.filter((each) => typeof each === 'string');
  const times = details.reqTimes ?? [];
  const asked = times.length > MOST_INSTANTS ? [] : times.flatMap((time) => plantUs(visit, time) ?? []);
  const window = windowOf(Math.min(...asked), Math.max(...asked));
  if (asked.length > 0)
    recordReads(
      visit,
      nodes,
      found.map((path) => (typeof path === 'string' ? { path, ...window } : path)),
    );
  return withinLimits(visit, 'history at given times', nodes.length, async () => {
    const results = await readAtTime(visit, paths, details, (time) => plantUs(visit, time));
    return found.map((each) =>
      typeof each === 'string' ? (results.shift() ?? failed(StatusCodes.Bad)) : failed(each.status),
    );
  });
}

const windowOf = (a: number, b: number) => ({ fromUs: Math.max(0, Math.min(a, b)), toUs: Math.max(0, a, b) });

/** A worker that has too much to do refuses the whole request, and the visit can ask why. */
async function withinLimits(
  visit: Visit,
  what: string,
  count: number,
  read: () => Promise<HistoryReadResult[]>,
): Promise<HistoryReadResult[]> {
  try {
    return await read();
  } catch (error) {
    const statusCode = refusedAs(visit, what, error);
    return Array.from({ length: count }, () => failed(statusCode));
  }
}

function refusedAs(visit: Visit, what: string, error: unknown): StatusCode {
  if (!(error instanceof AppError)) throw error;
  visit.refused(what, `${error.message} ${error.hint}`);
  if (error.status === 403) return StatusCodes.BadUserAccessDenied;
  return error.status === 429 ? StatusCodes.BadTooManyOperations : StatusCodes.BadResourceUnavailable;
}

function plan(
  visit: Visit,
  node: HistoryReadValueId,
  { startTime, endTime, numValuesPerNode, returnBounds }: ReadRawModifiedDetails,
  nowUs: number,
): RawRead | { status: StatusCode } {
  const path = signalOf(visit, node);
  if (typeof path !== 'string') return path;
  const { continuationPoint } = node;
  if (continuationPoint?.length) {
    const read = visit.cursors.take(continuationPoint);
    const isSame = read && !('aggregate' in read) && read.path === path;
    return isSame ? read : { status: StatusCodes.BadContinuationPointInvalid };
  }
  const startUs = plantUs(visit, startTime);
  const endUs = plantUs(visit, endTime);
  const question = {
    path,
    values: numValuesPerNode,
    bounds: returnBounds,
    ...(startUs === undefined ? {} : { startUs }),
    ...(endUs === undefined ? {} : { endUs }),
  };
  return planRead(question, nowUs) ?? { status: StatusCodes.BadHistoryOperationInvalid };
}

const hasHistory = (node: { kind: string }): node is LineVariable & { signal: string } =>
  node.kind === 'variable' && (node as LineVariable).hasHistory === true;

async function answer(
  visit: Visit,
  read: RawRead,
  fetch: Fetch,
  nowUs: number,
  timestamps: TimestampsToReturn,
): Promise<HistoryReadResult> {
  try {
    const { samples, rest } = await readPage(read, fetch, nowUs);
    if (samples.length === 0) return failed(StatusCodes.GoodNoData);
    const { type } = visit.view.signal(read.path);
    const dataValues = samples.map((sample) => stamped(visit, type, sample, timestamps));
    return new HistoryReadResult({
      statusCode: StatusCodes.Good,
      historyData: new HistoryData({ dataValues }),
      ...(rest ? { continuationPoint: visit.cursors.keep(rest) } : {}),
    });
  } catch (error) {
    return failed(refusedAs(visit, `history of ${read.path}`, error));
  }
}

type Shown = Parameters<typeof sampleReading>[0];

function stamped(
  { cell }: Visit,
  type: Shown,
  sample: Sample | MissingBound,
  timestamps: TimestampsToReturn,
): DataValue {
  const made =
    'tUs' in sample ? sampleReading(type, sample, (tUs) => cell.epochMs(tUs)) : missing(cell.epochMs(sample.missingUs));
  made.serverTimestamp = made.sourceTimestamp;
  made.serverPicoseconds = made.sourcePicoseconds;
  if (timestamps === TimestampsToReturn.Source) made.serverTimestamp = null;
  if (timestamps === TimestampsToReturn.Server) made.sourceTimestamp = null;
  return made;
}

const missing = (ms: number): DataValue =>
  new DataValue({ statusCode: StatusCodes.BadBoundNotFound, sourceTimestamp: new Date(ms) });

type Window = Pick<RawRead, 'path' | 'fromUs' | 'toUs'>;

function recordReads(visit: Visit, nodes: readonly HistoryReadValueId[], plans: readonly object[]): void {
  const begun = plans.filter((each, n): each is Window => 'path' in each && !nodes[n].continuationPoint?.length);
  if (begun.length === 0) return;
  const { participant, client } = visit.who;
  const [{ fromUs, toUs }] = begun;
  visit.cell.record({
    kind: 'history.read',
    participant,
    client,
    via: 'opcua',
    signals: begun.map(({ path }) => path),
    fromUs,
    toUs,
  });
}

/** OPC UA's zero, 1601, stands for no time at all. The library hangs what a Date cannot hold on it, in picoseconds. */
export function plantUs({ cell }: Visit, time: (Date & { picoseconds?: number }) | null): number | undefined {
  if (!time || time.getTime() <= Date.UTC(1601, 0, 1)) return undefined;
  return Math.round((time.getTime() - cell.epochMs(0)) * 1000 + (time.picoseconds ?? 0) / 1e6);
}
