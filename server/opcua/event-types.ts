import { DataType, ObjectTypeIds } from 'node-opcua';
import type { Text } from '#contract/text.ts';
import { LINE_NAMESPACE_INDEX } from './line-definition.ts';

/** A field of an event type, a property of it. */
export interface EventField {
  readonly name: string;
  readonly dataType: DataType;
  readonly about: Text;
}
interface OwnType {
  readonly parent: string;
  readonly about: Text;
  readonly fields: readonly EventField[];
}

const field = (name: string, dataType: DataType, en: string, sv: string): EventField => ({
  ...{ name, dataType },
  about: { en, sv },
});
const type = (parent: string, en: string, sv: string, ...fields: EventField[]): OwnType => ({
  parent,
  about: { en, sv },
  fields,
});

const { UInt32, Int32, String: Words, LocalizedText } = DataType;

/** The event types of the lines, in their namespace: the name is the string of the NodeId. Parents come first. */
export const OWN_TYPES = {
  PlantEventType: type(
    'BaseEventType',
    'Something that happened in the line',
    'Något som hände i linan',
    field('Name', Words, 'What happened, as in event topics', 'Vad som hände, som i händelseämnen'),
    field('Value', Int32, 'The number that goes with it', 'Talet som hör till'),
  ),
  StateChangedEventType: type(
    'PlantEventType',
    'A station changed its state',
    'En station bytte läge',
    field('Reason', LocalizedText, 'Why it is as it is', 'Varför det är som det är'),
    field('PackMLState', Int32, 'State number of ISA-TR88.00.02', 'Lägets nummer enligt ISA-TR88.00.02'),
  ),
  StationFailedEventType: type(
    'PlantEventType',
    'A station broke down',
    'En station gick sönder',
    field('FaultCode', UInt32, 'Its fault code', 'Felkoden'),
  ),
  PartEventType: type(
    'PlantEventType',
    'Something that happened to a part',
    'Något som hände en detalj',
    field('Serial', UInt32, 'Serial number of the part', 'Detaljens serienummer'),
  ),
  PartFinishedEventType: type('PartEventType', 'A station is done with a part', 'En station är klar med en detalj'),
  PartRejectedEventType: type('PartEventType', 'A part is not good', 'En detalj är inte bra'),
  OrderStateChangedEventType: type(
    'PlantEventType',
    'An order went on',
    'En order gick vidare',
    field('OrderNumber', UInt32, 'Number of the order', 'Orderns nummer'),
    field('OrderState', Words, 'Released, Started, Done or Aborted', 'Released, Started, Done eller Aborted'),
  ),
  RuleEventType: type(
    'PlantEventType',
    'A rule fired, cleared or acted',
    'En regel löste ut, återgick eller agerade',
    field('RuleNumber', UInt32, 'Number of the rule', 'Regelns nummer'),
  ),
  CommandEventType: type(
    'BaseEventType',
    'A command came through another door than OPC UA',
    'Ett kommando kom genom en annan dörr än OPC UA',
    field('Target', Words, 'What was commanded', 'Vad som kommenderades'),
    field('NewValue', DataType.Variant, 'The value that came with it', 'Värdet som kom med'),
    field('Actor', Words, 'Who gave it', 'Vem som gav det'),
    field('Via', Words, 'The door: http, mqtt, scenario or system', 'Dörren: http, mqtt, scenario eller system'),
    field('Outcome', Words, 'done, or why it was refused', 'done, eller varför det avvisades'),
  ),
} as const satisfies Record<string, OwnType>;

export type OwnTypeName = keyof typeof OWN_TYPES;

/** The standard types that are used, with what they are derived from (OPC 10000-5 and 10000-9). */
const STANDARD = {
  BaseEventType: undefined,
  ConditionType: 'BaseEventType',
  AcknowledgeableConditionType: 'ConditionType',
  AlarmConditionType: 'AcknowledgeableConditionType',
  LimitAlarmType: 'AlarmConditionType',
  ExclusiveLimitAlarmType: 'LimitAlarmType',
  ExclusiveLevelAlarmType: 'ExclusiveLimitAlarmType',
  ExclusiveDeviationAlarmType: 'ExclusiveLimitAlarmType',
  ExclusiveRateOfChangeAlarmType: 'ExclusiveLimitAlarmType',
  DiscreteAlarmType: 'AlarmConditionType',
  OffNormalAlarmType: 'DiscreteAlarmType',
  AuditEventType: 'BaseEventType',
  AuditUpdateEventType: 'AuditEventType',
  AuditWriteUpdateEventType: 'AuditUpdateEventType',
  AuditUpdateMethodEventType: 'AuditEventType',
  AuditSecurityEventType: 'AuditEventType',
  AuditSessionEventType: 'AuditSecurityEventType',
  AuditActivateSessionEventType: 'AuditSessionEventType',
  SystemEventType: 'BaseEventType',
  RefreshStartEventType: 'SystemEventType',
  RefreshEndEventType: 'SystemEventType',
  RefreshRequiredEventType: 'SystemEventType',
} as const;

export type StandardTypeName = keyof typeof STANDARD;
export type EventTypeName = OwnTypeName | StandardTypeName;

const isOwn = (name: string): name is OwnTypeName => name in OWN_TYPES;

/** `ns=2;s=PartFinishedEventType`, `ns=0;i=2041` */
export const typeNodeId = (name: EventTypeName): string =>
  isOwn(name) ? `ns=${LINE_NAMESPACE_INDEX};s=${name}` : `ns=0;i=${ObjectTypeIds[name]}`;

const kinships = new Map<EventTypeName, ReadonlySet<string>>();

/** The NodeIds of a type and of all that it is derived from. */
export function kinOf(name: EventTypeName): ReadonlySet<string> {
  const known = kinships.get(name);
  if (known) return known;
  const parent = (isOwn(name) ? OWN_TYPES[name].parent : STANDARD[name]) as EventTypeName | undefined;
  const kin = new Set([typeNodeId(name), ...(parent === undefined ? [] : kinOf(parent))]);
  kinships.set(name, kin);
  return kin;
}

/** Ids in the namespace of the lines that every session sees: types and their fields. */
export const TYPE_IDS: ReadonlySet<string> = new Set(
  Object.entries<OwnType>(OWN_TYPES).flatMap(([name, { fields }]) => [
    name,
    ...fields.map((each) => `${name}.${each.name}`),
  ]),
);
