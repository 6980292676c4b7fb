import {
  DataType,
  DataValue,
  HistoryData,
  HistoryReadResult,
  type ReadAtTimeDetails,
  type ReadProcessedDetails,
  StatusCode,
  StatusCodes,
} from 'node-opcua';
import type { ProcessedRequest, ProcessedValue } from '#contract/processed.ts';
import type { Signal } from '#simulator/plant/signal.ts';
import {
  aggregateRules,
  findAggregate,
  pageOf,
  planIntervals,
  type ProcessedPage,
  type ProcessedRead,
  suits,
} from './processed-plan.ts';
import { atTheDoor, scalar, signalDataType } from './reading.ts';
import type { Visit } from './visit.ts';

/** Instants in one ReadAtTime. */
export const MOST_INSTANTS = 10_000;

/** Info bits of a status, OPC 10000-4 table 174. */
const INFO_OF_A_DATA_VALUE = 0x400;
const CALCULATED = 1;
const INTERPOLATED = 2;
const PARTIAL = 4;
const MULTI_VALUE = 16;

export type PlannedProcessed = ProcessedRead | { readonly status: StatusCode };

/** One node of a ReadProcessed (OPC 10000-11, 6.5.4): what is to be computed of it, or why nothing is. */
export function planProcessed(
  visit: Visit,
  path: string,
  place: number,
  { aggregateType, processingInterval, aggregateConfiguration }: ReadProcessedDetails,
  startUs: number | undefined,
  endUs: number | undefined,
): PlannedProcessed {
  const wanted = aggregateType?.[place];
  const aggregate = wanted && findAggregate(wanted);
  if (!aggregate || !suits(aggregate, visit.view.signal(path))) return { status: StatusCodes.BadAggregateNotSupported };
  const rules = aggregateRules(aggregateConfiguration);
  if (!rules) return { status: StatusCodes.BadAggregateInvalidInputs };
  const times = planIntervals(startUs, endUs, processingInterval);
  return 'status' in times ? times : { path, aggregate, rules, ...times };
}

/** The next page of each read. Reads of the same intervals share one replay. */
export async function readProcessed(
  visit: Visit,
  reads: readonly ProcessedRead[],
): Promise<Map<ProcessedRead, HistoryReadResult>> {
  const results = new Map<ProcessedRead, HistoryReadResult>();
  const groups = new Map<string, ProcessedRead[]>();
  for (const read of reads) {
    const key = [read.startUs, read.endUs, read.stepUs, read.next].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), read]);
  }
  for (const group of groups.values()) {
    const page = pageOf(group[0]);
    const columns = group.map(({ path: signal, aggregate, rules }) => ({ signal, aggregate, rules }));
    const computed = await compute(visit, { columns, edgesUs: page.edgesUs, anchor: page.anchor });
    group.forEach((read, n) => results.set(read, resultOf(visit, read, page, computed[n])));
  }
  return results;
}

async function compute(visit: Visit, request: ProcessedRequest): Promise<readonly (readonly ProcessedValue[])[]> {
  return (await visit.cell.processed(request, visit.participant)).columns;
}

function resultOf(
  visit: Visit,
  read: ProcessedRead,
  { stampsUs, anchor, isCut, rest }: ProcessedPage,
  values: readonly ProcessedValue[],
): HistoryReadResult {
  const inOrder = anchor === 'first' ? values : [...values].reverse();
  const isMarked = (n: number) => isCut && n === inOrder.length - 1 && read.aggregate !== 'Interpolative';
  const { type } = visit.view.signal(read.path);
  const dataValues = inOrder.map((value, n) =>
    stamped(visit, resultType(read, type), { ...value, isPartial: value.isPartial || isMarked(n) }, stampsUs[n]),
  );
  return new HistoryReadResult({
    statusCode: StatusCodes.Good,
    historyData: new HistoryData({ dataValues }),
    ...(rest !== undefined && { continuationPoint: visit.cursors.keep({ ...read, next: rest }) }),
  });
}

/** Data types of OPC 10000-13, 5.4.3: some aggregates are of the type of their source. */
function resultType({ aggregate }: ProcessedRead, type: Signal['type']): Signal['type'] {
  if (aggregate === 'Count') return 'Int32';
  return ['Minimum', 'Maximum', 'Range', 'Interpolative'].includes(aggregate) ? type : 'Double';
}

/** ReadAtTime (OPC 10000-11, 6.5.5): the value at each instant, in the order in which they were asked for. */
export async function readAtTime(
  visit: Visit,
  paths: readonly string[],
  { reqTimes }: ReadAtTimeDetails,
  plantUs: (time: Date) => number | undefined,
): Promise<HistoryReadResult[]> {
  const failed = (statusCode: StatusCode) => paths.map(() => new HistoryReadResult({ statusCode }));
  const asked = (reqTimes ?? []).map((time) => time && plantUs(time));
  if (asked.length === 0) return failed(StatusCodes.BadNothingToDo);
  if (asked.length > MOST_INSTANTS) return failed(StatusCodes.BadTooManyOperations);
  if (asked.includes(undefined) || asked.includes(null)) return failed(StatusCodes.BadInvalidTimestampArgument);
  const instants = [...new Set(asked as number[])].sort((a, b) => a - b);
  const rules = aggregateRules(null);
  if (!rules || paths.length === 0) return [];
  const columns = paths.map((signal) => ({ signal, aggregate: 'Interpolative' as const, rules }));
  const edgesUs = [...instants, (instants.at(-1) ?? 0) + 1];
  const computed = await compute(visit, { columns, edgesUs, anchor: 'first' });
  return paths.map((path, n) => {
    const byInstant = new Map(instants.map((tUs, k) => [tUs, computed[n][k]]));
    const { type } = visit.view.signal(path);
    const dataValues = (asked as number[]).map((tUs) =>
      stamped(visit, type, { ...(byInstant.get(tUs) as ProcessedValue), isPartial: false }, tUs),
    );
    return new HistoryReadResult({ statusCode: StatusCodes.Good, historyData: new HistoryData({ dataValues }) });
  });
}

/** An interval as a DataValue, with the aggregate bits of its status (OPC 10000-4, 7.39.1). */
function stamped(visit: Visit, type: Signal['type'], value: ProcessedValue, tUs: number): DataValue {
  const made = new DataValue(null);
  const time = new Date(Math.floor(visit.cell.epochMs(tUs)));
  made.sourceTimestamp = made.serverTimestamp = time;
  made.statusCode = statusOf(value);
  made.value =
    value.value === undefined || value.status.startsWith('Bad')
      ? scalar(DataType.Null, null)
      : scalar(signalDataType[type], atTheDoor(type, value.value));
  return made;
}

function statusOf({ status, source, isPartial, isMulti }: ProcessedValue): StatusCode {
  const base = StatusCodes[status];
  const bits =
    (source === 'calculated' ? CALCULATED : source === 'interpolated' ? INTERPOLATED : 0) |
    (isPartial ? PARTIAL : 0) |
    (isMulti ? MULTI_VALUE : 0);
  if (base === StatusCodes.BadNoData || bits === 0) return base;
  return StatusCode.makeStatusCode(base, INFO_OF_A_DATA_VALUE | bits);
}
