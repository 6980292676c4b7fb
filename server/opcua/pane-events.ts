import {
  AttributeIds,
  type ClientMonitoredItem,
  type ClientSession,
  type ClientSubscription,
  constructEventFilter,
  ContentFilter,
  type ContentFilterElementOptions,
  DataType,
  ElementOperand,
  FilterOperator,
  LiteralOperand,
  type LocalizedText,
  MethodIds,
  NodeId,
  ObjectTypeIds,
  resolveNodeId,
  SimpleAttributeOperand,
  TimestampsToReturn,
  Variant,
} from 'node-opcua';
import type {
  PaneCondition,
  PaneConditionDeed,
  PaneEvent,
  PaneEvents,
  PaneEventType,
  PaneOutcome,
  PaneWatch,
} from '#contract/opcua-pane-deeds.ts';
import type { Language } from '#contract/text.ts';
import { AppError } from '#server/errors.ts';
import { outcomeOf } from './pane-deeds.ts';
import { typeNodeId } from './event-types.ts';
import { nodeIdOf } from './pane-node-id.ts';

const BASICS = ['EventId', 'EventType', 'SourceName', 'Time', 'ReceiveTime', 'Message', 'Severity'];
const OF_CONDITIONS = [
  ...['ConditionName', 'Retain', 'Comment', 'EnabledState.Id', 'ActiveState.Id', 'AckedState.Id', 'ConfirmedState.Id'],
  'ShelvingState.CurrentState.Id',
];
const FIELDS = [...BASICS, ...OF_CONDITIONS];
const UNSHELVED = resolveNodeId('i=2930');
const MOST_EVENTS = 200;
const REFRESHES = [
  ObjectTypeIds.RefreshStartEventType,
  ObjectTypeIds.RefreshEndEventType,
  ObjectTypeIds.RefreshRequiredEventType,
];

interface Seen {
  readonly eventId: Buffer;
  readonly condition: PaneCondition;
}

/** The event subscription of the pane: what came, newest first, and each condition as it was told last. */
export class PaneEventWatch {
  private subscription: ClientSubscription | undefined;
  private item: ClientMonitoredItem | undefined;
  private watched: PaneWatch | undefined;
  private count = 0;
  private events: PaneEvent[] = [];
  private readonly conditions = new Map<string, Seen>();

  constructor(
    private readonly session: ClientSession,
    private readonly reason: () => string | undefined,
    private readonly language: () => Language,
  ) {}

  state(): PaneEvents {
    const conditions = [...this.conditions.values()].map(({ condition }) => condition);
    conditions.sort((a, b) => Number(b.isRetained) - Number(a.isRetained) || b.time.localeCompare(a.time));
    return { ...(this.watched && { watch: this.watched }), count: this.count, events: this.events, conditions };
  }

  /** Begins anew; a ConditionRefresh brings what already stands. No types end it. */
  async watch(wanted: PaneWatch): Promise<void> {
    const { subscription } = this;
    this.subscription = this.item = this.watched = undefined;
    [this.count, this.events] = [0, []];
    this.conditions.clear();
    await subscription?.terminate();
    if (wanted.types.length === 0) return;
    const nodeId = await nodeIdOf(this.session, wanted.notifier);
    const made = await this.session.createSubscription2({
      ...{ requestedPublishingInterval: 250, requestedLifetimeCount: 1000, requestedMaxKeepAliveCount: 20 },
      ...{ maxNotificationsPerPublish: 1000, publishingEnabled: true, priority: 1 },
    });
    const parameters = { samplingInterval: 0, queueSize: 500, discardOldest: true, filter: filterOf(wanted) };
    const node = { nodeId, attributeId: AttributeIds.EventNotifier };
    const item = await made.monitor(node, parameters, TimestampsToReturn.Both);
    if (item.statusCode.isNotGood()) {
      await made.terminate();
      const message = `${wanted.notifier} tells no events: ${item.statusCode.name}.`;
      throw new AppError('no_notifier', message, 'Take the server, i=2253, the line or a station.', 400);
    }
    item.on('changed', (fields: unknown) => {
      if (this.item === item) this.take(fields as Variant[]);
    });
    [this.subscription, this.item, this.watched] = [made, item, wanted];
    await this.refresh();
  }

  async act(deed: PaneConditionDeed): Promise<PaneOutcome> {
    if (deed.deed === 'ConditionRefresh') return this.refresh();
    const seen = this.conditions.get(deed.conditionId ?? '');
    if (!seen) {
      throw new AppError(
        'unknown_condition',
        'The subscription has told of no such condition.',
        'Refresh the conditions.',
        404,
      );
    }
    const methodId = METHODS[deed.deed];
    return this.call(seen.condition.conditionId, methodId, inputsOf(deed, seen.eventId, this.language()));
  }

  /** Has what stands told again, in the language that the session speaks now. */
  async retell(): Promise<void> {
    if (this.subscription) await this.refresh();
  }

  private refresh(): Promise<PaneOutcome> {
    if (!this.subscription)
      throw new AppError('no_events', 'There is no subscription for events.', 'Subscribe first.', 409);
    const id = { dataType: DataType.UInt32, value: this.subscription.subscriptionId };
    return this.call(`i=${ObjectTypeIds.ConditionType}`, MethodIds.ConditionType_ConditionRefresh, [id]);
  }

  private async call(objectId: string, method: number, inputArguments: object[]): Promise<PaneOutcome> {
    const { statusCode } = await this.session.call({ objectId, methodId: `i=${method}`, inputArguments });
    return outcomeOf(statusCode, this.reason);
  }

