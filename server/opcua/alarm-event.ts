import { coerceNodeId, DataType, LocalizedText, StatusCodes } from 'node-opcua';
import type { Text } from '#contract/text.ts';
import type { AlarmFacts } from '#simulator/rules/alarm-facts.ts';
import type { AlarmKind } from '#simulator/rules/alarm-plan.ts';
import { AlarmState } from '#simulator/rules/alarm.ts';
import type { CellClock } from './event-meanings.ts';
import type { StandardTypeName } from './event-types.ts';
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
  words,
} from './plant-event.ts';
import { scalar } from './reading.ts';

/** How the kinds of alarms are conditions: each has one limit (OPC 10000-9, 5.8). */
const TYPES: Readonly<Record<AlarmKind, StandardTypeName>> = {
  high: 'ExclusiveLevelAlarmType',
  'high-high': 'ExclusiveLevelAlarmType',
  low: 'ExclusiveLevelAlarmType',
  'low-low': 'ExclusiveLevelAlarmType',
  deviation: 'ExclusiveDeviationAlarmType',
  'rate-of-change': 'ExclusiveRateOfChangeAlarmType',
  'off-normal': 'OffNormalAlarmType',
};
/** The limit, its state and the NodeId of the state in ExclusiveLimitStateMachineType. */
const LIMITS: Partial<Record<AlarmKind, readonly [field: string, text: Text, state: string]>> = {
  'high-high': ['HighHighLimit', words('HighHigh', 'Mycket högt'), 'ns=0;i=9329'],
  high: ['HighLimit', words('High', 'Högt'), 'ns=0;i=9331'],
  low: ['LowLimit', words('Low', 'Lågt'), 'ns=0;i=9333'],
  'low-low': ['LowLowLimit', words('LowLow', 'Mycket lågt'), 'ns=0;i=9335'],
  deviation: ['HighLimit', words('High', 'Högt'), 'ns=0;i=9331'],
  'rate-of-change': ['HighLimit', words('High', 'Högt'), 'ns=0;i=9331'],
};
/** By place in the priorities of ISA-18.2: low, medium, high, urgent. */
const SEVERITIES = [200, 400, 600, 800];

/** How an alarm stands, in the words of Part 9. */
export interface ConditionState {
  readonly isEnabled: boolean;
  readonly isActive: boolean;
  /** Active though the signal has come back, until it is reset. */
  readonly isLatched: boolean;
  readonly isAcked: boolean;
  readonly isConfirmed: boolean;
  readonly isShelved: boolean;
  readonly isSuppressed: boolean;
  /** Whether a refresh tells of it: it wants something from someone, or is kept aside by someone. */
  readonly isRetained: boolean;
}

export function conditionState({ state, isConfirmed }: AlarmFacts): ConditionState {
  const isEnabled = state !== AlarmState.OutOfService;
  const isLatched = state === AlarmState.LatchedUnacknowledged || state === AlarmState.LatchedAcknowledged;
  const isActive = isLatched || state === AlarmState.Unacknowledged || state === AlarmState.Acknowledged;
  const isAcked = ![AlarmState.Unacknowledged, AlarmState.Returned, AlarmState.LatchedUnacknowledged].some(
    (each) => each === state,
  );
  const isShelved = state === AlarmState.Shelved;
  const isRetained = isEnabled && (isActive || !isAcked || !isConfirmed || isShelved);
  return {
    ...{ isEnabled, isActive, isAcked, isConfirmed, isShelved, isLatched, isRetained },
    isSuppressed: state === AlarmState.Suppressed,
  };
}

export const severityOf = ({ priority }: AlarmFacts): number => SEVERITIES[priority];

/** The id of what an alarm told last. Changing with each, it says which state was seen by who acknowledges. */
export const conditionEventId = (cell: CellClock, { path, source, changes }: AlarmFacts): Buffer =>
  eventIdOf(cell.id, cell.clock.run, 'condition', path, source, changes);

/** The event of a condition that tells how the alarm stood. */
export function alarmEvent(cell: CellClock, alarm: AlarmFacts, receivedMs: number): PlantEvent {
  const [owner] = alarm.signal.split('.');
  return {
    type: TYPES[alarm.kind],
    eventId: conditionEventId(cell, alarm),
    source: lineNodeId(owner),
    sourceName: owner,
    stations: [owner, alarm.path.slice(0, alarm.path.lastIndexOf('.'))],
    condition: lineNodeId(alarm.path),
    timeMs: cell.epochMs(alarm.changedUs),
    receivedMs,
    severity: severityOf(alarm),
    message: messageOf(alarm),
    fields: new Map([...conditionFields(cell, alarm), ...limitFields(alarm)]),
  };
}

function messageOf({ path, state, consequence }: AlarmFacts): Text {
  const name = path.slice(path.lastIndexOf('.') + 1);
  const said = STATES[state] ?? words('', '');
  return words(`${name} ${said.en}. ${consequence.en}`, `${name} ${said.sv}. ${consequence.sv}`);
}

const STATES: Readonly<Record<number, Text>> = {
  [AlarmState.Normal]: words('is normal', 'är normalt'),
  [AlarmState.Unacknowledged]: words('is active', 'är aktivt'),
  [AlarmState.Acknowledged]: words('is active and acknowledged', 'är aktivt och kvitterat'),
  [AlarmState.Returned]: words('is back to normal', 'är åter normalt'),
  [AlarmState.Shelved]: words('is shelved', 'är undanlagt'),
  [AlarmState.Suppressed]: words('is suppressed', 'är undertryckt'),
  [AlarmState.OutOfService]: words('is disabled', 'är avstängt'),
  [AlarmState.LatchedUnacknowledged]: words('is latched', 'är låst'),
  [AlarmState.LatchedAcknowledged]: words('is latched and acknowledged', 'är låst och kvitterat'),
};

