import {
  AttributeIds,
  type BrowseDescriptionOptions,
  type BrowseResult,
  type CallMethodRequest,
  type CallMethodResultOptions,
  type DataValue,
  type HistoryReadRequest,
  HistoryReadResult,
  type ISessionContext,
  NodeId,
  NodeIdType,
  type ReadRequestOptions,
  type ServerEngine,
  type StatusCode,
  StatusCodes,
  type WriteValue,
} from 'node-opcua';
import { callCondition, conditionMethod } from './alarm-methods.ts';
import { auditCall, auditedWrite } from './audit-events.ts';
import { withoutBlank } from './blank-values.ts';
import { isEventHistory, readEventHistory } from './event-history.ts';
import { TYPE_IDS } from './event-types.ts';
import { HISTORY_IDS } from './history-nodes.ts';
import { readHistory } from './history-read.ts';
import { LINE_NAMESPACE_INDEX } from './line-definition.ts';
import { lineId } from './line-node.ts';
import type { Visit } from './visit.ts';

/** What the library reads, writes and browses through, whatever the service. */
type Accessor = NonNullable<ServerEngine['addressSpaceAccessor']>;

export type FindVisit = (session: object | null | undefined) => Visit | undefined;

/** An id that no node has. */
const NOWHERE = new NodeId(NodeIdType.STRING, '', LINE_NAMESPACE_INDEX);

/** What belongs to no cell. */
const isCommon = (id: string): boolean => TYPE_IDS.has(id) || HISTORY_IDS.has(id);

/** What is not in the cell of a visit does not exist for it: its id is exchanged for one that no node has. */
export function seenBy(visit: Visit | undefined, nodeId: NodeId): NodeId {
  const id = lineId(nodeId);
  if (id !== undefined) return visit && (visit.view.find(id) || isCommon(id)) ? nodeId : NOWHERE;
  return nodeId.namespace === LINE_NAMESPACE_INDEX ? NOWHERE : nodeId;
}

/** The address space as each session sees it: the nodes of its own cell, with the values of its own cell. */
export function sessionView(stock: Accessor, findVisit: FindVisit): Accessor {
  const visitOf = (context: ISessionContext) => findVisit(context.session);
  return {
    async browse(context, nodes) {
      const visit = visitOf(context);
      for (const node of nodes) node.nodeId = seenBy(visit, node.nodeId as NodeId);
      const results = await stock.browse(context, nodes);
      results.forEach((result, n) => ownReferences(visit, nodes[n], result));
      return results;
    },

    async read(context: ISessionContext, request: ReadRequestOptions): Promise<DataValue[]> {
      const visit = visitOf(context);
      visit?.cell.advance();
      for (const node of request.nodesToRead ?? []) {
        node.nodeId = seenBy(visit, node.nodeId as NodeId);
        if (visit && node.attributeId === AttributeIds.Value) noteRead(visit, node.nodeId);
      }
      return (await stock.read(context, request)).map(withoutBlank);
    },

    async write(context: ISessionContext, nodes: WriteValue[]): Promise<StatusCode[]> {
      const visit = visitOf(context);
      if (!visit) return nodes.map(() => StatusCodes.BadUserAccessDenied);
      const statuses: StatusCode[] = [];
      for (const node of nodes) statuses.push((await auditedWrite(visit, node)).status);
      return statuses;
    },

    async call(context: ISessionContext, methods: CallMethodRequest[]): Promise<CallMethodResultOptions[]> {
      const visit = visitOf(context);
      const own = methods.map((method) =>
        visit && conditionMethod(method) ? callCondition(visit, method) : undefined,
      );
      const others = methods.filter((_, n) => own[n] === undefined);
      for (const method of others) {
        method.objectId = seenBy(visit, method.objectId);
        method.methodId = belongs(visit, method) ? seenBy(visit, method.methodId) : NOWHERE;
      }
      const results = others.length > 0 ? await stock.call(context, others) : [];
      const conditions = await Promise.all(own.map(async (mine) => mine));
      const all = conditions.map((mine) => mine ?? (results.shift() as CallMethodResultOptions));
      if (visit) all.forEach((result, n) => auditCall(visit, methods[n], result));
      return all;
    },

    async historyRead(context: ISessionContext, request: HistoryReadRequest): Promise<HistoryReadResult[]> {
      const visit = visitOf(context);
      if (visit && isEventHistory(request)) return readEventHistory(visit, request);
      if (visit) return readHistory(visit, request);
      const statusCode = StatusCodes.BadUserAccessDenied;
      return (request.nodesToRead ?? []).map(() => new HistoryReadResult({ statusCode }));
    },
  };
}

/** The library would call any method on any object. */
function belongs(visit: Visit | undefined, { objectId, methodId }: CallMethodRequest): boolean {
  const method = visit?.view.find(lineId(methodId) ?? '');
  return !method || !visit || visit.view.appearance(method).parent === lineId(objectId);
}

function ownReferences(visit: Visit | undefined, { nodeId }: BrowseDescriptionOptions, result: BrowseResult): void {
  if (result.statusCode.isNotGood()) return;
  visit?.record({ kind: 'opcua.browse', node: nameOf(nodeId as NodeId), count: 1 });
  result.references = (result.references ?? []).filter((reference) => {
    const id = lineId(reference.nodeId);
    if (id === undefined) return true;
    if (visit && isCommon(id)) return true;
    const node = visit?.view.find(id);
    if (!node || !visit) return false;
    if (reference.displayName.text) reference.displayName = visit.displayName(node);
    return true;
  });
}

function noteRead(visit: Visit, nodeId: NodeId): void {
  if (lineId(nodeId)) visit.record({ kind: 'opcua.read', signal: signalName(visit, nodeId), count: 1 });
}

/** The path of a signal; the node id of anything else. */
export function signalName(visit: Visit, nodeId: NodeId): string {
  const node = visit.view.find(lineId(nodeId) ?? '');
  const isSignal = node?.kind === 'variable' && node.signal === node.id;
  return isSignal ? node.id : nameOf(nodeId);
}

const nameOf = (nodeId: NodeId): string => nodeId.toString();
