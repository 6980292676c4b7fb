import { z } from 'zod';

/** NodeIds as ns=2;s=ST03 or with the URI of their namespace, nsu=urn:x;s=ST03. */
export const PaneNodeId = z.string().min(1).max(400);

/** One value that a write or a call wants: its built-in type, what it means, and what may be chosen. */
export const PaneField = z.object({
  name: z.string(),
  /** `Double`; a NodeId where the type is none that is built in. */
  dataType: z.string(),
  isArray: z.boolean(),
  about: z.string(),
  /** Of an enumeration. */
  choices: z.array(z.object({ value: z.string(), text: z.string() })).optional(),
  /** EURange, in the unit. */
  range: z.tuple([z.number(), z.number()]).optional(),
  unit: z.string().optional(),
  /** The present value of a variable. */
  now: z.string().optional(),
});
export type PaneField = z.infer<typeof PaneField>;

/** What can be done with a node: written if the session may, called if it is a method, its history read. */
export const PaneAbilities = z.object({
  write: PaneField.optional(),
  call: z.object({ objectId: z.string(), inputs: z.array(PaneField), outputs: z.array(PaneField) }).optional(),
  hasHistory: z.boolean(),
});
export type PaneAbilities = z.infer<typeof PaneAbilities>;

export const PaneWrite = z.object({ nodeId: PaneNodeId, value: z.string().max(10_000) });
export type PaneWrite = z.infer<typeof PaneWrite>;

/** `objectId` is the object that has the method. */
export const PaneCall = z.object({
  objectId: PaneNodeId,
  nodeId: PaneNodeId,
  inputs: z.array(z.string().max(10_000)).max(30),
});
export type PaneCall = z.infer<typeof PaneCall>;

/** The StatusCode that the server gave, the words of a refusal (additional info), and what a method returned. */
export const PaneOutcome = z.object({
  status: z.string(),
  isGood: z.boolean(),
  reason: z.string().optional(),
  outputs: z.array(z.object({ name: z.string(), value: z.string() })),
});
export type PaneOutcome = z.infer<typeof PaneOutcome>;

export const historyKinds = [
  'Raw',
  'Average',
  'TimeAverage',
  'Minimum',
  'Maximum',
  'Count',
  'Total',
  'Range',
  'Delta',
] as const;

/** Instants are ms since 1970 in plant time. The interval counts for aggregates only. */
export const PaneHistoryRequest = z.object({
  nodeId: PaneNodeId,
  kind: z.enum(historyKinds),
  fromMs: z.number(),
  toMs: z.number(),
  intervalMs: z.number().min(100).max(86_400_000).default(60_000),
});
export type PaneHistoryRequest = z.infer<typeof PaneHistoryRequest>;

export const PaneHistory = z.object({
  status: z.string(),
  values: z.array(z.object({ time: z.string(), value: z.string(), status: z.string() })),
  /** There is more than the table takes. */
  isCut: z.boolean(),
});
export type PaneHistory = z.infer<typeof PaneHistory>;

/** What an event subscription may be narrowed to. */
export const eventTypes = [
  'BaseEventType',
  'AlarmConditionType',
  'AuditEventType',
  'PlantEventType',
  'StateChangedEventType',
  'StationFailedEventType',
  'PartEventType',
  'OrderStateChangedEventType',
  'RuleEventType',
  'CommandEventType',
] as const;
export const PaneEventType = z.enum(eventTypes);
export type PaneEventType = z.infer<typeof PaneEventType>;

/** An empty list of types ends the subscription. */
export const PaneWatch = z.object({
  notifier: PaneNodeId.default('i=2253'),
  types: z.array(PaneEventType).max(eventTypes.length),
  leastSeverity: z.number().int().min(1).max(1000).default(1),
});
export type PaneWatch = z.infer<typeof PaneWatch>;

export const PaneEvent = z.object({
  id: z.string(),
  type: z.string(),
  source: z.string(),
  severity: z.number(),
  message: z.string(),
  /** When it happened, in plant time; and when the server heard of it. Both ISO 8601. */
  time: z.string(),
  receiveTime: z.string(),
});
export type PaneEvent = z.infer<typeof PaneEvent>;

/** A condition as its newest event told (OPC 10000-9). */
export const PaneCondition = z.object({
  conditionId: z.string(),
  name: z.string(),
  source: z.string(),
  severity: z.number(),
  message: z.string(),
  comment: z.string(),
  time: z.string(),
  isEnabled: z.boolean(),
  isActive: z.boolean(),
  isAcked: z.boolean(),
  isConfirmed: z.boolean(),
  isShelved: z.boolean(),
  isRetained: z.boolean(),
});
export type PaneCondition = z.infer<typeof PaneCondition>;

/** Newest first. */
export const PaneEvents = z.object({
  watch: PaneWatch.optional(),
  /** How many came since the subscription began. */
  count: z.number().int(),
  events: z.array(PaneEvent),
  conditions: z.array(PaneCondition),
});
export type PaneEvents = z.infer<typeof PaneEvents>;

export const conditionDeeds = [
  'Acknowledge',
  'Confirm',
  'AddComment',
  'TimedShelve',
  'OneShotShelve',
  'Unshelve',
  'ConditionRefresh',
] as const;
/** A method of Alarms & Conditions. A refresh is for the subscription and wants no condition. */
export const PaneConditionDeed = z.object({
  deed: z.enum(conditionDeeds),
  conditionId: z.string().max(400).optional(),
  comment: z.string().max(1000).optional(),
  shelveMinutes: z.number().positive().max(1440).optional(),
});
export type PaneConditionDeed = z.infer<typeof PaneConditionDeed>;
