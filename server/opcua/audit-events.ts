import { randomBytes } from 'node:crypto';
import {
  AttributeIds,
  type CallMethodRequest,
  type CallMethodResultOptions,
  DataType,
  type NodeId,
  type StatusCode,
  type Variant,
  type WriteValue,
} from 'node-opcua';
import type { Actor, CommandRequest, CommandResult } from '#contract/command.ts';
import { conditionMethod } from './alarm-methods.ts';
import type { EventTypeName } from './event-types.ts';
import { lineId, type Outcome } from './line-node.ts';
import {
  boolean,
  date,
  eventIdOf,
  type FieldValue,
  lineNodeId,
  nodeIdValue,
  nothing,
  type PlantEvent,
  string,
  valueVariant,
  variants,
  words,
} from './plant-event.ts';
import { scalar } from './reading.ts';
import { SERVER_NODE } from './refresh-event.ts';
import type { Visit } from './visit.ts';
import { writeNode } from './write-node.ts';

const entryIds = new WeakMap<object, string>();

/** Remembers under which entry of its own audit log a client asks for something (OPC 10000-4, 7.33). */
export function noteAuditEntry(operations: readonly object[], auditEntryId: string | null): void {
  if (auditEntryId) for (const operation of operations) entryIds.set(operation, auditEntryId);
}

/** A write, told to all sessions of the cell with the value before and after (OPC 10000-5, 6.4.9). */
export async function auditedWrite(visit: Visit, request: WriteValue): Promise<Outcome> {
  const node = visit.view.find(lineId(request.nodeId) ?? '');
  const isValue = AttributeIds[request.attributeId] === 'Value';
  const before = node?.kind === 'variable' && isValue ? node.read(visit).value : nothing();
  const outcome = await writeNode(visit, request);
  const name = nameOf(visit, request.nodeId);
  const { attributeId, indexRange } = request;
  visit.tellCell(
    audit(visit, request, outcome.status, {
      type: 'AuditWriteUpdateEventType',
      source: request.nodeId,
      sourceName: 'Attribute/Write',
      message: words(`${visit.participant} wrote ${name}`, `${visit.participant} skrev ${name}`),
      fields: [
        ['AttributeId', scalar(DataType.UInt32, attributeId)],
        ['IndexRange', string(indexRange && !indexRange.isEmpty() ? indexRange.toString() : '')],
        ['OldValue', before],
        ['NewValue', request.value.value ?? nothing()],
      ],
    }),
  );
  return outcome;
}

/** A call, told to all sessions of the cell (OPC 10000-5, 6.4.28). */
export function auditCall(visit: Visit, request: CallMethodRequest, result: CallMethodResultOptions): void {
  const { objectId, methodId, inputArguments } = request;
  const name = calledName(visit, request);
  const status = result.statusCode as StatusCode;
  visit.tellCell(
    audit(visit, request, status, {
      type: 'AuditUpdateMethodEventType',
      source: objectId,
      sourceName: 'Attribute/Call',
      message: words(`${visit.participant} called ${name}`, `${visit.participant} anropade ${name}`),
      fields: [
        ['MethodId', nodeIdValue(methodId)],
        ['InputArguments', variants(inputArguments ?? [])],
        ['OutputArguments', variants((result.outputArguments ?? []) as Variant[])],
      ],
    }),
  );
}

/** A session of a participant was activated; told to their own sessions only (OPC 10000-5, 6.4.7). */
export function activationEvent(visit: Visit): PlantEvent {
  const { participant, session, entrance } = visit;
  return audit(visit, {}, undefined, {
    type: 'AuditActivateSessionEventType',
    source: SERVER_NODE,
    sourceName: 'Session/ActivateSession',
    message: words(`A session of ${participant} was activated`, `En session för ${participant} aktiverades`),
    fields: [
      ['SessionId', nodeIdValue(session.nodeId)],
      ['SecureChannelId', string(`${entrance.policy} ${entrance.mode}`)],
    ],
  });
}

interface What {
  readonly type: EventTypeName;
  readonly source: NodeId;
  readonly sourceName: string;
  readonly message: PlantEvent['message'];
  readonly fields: readonly [string, FieldValue][];
}

function audit(visit: Visit, request: object, status: StatusCode | undefined, what: What): PlantEvent {
  const { type, source, sourceName, message, fields } = what;
  const nowMs = visit.now();
  const isGood = status?.isGood() ?? true;
  return {
    ...{ type, source, sourceName, stations: [], isOfServer: true, timeMs: visit.nowMs(), receivedMs: nowMs },
    eventId: randomBytes(16),
    severity: isGood ? 200 : 600,
    message: isGood ? message : words(`${message.en}: ${status?.name}`, `${message.sv}: ${status?.name}`),
    fields: new Map<string, FieldValue>([
      ['ActionTimeStamp', date(nowMs)],
      ['Status', boolean(isGood)],
      ...(status ? ([['StatusCodeId', scalar(DataType.StatusCode, status)]] satisfies [string, FieldValue][]) : []),
      ['ServerId', string('urn:verkstad')],
      ['ClientAuditEntryId', string(entryIds.get(request) ?? '')],
      ['ClientUserId', string(visit.participant)],
      ...fields,
    ]),
  };
}

/** A command that came through another door: no audit entry of OPC UA, but told too. */
export function commandEvent(
  { cell, now }: Visit,
  order: CommandRequest,
  by: Actor,
  result: CommandResult,
): PlantEvent {
  const { target, value } = order;
  const station = target.split('.')[0];
  const isDone = result.status === 'done';
  return {
    type: 'CommandEventType',
    eventId: eventIdOf(cell.id, cell.clock.run, 'command', by.actor, order.id),
    source: lineNodeId(station),
    sourceName: station,
    stations: [station],
    timeMs: cell.epochMs(result.atUs),
    receivedMs: now(),
    severity: isDone ? 200 : 600,
    message: words(`${by.actor} commanded ${target} by ${by.via}`, `${by.actor} kommenderade ${target} via ${by.via}`),
    fields: new Map<string, FieldValue>([
      ['Target', string(target)],
      ['NewValue', valueVariant(value)],
      ['Actor', string(by.actor)],
      ['Via', string(by.via)],
      ['Outcome', string(isDone ? 'done' : (result.reason ?? result.status))],
    ]),
  };
}

const nameOf = (visit: Visit, nodeId: NodeId): string => visit.view.find(lineId(nodeId) ?? '')?.id ?? nodeId.toString();

/** The methods of conditions are no nodes of the line: `Alarms.SpindleHot.Acknowledge`, or `ConditionRefresh` of none. */
function calledName(visit: Visit, request: CallMethodRequest): string {
  const method = conditionMethod(request);
  if (!method) return nameOf(visit, request.methodId);
  const condition = lineId(request.objectId);
  return condition === undefined ? method : `${condition}.${method}`;
}
