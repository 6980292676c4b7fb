import {
  DataValue,
  HistoryData,
  HistoryReadResult,
  type HistoryReadRequest,
  type HistoryReadValueId,
  ReadRawModifiedDetails,
  type StatusCode,
  StatusCodes,
  TimestampsToReturn,
} from 'node-opcua';
import { AppError } from '#server/errors.ts';
import type { Sample } from '#simulator/cell/sample.ts';
import { historyFetch } from './history-fetch.ts';
import { type LineVariable, lineId } from './line-node.ts';
import { type Fetch, type MissingBound, planRead, type RawRead, readPage } from './raw-read.ts';
import { sampleReading } from './reading.ts';
import type { Visit } from './visit.ts';

const failed = (statusCode: StatusCode): HistoryReadResult => new HistoryReadResult({ statusCode });

/** HistoryRead of raw values (OPC 10000-11 clause 6.5.3), recomputed from the log of the cell. */
export async function readHistory(visit: Visit, request: HistoryReadRequest): Promise<HistoryReadResult[]> {
  const nodes = request.nodesToRead ?? [];
  const { historyReadDetails: details, timestampsToReturn } = request;
  if (request.releaseContinuationPoints) {
    for (const { continuationPoint } of nodes) if (continuationPoint?.length) visit.cursors.take(continuationPoint);
    return nodes.map(() => failed(StatusCodes.Good));
  }
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

function plan(
  visit: Visit,
  { nodeId, continuationPoint }: HistoryReadValueId,
  { startTime, endTime, numValuesPerNode, returnBounds }: ReadRawModifiedDetails,
  nowUs: number,
): RawRead | { status: StatusCode } {
  const node = visit.view.find(lineId(nodeId) ?? '');
  if (!node) return { status: StatusCodes.BadNodeIdUnknown };
  if (!hasHistory(node)) return { status: StatusCodes.BadHistoryOperationUnsupported };
  if (continuationPoint?.length) {
    return visit.cursors.take(continuationPoint) ?? { status: StatusCodes.BadContinuationPointInvalid };
  }
  const startUs = plantUs(visit, startTime);
  const endUs = plantUs(visit, endTime);
  const question = {
    path: node.signal,
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
    if (!(error instanceof AppError)) throw error;
    visit.refused(`history of ${read.path}`, `${error.message} ${error.hint}`);
    return failed(error.status === 429 ? StatusCodes.BadTooManyOperations : StatusCodes.BadResourceUnavailable);
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

function recordReads(visit: Visit, nodes: HistoryReadValueId[], plans: readonly object[]): void {
  const begun = plans.filter((each, n): each is RawRead => 'path' in each && !nodes[n].continuationPoint?.length);
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
function plantUs({ cell }: Visit, time: (Date & { picoseconds?: number }) | null): number | undefined {
  if (!time || time.getTime() <= Date.UTC(1601, 0, 1)) return undefined;
  return Math.round((time.getTime() - cell.epochMs(0)) * 1000 + (time.picoseconds ?? 0) / 1e6);
}
