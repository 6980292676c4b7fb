import {
  HistoryReadRequest,
  ReadAtTimeDetails,
  ReadEventDetails,
  ReadProcessedDetails,
  ReadRawModifiedDetails,
  TimestampsToReturn,
} from 'node-opcua';
import { filterOf } from '#test/support/opcua-events.ts';
import { lineNode } from '#test/support/opcua-line.ts';
import type { Cases } from './cases.ts';

const LOAD = lineNode('ST03.Spindle.Load');

/** A request for history, of the spindle unless it names others. */
export const historyOf = (details: object | null, nodes: object[] = [{ nodeId: LOAD }], more: object = {}) =>
  new HistoryReadRequest({
    historyReadDetails: details as never,
    nodesToRead: nodes,
    timestampsToReturn: TimestampsToReturn.Both,
    ...more,
  });

/** Two values of a minute that ended a minute ago; there are more. */
export const rawHistory = (nowMs: number): ReadRawModifiedDetails =>
  new ReadRawModifiedDetails({ ...minuteBefore(nowMs), numValuesPerNode: 2 });

const minuteBefore = (nowMs: number) => ({ startTime: new Date(nowMs - 120_000), endTime: new Date(nowMs - 60_000) });

/** History that cannot be read; `cursor` is the continuation point of another session. */
export function badHistory(nowMs: number, cursor: Buffer): Cases {
  const { startTime, endTime } = minuteBefore(nowMs);
  const raw = rawHistory(nowMs);
  const processed = (more: object) =>
    new ReadProcessedDetails({ startTime, endTime, processingInterval: 10_000, aggregateType: ['i=2342'], ...more });
  const events = (more: object) =>
    new ReadEventDetails({ startTime, endTime, numValuesPerNode: 5, filter: filterOf([]), ...more });
  const server = [{ nodeId: 'i=2253' }];

  return {
    'of nothing': [historyOf(raw, []), 'BadNothingToDo'],
    'without details': [historyOf(null), 'BadHistoryOperationUnsupported'],
    'of too many nodes': [
      historyOf(
        raw,
        Array.from({ length: 51 }, () => ({ nodeId: LOAD })),
      ),
      'BadTooManyOperations',
    ],
    'with the continuation point of another': [
      historyOf(raw, [{ nodeId: LOAD, continuationPoint: cursor }]),
      'BadContinuationPointInvalid',
    ],
    'release the continuation point of another': [
      historyOf(raw, [{ nodeId: LOAD, continuationPoint: cursor }], {
        releaseContinuationPoints: true,
      }),
      'BadContinuationPointInvalid',
    ],
    'of what has none': [historyOf(raw, [{ nodeId: lineNode('ST03') }]), 'BadHistoryOperationUnsupported'],
    'of a part': [historyOf(raw, [{ nodeId: LOAD, indexRange: '0:1' }]), 'BadIndexRangeNoData'],
    'of a part that is none': [historyOf(raw, [{ nodeId: LOAD, indexRange: '3:1' }]), 'BadIndexRangeInvalid'],
    'in an encoding that is none': [
      historyOf(raw, [{ nodeId: LOAD, dataEncoding: { name: 'Default Nothing' } }]),
      'BadDataEncodingInvalid',
    ],
    'with times that are none': [
      historyOf(raw, undefined, { timestampsToReturn: TimestampsToReturn.Invalid }),
      'BadTimestampsToReturnInvalid',
    ],
    'an aggregate that nobody knows': [historyOf(processed({ aggregateType: ['i=1'] })), 'BadAggregateNotSupported'],
    'more aggregates than nodes': [
      historyOf(processed({ aggregateType: ['i=2342', 'i=2342'] })),
      'BadAggregateListMismatch',
    ],
    'a negative interval': [historyOf(processed({ processingInterval: -5 })), 'BadAggregateInvalidInputs'],
    'no time between': [historyOf(processed({ endTime: startTime })), 'BadAggregateInvalidInputs'],
    'at no time': [historyOf(new ReadAtTimeDetails({ reqTimes: [] })), 'BadNothingToDo'],
    'at too many times': [
      historyOf(new ReadAtTimeDetails({ reqTimes: Array.from({ length: 200_000 }, (_, n) => new Date(nowMs - n)) })),
      'BadTooManyOperations',
    ],
    'events without fields': [historyOf(events({ filter: { selectClauses: [] } }), server), 'BadEventFilterInvalid'],
    'events without an end': [
      historyOf(events({ startTime: new Date(0), endTime: null, numValuesPerNode: 0 }), server),
      'BadInvalidTimestampArgument',
    ],
    'events of what tells none': [historyOf(events({}), [{ nodeId: LOAD }]), 'BadHistoryOperationUnsupported'],
    'events of too many': [
      historyOf(
        events({}),
        Array.from({ length: 60 }, () => server[0]),
      ),
      'BadTooManyOperations',
    ],
  };
}
