import {
  EventFilter,
  type ExtensionObject,
  HistoryReadResult,
  type HistoryReadRequest,
  type HistoryReadValueId,
  ReadEventDetails,
  type StatusCode,
  StatusCodes,
  validateContentFilter,
  type Variant,
} from 'node-opcua';
import type { Actor, CommandRequest } from '#contract/command.ts';
import type { Occurrence } from '#server/cells/occurrence.ts';
import { AppError } from '#server/errors.ts';
import { commandEvent } from './audit-events.ts';
import { isNotifier, isOfNotifier } from './event-feed.ts';
import { passes, selectFields } from './event-filter.ts';
import { eventOf } from './event-meanings.ts';
import type { EventRead } from './history-cursors.ts';
import { plantUs } from './history-read.ts';
import type { PlantEvent } from './plant-event.ts';
import type { Visit } from './visit.ts';

/** Events in one answer, whatever the client asks for. */
export const MOST_EVENTS = 1000;
/** Clauses of each kind in a filter, as many as the library takes of a monitored item. */
const MOST_CLAUSES = 1000;

const failed = (statusCode: StatusCode): HistoryReadResult => new HistoryReadResult({ statusCode });

export const isEventHistory = ({
  historyReadDetails: details,
  releaseContinuationPoints,
}: HistoryReadRequest): boolean => details instanceof ReadEventDetails && !releaseContinuationPoints;

/**
 * HistoryRead of events (OPC 10000-11, 6.5.2), lived again in a worker: the same events with the same ids as the
 * subscribers were told. Commands come from the log of the cell; audit entries from the journal, as far as it goes back.
 */
export async function readEventHistory(visit: Visit, request: HistoryReadRequest): Promise<HistoryReadResult[]> {
  const details = request.historyReadDetails as ReadEventDetails;
  const nowUs = visit.cell.advance();
  const results: HistoryReadResult[] = [];
  for (const node of request.nodesToRead ?? []) results.push(await readNode(visit, node, details, nowUs));
  return results;
}