  private take(fields: readonly Variant[]): void {
    const of = Object.fromEntries([...FIELDS, 'ConditionId'].map((name, n) => [name, fields[n]?.value as unknown]));
    const type = of.EventType as NodeId;
    if (type.namespace === 0 && (REFRESHES as readonly number[]).includes(type.value as number)) return;
    const eventId = of.EventId as Buffer;
    const event = eventOf(of, eventId);
    const condition = conditionOf(of, event);
    const isRepeated = this.events.some(({ id }) => id === event.id);
    if (condition) this.conditions.set(condition.conditionId, { eventId, condition });
    if (isRepeated) return;
    this.count += 1;
    this.events = [event, ...this.events].slice(0, MOST_EVENTS);
  }
}

type Fields = Readonly<Record<string, unknown>>;
const text = (value: unknown): string => (value as LocalizedText | null | undefined)?.text ?? '';

const eventOf = (of: Fields, eventId: Buffer): PaneEvent => ({
  id: eventId.toString('hex'),
  type: typeName(of.EventType as NodeId),
  source: typeof of.SourceName === 'string' ? of.SourceName : '',
  severity: Number(of.Severity),
  message: text(of.Message),
  time: (of.Time as Date).toISOString(),
  receiveTime: (of.ReceiveTime as Date).toISOString(),
});

function conditionOf(of: Fields, { source, severity, message, time }: PaneEvent): PaneCondition | undefined {
  if (typeof of.ConditionName !== 'string' || !of.ConditionId) return undefined;
  const shelving = textOf(of['ShelvingState.CurrentState.Id']);
  return {
    conditionId: textOf(of.ConditionId),
    name: of.ConditionName,
    ...{ source, severity, message, time, comment: text(of.Comment) },
    isEnabled: of['EnabledState.Id'] === true,
    isActive: of['ActiveState.Id'] === true,
    isAcked: of['AckedState.Id'] === true,
    isConfirmed: of['ConfirmedState.Id'] !== false,
    isShelved: shelving !== '' && shelving !== UNSHELVED.toString(),
    isRetained: of.Retain === true,
  };
}

const typeName = (type: NodeId): string =>
  type.namespace === 0 ? (ObjectTypeIds[type.value as number] ?? type.toString()) : String(type.value);

/** Any of the types, and at least of a severity (OPC 10000-4, 7.7). */
function filterOf({ types, leastSeverity }: PaneWatch) {
  const filter = constructEventFilter(FIELDS);
  const conditionId = { typeDefinitionId: 'i=2782', browsePath: [], attributeId: AttributeIds.NodeId };
  filter.selectClauses = [...(filter.selectClauses ?? []), new SimpleAttributeOperand(conditionId)];
  const elements: ContentFilterElementOptions[] = [];
  const literal = (dataType: DataType, value: unknown) =>
    new LiteralOperand({ value: new Variant({ dataType, value }) });
  const combine = (operator: FilterOperator, parts: readonly ((at: number) => number)[], at: number): number => {
    if (parts.length === 1) return parts[0](at);
    const element = { filterOperator: operator, filterOperands: [] as object[] };
    elements[at] = element as never;
    const left = parts[0](at + 1);
    const right = combine(operator, parts.slice(1), left + 1);
    element.filterOperands = [new ElementOperand({ index: at + 1 }), new ElementOperand({ index: left + 1 })];
    return right;
  };
  const leaf =
    (filterOperator: FilterOperator, ...filterOperands: object[]) =>
    (at: number) => {
      elements[at] = { filterOperator, filterOperands } as never;
      return at;
    };
  const ofType = (type: PaneEventType) =>
    leaf(FilterOperator.OfType, literal(DataType.NodeId, resolveNodeId(typeNodeId(type))));
  const severity = new SimpleAttributeOperand({
    ...{ typeDefinitionId: 'i=2041', browsePath: [{ name: 'Severity' }], attributeId: AttributeIds.Value },
  });
  const isSevere = leaf(FilterOperator.GreaterThanOrEqual, severity, literal(DataType.UInt16, leastSeverity));
  const anyType = (at: number) => combine(FilterOperator.Or, types.map(ofType), at);
  combine(FilterOperator.And, leastSeverity > 1 ? [isSevere, anyType] : [anyType], 0);
  filter.whereClause = new ContentFilter({ elements });
  return filter;
}

const METHODS: Readonly<Record<Exclude<PaneConditionDeed['deed'], 'ConditionRefresh'>, number>> = {
  Acknowledge: MethodIds.AcknowledgeableConditionType_Acknowledge,
  Confirm: MethodIds.AcknowledgeableConditionType_Confirm,
  AddComment: MethodIds.ConditionType_AddComment,
  TimedShelve: MethodIds.ShelvedStateMachineType_TimedShelve,
  OneShotShelve: MethodIds.ShelvedStateMachineType_OneShotShelve,
  Unshelve: MethodIds.ShelvedStateMachineType_Unshelve,
};

function inputsOf(
  { deed, comment = '', shelveMinutes = 30 }: PaneConditionDeed,
  eventId: Buffer,
  language: Language,
): object[] {
  if (deed === 'TimedShelve') return [{ dataType: DataType.Double, value: shelveMinutes * 60_000 }];
  if (deed === 'OneShotShelve' || deed === 'Unshelve') return [];
  return [
    { dataType: DataType.ByteString, value: eventId },
    { dataType: DataType.LocalizedText, value: { text: comment, locale: comment === '' ? null : language } },
  ];
}

const textOf = (nodeId: unknown): string => (nodeId instanceof NodeId ? nodeId.toString() : '');