/** What there was to say of an alarm at an instant, and who said it. */
function commentOf(cell: CellClock, { commentedUs }: AlarmFacts): { text: string; by: string; ms: number } | undefined {
  const command = Number.isFinite(commentedUs) ? cell.commandAt(commentedUs) : undefined;
  if (!command) return undefined;
  let { value } = command;
  if (typeof value === 'string') value = JSON.parse(value) as unknown;
  const { comment } = value as { comment?: unknown };
  return { text: typeof comment === 'string' ? comment : '', by: command.actor, ms: cell.epochMs(commentedUs) };
}

function conditionFields(cell: CellClock, alarm: AlarmFacts): [string, FieldValue][] {
  const state = conditionState(alarm);
  const { isEnabled, isActive, isAcked, isConfirmed, isShelved, isSuppressed } = state;
  const name = alarm.path.slice(alarm.path.lastIndexOf('.') + 1);
  const comment = commentOf(cell, alarm);
  const changed = date(cell.epochMs(alarm.changedUs));
  const two = (field: string, is: boolean, yes: Text, no: Text): [string, FieldValue][] => [
    [field, is ? yes : no],
    [`${field}/Id`, boolean(is)],
    [`${field}/TransitionTime`, changed],
  ];
  const shelving = shelvingOf(alarm, isShelved);
  return [
    ['ConditionClassId', nodeIdValue(coerceNodeId('ns=0;i=11164'))],
    ['ConditionClassName', words('Process', 'Process')],
    ['ConditionName', string(name)],
    ['BranchId', scalar(DataType.NodeId, coerceNodeId('ns=0;i=0'))],
    ['Retain', boolean(state.isRetained)],
    ['Quality', scalar(DataType.StatusCode, alarm.isUnsure ? StatusCodes.UncertainLastUsableValue : StatusCodes.Good)],
    ['Quality/SourceTimestamp', changed],
    ['LastSeverity', scalar(DataType.UInt16, severityOf(alarm))],
    ['LastSeverity/SourceTimestamp', changed],
    ['Comment', scalar(DataType.LocalizedText, new LocalizedText(comment ? { locale: '', text: comment.text } : {}))],
    ['Comment/SourceTimestamp', comment ? date(comment.ms) : nothing()],
    ['ClientUserId', string(comment?.by ?? '')],
    ...two('EnabledState', isEnabled, words('Enabled', 'På'), words('Disabled', 'Avstängt')),
    ...two('ActiveState', isActive, words('Active', 'Aktivt'), words('Inactive', 'Inaktivt')),
    ...two('AckedState', isAcked, words('Acknowledged', 'Kvitterat'), words('Unacknowledged', 'Okvitterat')),
    ...two('ConfirmedState', isConfirmed, words('Confirmed', 'Bekräftat'), words('Unconfirmed', 'Obekräftat')),
    ...two(
      'SuppressedState',
      isSuppressed,
      words('Suppressed', 'Undertryckt'),
      words('Unsuppressed', 'Ej undertryckt'),
    ),
    ...(alarm.isLatching
      ? two('LatchedState', state.isLatched, words('Latched', 'Låst'), words('Unlatched', 'Ej låst'))
      : []),
    ['SuppressedOrShelved', boolean(isSuppressed || isShelved)],
    ['ShelvingState/CurrentState', shelving.text],
    ['ShelvingState/CurrentState/Id', nodeIdValue(coerceNodeId(shelving.id))],
    [
      'ShelvingState/UnshelveTime',
      scalar(DataType.Double, Math.max(0, (alarm.shelvedUntilUs - alarm.changedUs) / 1000)),
    ],
    ['MaxTimeShelved', scalar(DataType.Double, alarm.maxShelfUs / 1000)],
    ['InputNode', nodeIdValue(lineNodeId(alarm.signal))],
    ['OnDelay', scalar(DataType.Double, alarm.onDelayUs / 1000)],
    ['OffDelay', scalar(DataType.Double, alarm.offDelayUs / 1000)],
    ['AudibleEnabled', boolean(false)],
  ];
}

function shelvingOf({ isOneShot }: AlarmFacts, isShelved: boolean): { text: Text; id: string } {
  if (!isShelved) return { text: words('Unshelved', 'Ej undanlagt'), id: 'ns=0;i=2930' };
  return isOneShot
    ? { text: words('One Shot Shelved', 'Undanlagt en gång'), id: 'ns=0;i=2933' }
    : { text: words('Timed Shelved', 'Undanlagt en tid'), id: 'ns=0;i=2932' };
}

function limitFields(alarm: AlarmFacts): [string, FieldValue][] {
  const { kind, limit, deadband, setpoint } = alarm;
  const entry = LIMITS[kind];
  if (!entry) return [['NormalState', nodeIdValue(coerceNodeId('ns=0;i=0'))]];
  const [field, text, state] = entry;
  const { isActive } = conditionState(alarm);
  const number = (value: number) => scalar(DataType.Double, value);
  const isDeviation = kind === 'deviation';
  return [
    [field, number(limit)],
    ['LimitState/CurrentState', isActive ? text : nothing()],
    ['LimitState/CurrentState/Id', isActive ? nodeIdValue(coerceNodeId(state)) : nothing()],
    [field.replace('Limit', 'Deadband'), number(deadband)],
    ...(isDeviation ? ([['LowLimit', number(-limit)]] satisfies [string, FieldValue][]) : []),
    ...(isDeviation
      ? ([
          ['SetpointNode', nodeIdValue(typeof setpoint === 'string' ? lineNodeId(setpoint) : coerceNodeId('ns=0;i=0'))],
        ] satisfies [string, FieldValue][])
      : []),
  ];
}
