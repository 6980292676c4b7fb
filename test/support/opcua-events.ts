import {
  AttributeIds,
  type CallMethodRequestOptions,
  type ClientSession,
  type ClientSubscription,
  coerceNodeId,
  constructEventFilter,
  ContentFilter,
  DataType,
  type EventFilter,
  FilterOperator,
  LiteralOperand,
  type LocalizedText,
  MethodIds,
  type NodeId,
  SimpleAttributeOperand,
  TimestampsToReturn,
  Variant,
  VariantArrayType,
} from 'node-opcua';
import { lineNode } from './opcua-line.ts';

export const SERVER = 'i=2253';
const CONDITION_TYPE = 'i=2782';

/** An event as a client got it: values by browse path with dots, `ConditionId` beside. */
export interface SeenEvent {
  readonly EventId: Buffer;
  readonly EventType: NodeId;
  readonly SourceNode: NodeId;
  readonly SourceName: string;
  readonly Time: Date;
  readonly Message: LocalizedText;
  readonly Severity: number;
  readonly ConditionId: NodeId | null;
  readonly Comment: LocalizedText;
  readonly MethodId: NodeId;
  readonly InputNode: NodeId;
  readonly InputArguments: readonly Variant[];
  readonly 'LimitState.CurrentState': LocalizedText;
  readonly 'ShelvingState.CurrentState.Id': NodeId;
  readonly [field: string]: unknown;
}

const BASICS = ['EventId', 'EventType', 'SourceNode', 'SourceName', 'Time', 'ReceiveTime', 'Message', 'Severity'];

export interface Clause {
  readonly operator: FilterOperator;
  readonly operands: readonly unknown[];
}

/** A filter as clients build it: fields by path, and a where clause of one element. */
export function filterOf(fields: readonly string[], where?: Clause): EventFilter {
  const filter = constructEventFilter([...BASICS, ...fields]);
  filter.selectClauses = [
    ...(filter.selectClauses ?? []),
    new SimpleAttributeOperand({
      typeDefinitionId: CONDITION_TYPE,
      browsePath: [],
      attributeId: AttributeIds.NodeId,
    }),
  ];
  if (where) {
    filter.whereClause = new ContentFilter({
      elements: [{ filterOperator: where.operator, filterOperands: [...where.operands] as never }],
    });
  }
  return filter;
}

export const fieldNamed = (path: string): SimpleAttributeOperand =>
  new SimpleAttributeOperand({
    typeDefinitionId: 'i=2041',
    browsePath: path.split('.').map((name) => ({ name })),
    attributeId: AttributeIds.Value,
  });
export const literal = (dataType: DataType, value: unknown): LiteralOperand =>
  new LiteralOperand({ value: new Variant({ dataType, arrayType: VariantArrayType.Scalar, value }) });
export const typeIs = (nodeId: string): Clause => ({
  operator: FilterOperator.OfType,
  operands: [literal(DataType.NodeId, coerceNodeId(nodeId))],
});

export const subscribe = (session: ClientSession): Promise<ClientSubscription> =>
  session.createSubscription2({
    requestedPublishingInterval: 50,
    requestedLifetimeCount: 1000,
    requestedMaxKeepAliveCount: 10,
    maxNotificationsPerPublish: 0,
    publishingEnabled: true,
    priority: 1,
  });

export function eventFrom(fields: readonly string[], values: readonly Variant[]): SeenEvent {
  const names = [...BASICS, ...fields, 'ConditionId'];
  return Object.fromEntries(names.map((name, n) => [name, values[n]?.value])) as unknown as SeenEvent;
}

/** What a session is told, from now on. */
export async function watchEvents(
  subscription: ClientSubscription,
  nodeId: string,
  fields: readonly string[] = [],
  where?: Clause,
) {
  const got: SeenEvent[] = [];
  const item = await subscription.monitor(
    { nodeId, attributeId: AttributeIds.EventNotifier },
    { samplingInterval: 0, queueSize: 500, discardOldest: true, filter: filterOf(fields, where) },
    TimestampsToReturn.Both,
  );
  item.on('changed', (values: unknown) => got.push(eventFrom(fields, values as Variant[])));
  return { got, item };
}

export const CONDITION_FIELDS = [
  ...['ConditionName', 'BranchId', 'Retain', 'Quality', 'LastSeverity', 'Comment', 'ClientUserId'],
  ...['EnabledState.Id', 'ActiveState', 'ActiveState.Id', 'AckedState.Id', 'ConfirmedState.Id', 'SuppressedOrShelved'],
  ...['LimitState.CurrentState', 'HighLimit', 'ShelvingState.CurrentState.Id', 'InputNode'],
];

type ConditionMethod =
  'Acknowledge' | 'Confirm' | 'AddComment' | 'Enable' | 'Disable' | 'TimedShelve' | 'OneShotShelve' | 'Unshelve';
const METHODS: Record<ConditionMethod, number> = {
  Acknowledge: MethodIds.AcknowledgeableConditionType_Acknowledge,
  Confirm: MethodIds.AcknowledgeableConditionType_Confirm,
  AddComment: MethodIds.ConditionType_AddComment,
  Enable: MethodIds.ConditionType_Enable,
  Disable: MethodIds.ConditionType_Disable,
  TimedShelve: MethodIds.ShelvedStateMachineType_TimedShelve,
  OneShotShelve: MethodIds.ShelvedStateMachineType_OneShotShelve,
  Unshelve: MethodIds.ShelvedStateMachineType_Unshelve,
};

/** Calls a method of the type of a condition on the condition, as any client does. */
export async function onCondition(
  session: ClientSession,
  condition: string,
  method: ConditionMethod,
  inputArguments: NonNullable<CallMethodRequestOptions['inputArguments']> = [],
): Promise<string> {
  const objectId = lineNode(condition);
  const result = await session.call({ objectId, methodId: `i=${METHODS[method]}`, inputArguments });
  return result.statusCode.name;
}

export const withComment = (eventId: Buffer, text: string) => [
  { dataType: DataType.ByteString, value: eventId },
  { dataType: DataType.LocalizedText, value: { text, locale: 'en' } },
];

export async function refresh(session: ClientSession, ...ids: number[]): Promise<string> {
  const methodId =
    ids.length === 1 ? MethodIds.ConditionType_ConditionRefresh : MethodIds.ConditionType_ConditionRefresh2;
  const inputArguments = ids.map((value) => ({ dataType: DataType.UInt32, value }));
  return (await session.call({ objectId: CONDITION_TYPE, methodId: `i=${methodId}`, inputArguments })).statusCode.name;
}
