import {
  AggregateConfiguration,
  AggregateFunction,
  type ClientSession,
  DataValue,
  HistoryReadRequest,
  ReadProcessedDetails,
  ReadRawModifiedDetails,
  resolveNodeId,
  TimestampsToReturn,
} from 'node-opcua';
import type { PaneHistory, PaneHistoryRequest } from '#contract/opcua-pane-deeds.ts';
import { AppError } from '#server/errors.ts';
import { nodeIdOf } from './pane-node-id.ts';
import { valueText } from './pane-text.ts';

/** As many lines as a person may want to look at. */
const MOST_LINES = 500;

/** HistoryRead of one node, raw or by an aggregate (OPC 10000-11, 6.5.3 and 6.5.4; OPC 10000-13). */
export async function readHistory(session: ClientSession, asked: PaneHistoryRequest): Promise<PaneHistory> {
  const { kind, fromMs, toMs, intervalMs } = asked;
  if (!(fromMs < toMs))
    throw new AppError('bad_window', 'The end is not after the beginning.', 'Choose a later end.', 400);
  const nodeId = await nodeIdOf(session, asked.nodeId);
  const [startTime, endTime] = [new Date(fromMs), new Date(toMs)];
  const historyReadDetails =
    kind === 'Raw'
      ? new ReadRawModifiedDetails({
          startTime,
          endTime,
          numValuesPerNode: MOST_LINES,
          isReadModified: false,
          returnBounds: false,
        })
      : new ReadProcessedDetails({
          ...{ startTime, endTime, processingInterval: intervalMs },
          aggregateType: [resolveNodeId(`i=${AggregateFunction[kind]}`)],
          aggregateConfiguration: new AggregateConfiguration({ useServerCapabilitiesDefaults: true }),
        });
  const { results } = await session.historyRead(
    new HistoryReadRequest({
      historyReadDetails,
      timestampsToReturn: TimestampsToReturn.Source,
      nodesToRead: [{ nodeId }],
    }),
  );
  const [result] = results ?? [];
  const point = result?.continuationPoint;
  if (point?.length) await release(session, point, historyReadDetails, nodeId);
  const found = (result?.historyData as { dataValues?: DataValue[] } | null)?.dataValues ?? [];
  return {
    status: result?.statusCode.name ?? 'BadUnexpectedError',
    values: found.slice(0, MOST_LINES).map((read) => ({
      time: read.sourceTimestamp?.toISOString() ?? '',
      value: read.statusCode.isBad()
        ? ''
        : valueText(new DataValue({ value: read.value, statusCode: result.statusCode })),
      status: read.statusCode.name,
    })),
    isCut: (point?.length ?? 0) > 0 || found.length > MOST_LINES,
  };
}

/** What is not read on is given back. */
async function release(
  session: ClientSession,
  continuationPoint: Buffer,
  historyReadDetails: object,
  nodeId: object,
): Promise<void> {
  const request = { historyReadDetails, releaseContinuationPoints: true, nodesToRead: [{ nodeId, continuationPoint }] };
  await session.historyRead(new HistoryReadRequest(request as never));
}