async function readNode(
  visit: Visit,
  node: HistoryReadValueId,
  details: ReadEventDetails,
  nowUs: number,
): Promise<HistoryReadResult> {
  const read = planRead(visit, node, details, nowUs);
  if (!('page' in read)) return failed(read.status);
  if (!node.continuationPoint?.length) {
    const { fromUs, toUs } = read;
    visit.record({ kind: 'opcua.events.read', notifier: node.nodeId.toString(), fromUs, toUs });
  }
  try {
    const { events, rest } = await readPage(visit, node, read);
    if (events.length === 0 && !rest) return failed(StatusCodes.GoodNoData);
    const fields = events.map((event) => selectFields(read.filter, event, visit.language));
    return new HistoryReadResult({
      statusCode: StatusCodes.Good,
      historyData: historyEvent(visit, fields),
      ...(rest && { continuationPoint: visit.eventCursors.keep(rest) }),
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    visit.refused(`events of ${node.nodeId.toString()}`, `${error.message} ${error.hint}`);
    return failed(error.status === 429 ? StatusCodes.BadTooManyOperations : StatusCodes.BadResourceUnavailable);
  }
}

function planRead(
  visit: Visit,
  { nodeId, continuationPoint }: HistoryReadValueId,
  { startTime, endTime, numValuesPerNode, filter }: ReadEventDetails,
  nowUs: number,
): EventRead | { status: StatusCode } {
  if (!isNotifier(visit, nodeId)) {
    const isKnown = nodeId.namespace === 0 || visit.view.find(String(nodeId.value)) !== undefined;
    return { status: isKnown ? StatusCodes.BadHistoryOperationUnsupported : StatusCodes.BadNodeIdUnknown };
  }
  const notifier = nodeId.toString();
  if (continuationPoint?.length) {
    const kept = visit.eventCursors.take(continuationPoint);
    return kept?.notifier === notifier ? kept : { status: StatusCodes.BadContinuationPointInvalid };
  }
  if (!(filter instanceof EventFilter) || !filter.selectClauses?.length)
    return { status: StatusCodes.BadEventFilterInvalid };
  if (Math.max(filter.selectClauses.length, filter.whereClause.elements?.length ?? 0) > MOST_CLAUSES)
    return { status: StatusCodes.BadEventFilterInvalid };
  const status = validateContentFilter(filter.whereClause);
  if (status.isNotGood()) return { status };
  const start = plantUs(visit, startTime);
  const end = plantUs(visit, endTime);
  const count = numValuesPerNode;
  // Two of start, end and count say what is meant (table 26).
  if (
    (start === undefined && end === undefined) ||
    ((start ?? end) !== undefined && count === 0 && (start === undefined || end === undefined))
  ) {
    return { status: StatusCodes.BadInvalidTimestampArgument };
  }
  const isBackward = start === undefined || (end !== undefined && end < start);
  const [first, last] = isBackward ? [end, start ?? end] : [start, end];
  const fromUs = Math.max(0, Math.ceil(isBackward ? (start === undefined ? 0 : (first ?? 0)) : (first ?? 0)));
  const toUs = Math.min(nowUs, Math.floor(last ?? nowUs));
  return { notifier, isBackward, fromUs, toUs, skip: 0, page: count, filter };
}

/** So much plant time is lived again at once when it goes backward. */
const STRETCH_US = 3_600_000_000;

async function readPage(
  visit: Visit,
  { nodeId }: HistoryReadValueId,
  read: EventRead,
): Promise<{ events: PlantEvent[]; rest?: EventRead }> {
  const most = Math.min(read.page || MOST_EVENTS, MOST_EVENTS);
  const { cell, participant, language } = visit;
  const line = cell.model.definition.topicPrefix;
  const receivedMs = (one: Occurrence): number => Math.floor(cell.epochMs(one.t));
  const events: { t: number; event: PlantEvent }[] = [];
  let { fromUs, toUs, skip } = read;
  while (fromUs <= toUs && events.length <= most + skip) {
    const request = read.isBackward ? { fromUs: Math.max(fromUs, toUs - STRETCH_US), toUs } : { fromUs, toUs };
    const { occurrences, untilUs } = await complete(visit, request, participant, read.isBackward);
    const lived = occurrences.flatMap((one) => {
      const event = eventOf(cell, line, one, receivedMs(one));
      return event ? [{ t: one.t, event }] : [];
    });
    const end = read.isBackward ? toUs : Math.min(untilUs, toUs);
    const found = [...lived, ...told(visit, request.fromUs, end)].sort((a, b) => a.t - b.t);
    for (const each of read.isBackward ? found.reverse() : found) {
      if (isOfNotifier(visit, nodeId, each.event) && passes(read.filter, each.event, language)) events.push(each);
    }
    if (read.isBackward) toUs = request.fromUs - 1;
    else fromUs = untilUs + 1;
  }
  const page = events.slice(skip, skip + most);
  const next = events.at(skip + most);
  if (!next) return { events: page.map(({ event }) => event) };
  // It goes on at an instant, less what was given of it already.
  skip = events.slice(0, skip + most).filter(({ t }) => t === next.t).length;
  const window = read.isBackward ? { toUs: next.t } : { fromUs: next.t };
  return { events: page.map(({ event }) => event), rest: { ...read, ...window, skip } };
}

/** What a plant does not tell when it is lived again: commands, and what only sessions were told. */
function told(visit: Visit, fromUs: number, toUs: number): { t: number; event: PlantEvent }[] {
  const { cell, participant, journal } = visit;
  const known = journal.between(cell, participant, fromUs, toUs);
  const ids = new Set(known.map(({ event }) => event.eventId.toString('hex')));
  const logged = cell.commandsBetween(fromUs, toUs).flatMap(({ at, id, target, value, actor, via }) => {
    if (via === 'opcua') return [];
    const order = { id, target, value: value as CommandRequest['value'] } as CommandRequest;
    const event = commandEvent(visit, order, { actor, via } as Actor, { id, atUs: at, status: 'done' });
    return ids.has(event.eventId.toString('hex')) ? [] : [{ t: at, event }];
  });
  return [...known, ...logged].sort((a, b) => a.t - b.t);
}

/** Backward all of a stretch is needed before the first of it can be told. */
async function complete(
  { cell }: Visit,
  request: { fromUs: number; toUs: number },
  participant: string,
  isWhole: boolean,
) {
  const first = await cell.occurrences(request, participant);
  const occurrences = [...first.occurrences];
  let { untilUs } = first;
  while (isWhole && untilUs < request.toUs) {
    const more = await cell.occurrences({ fromUs: untilUs + 1, toUs: request.toUs }, participant);
    for (const one of more.occurrences) occurrences.push(one);
    if (more.untilUs <= untilUs) break;
    untilUs = more.untilUs;
  }
  return { occurrences, untilUs };
}

/** The library exports the class as a type only. */
function historyEvent({ session }: Visit, events: readonly (readonly Variant[])[]): ExtensionObject {
  const addressSpace = session.parent?.addressSpace;
  const type = addressSpace?.findDataType('HistoryEvent');
  if (!addressSpace || !type) throw new Error('The library has no HistoryEvent.');
  return addressSpace.constructExtensionObject(type, { events: events.map((eventFields) => ({ eventFields })) });
}
