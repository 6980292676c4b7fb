import { randomUUID } from 'node:crypto';
import {
  type CallMethodRequest,
  type CallMethodResultOptions,
  DataType,
  type LocalizedText,
  MethodIds,
  type NodeId,
  ObjectTypeIds,
  type StatusCode,
  StatusCodes,
  type Variant,
  VariantArrayType,
} from 'node-opcua';
import type { AlarmFacts } from '#simulator/rules/alarm-facts.ts';
import { conditionEventId, type ConditionState, conditionState } from './alarm-event.ts';
import { lineId, type Outcome } from './line-node.ts';
import { outcomeOf } from './status-codes.ts';
import type { Visit } from './visit.ts';

type Inputs = readonly Variant[];
interface Deed {
  readonly inputs: readonly DataType[];
  /** What is wrong with it, before the plant is asked. */
  readonly wrong: (state: ConditionState, alarm: AlarmFacts, inputs: Inputs, visit: Visit) => StatusCode | undefined;
  /** The command of the alarms, and its value beside the alarm. */
  readonly command: readonly [name: string, value: (inputs: Inputs, alarm: AlarmFacts) => Record<string, unknown>];
}

const S = StatusCodes;
const first = (...wrongs: (StatusCode | false)[]): StatusCode | undefined =>
  wrongs.find((each) => each !== false) || undefined;
const comment = ({ value }: Variant): Record<string, unknown> => {
  const { text, locale } = (value ?? {}) as Partial<Pick<LocalizedText, 'text' | 'locale'>>;
  // No text and no locale leave the comment as it is; no text with a locale takes it away (OPC 10000-9, 5.5.6).
  return !text && !locale ? {} : { comment: text ?? '' };
};
const isStale = (alarm: AlarmFacts, [eventId]: Inputs, { cell }: Visit): boolean =>
  !conditionEventId(cell, alarm).equals((eventId.value as Buffer | null) ?? Buffer.alloc(0));
const { ByteString, LocalizedText: Localized, Double } = DataType;

/** Methods of conditions: what each wants, and the command that it becomes (OPC 10000-9, 5.5 to 5.8). */
const DEEDS = {
  Acknowledge: {
    inputs: [ByteString, Localized],
    wrong: ({ isEnabled, isAcked }, alarm, inputs, visit) =>
      first(
        !isEnabled && S.BadConditionDisabled,
        isStale(alarm, inputs, visit) && S.BadEventIdUnknown,
        isAcked && S.BadConditionBranchAlreadyAcked,
      ),
    command: ['Acknowledge', ([, text]) => comment(text)],
  },
  Confirm: {
    inputs: [ByteString, Localized],
    wrong: ({ isEnabled, isConfirmed }, alarm, inputs, visit) =>
      first(
        !isEnabled && S.BadConditionDisabled,
        isStale(alarm, inputs, visit) && S.BadEventIdUnknown,
        isConfirmed && S.BadConditionBranchAlreadyConfirmed,
      ),
    command: ['Confirm', ([, text]) => comment(text)],
  },
  AddComment: {
    inputs: [ByteString, Localized],
    wrong: ({ isEnabled }, alarm, inputs, visit) =>
      first(!isEnabled && S.BadConditionDisabled, isStale(alarm, inputs, visit) && S.BadEventIdUnknown),
    command: ['Comment', ([, text]) => ({ comment: '', ...comment(text) })],
  },
  Enable: {
    inputs: [],
    wrong: ({ isEnabled }) => first(isEnabled && S.BadConditionAlreadyEnabled),
    command: ['Configure', () => ({ enabled: true })],
  },
  Disable: {
    inputs: [],
    wrong: ({ isEnabled }) => first(!isEnabled && S.BadConditionAlreadyDisabled),
    command: ['Configure', () => ({ enabled: false })],
  },
  TimedShelve: {
    inputs: [Double],
    wrong: ({ isEnabled, isShelved }, { isOneShot, maxShelfUs }, [{ value }]) =>
      first(
        !isEnabled && S.BadConditionDisabled,
        isShelved && !isOneShot && S.BadConditionAlreadyShelved,
        !(value >= 1000 && value * 1000 <= maxShelfUs) && S.BadShelvingTimeOutOfRange,
      ),
    command: ['Shelve', ([{ value }]) => ({ for: `${Math.round((value as number) / 1000)} s` })],
  },
  OneShotShelve: {
    inputs: [],
    wrong: ({ isEnabled, isShelved }) =>
      first(!isEnabled && S.BadConditionDisabled, isShelved && S.BadConditionAlreadyShelved),
    command: ['Shelve', () => ({ once: true })],
  },
  Reset: {
    inputs: [],
    wrong: ({ isEnabled, isLatched }) => first(!isEnabled && S.BadConditionDisabled, !isLatched && S.BadInvalidState),
    command: ['Reset', () => ({})],
  },
  Unshelve: {
    inputs: [],
    wrong: ({ isEnabled, isShelved }) =>
      first(!isEnabled && S.BadConditionDisabled, !isShelved && S.BadConditionNotShelved),
    command: ['Unshelve', () => ({})],
  },
} as const satisfies Record<string, Deed>;

type DeedName = keyof typeof DEEDS;
type MethodName = DeedName | 'ConditionRefresh' | 'ConditionRefresh2';

/** The methods of the types; conditions have them by these ids too. */
const METHODS: ReadonlyMap<number, MethodName> = new Map<number, MethodName>([
  [MethodIds.AcknowledgeableConditionType_Acknowledge, 'Acknowledge'],
  [MethodIds.AcknowledgeableConditionType_Confirm, 'Confirm'],
  [MethodIds.ConditionType_AddComment, 'AddComment'],
  [MethodIds.ConditionType_Enable, 'Enable'],
  [MethodIds.ConditionType_Disable, 'Disable'],
  [MethodIds.ShelvedStateMachineType_TimedShelve, 'TimedShelve'],
  [MethodIds.ShelvedStateMachineType_OneShotShelve, 'OneShotShelve'],
  [MethodIds.ShelvedStateMachineType_Unshelve, 'Unshelve'],
  [MethodIds.AlarmConditionType_Reset, 'Reset'],
  [MethodIds.ConditionType_ConditionRefresh, 'ConditionRefresh'],
  [MethodIds.ConditionType_ConditionRefresh2, 'ConditionRefresh2'],
]);

/** The method of a condition that is called; undefined for any other. */
export const conditionMethod = ({ methodId }: CallMethodRequest): MethodName | undefined =>
  methodId.namespace === 0 ? METHODS.get(methodId.value as number) : undefined;

/** Calls a method on a condition of the session's own cell, or refreshes one of its own subscriptions. */
export async function callCondition(
  visit: Visit,
  request: CallMethodRequest,
): Promise<CallMethodResultOptions & { reason?: string }> {
  const name = conditionMethod(request);
  const refuse = (statusCode: StatusCode, reason: string) => {
    visit.refused(`${name} ${request.objectId.toString()}`, reason);
    return { statusCode, reason };
  };
  if (name === undefined) return refuse(StatusCodes.BadMethodInvalid, 'Conditions have no such method.');
  const inputs = request.inputArguments ?? [];
  if (name === 'ConditionRefresh' || name === 'ConditionRefresh2') return refresh(visit, name, request, inputs, refuse);
  const alarm = alarmOf(visit, request.objectId);
  if (!alarm) return refuse(StatusCodes.BadNodeIdUnknown, 'The cell has no such condition.');
  const deed: Deed = DEEDS[name];
  const ill = illTyped(deed.inputs, inputs);
  if (ill) return { ...refuse(ill.statusCode, `${name} takes ${listed(deed.inputs)}.`), ...ill };
  const wrong = deed.wrong(conditionState(alarm), alarm, inputs, visit);
  if (wrong) return refuse(wrong, `${alarm.path}: ${wrong.description}`);
  const { status, reason } = await give(visit, name, deed, alarm, inputs);
  if (reason !== undefined) visit.lastRefusal = reason;
  return { statusCode: status, ...(reason !== undefined && { reason }) };
}

async function give(
  visit: Visit,
  name: DeedName,
  { command }: Deed,
  alarm: AlarmFacts,
  inputs: Inputs,
): Promise<Outcome> {
  const dot = alarm.path.lastIndexOf('.');
  const [station, id] = [alarm.path.slice(0, dot), alarm.path.slice(dot + 1)];
  const [target, valueOf] = command;
  const value = JSON.stringify({ alarm: id, ...valueOf(inputs, alarm) });
  const result = await visit.command({ id: randomUUID(), target: `${station}.${target}`, value });
  const [eventId] = inputs;
  visit.record({
    kind: 'opcua.condition',
    method: name,
    alarm: alarm.path,
    status: result.status,
    ...(DataType[eventId?.dataType] === 'ByteString' && { eventId: (eventId.value as Buffer).toString('hex') }),
  });
  return outcomeOf(result);
}

function refresh(
  visit: Visit,
  name: 'ConditionRefresh' | 'ConditionRefresh2',
  { objectId }: CallMethodRequest,
  inputs: Inputs,
  refuse: (statusCode: StatusCode, reason: string) => CallMethodResultOptions,
): CallMethodResultOptions {
  if (objectId.namespace !== 0 || objectId.value !== ObjectTypeIds.ConditionType) {
    return refuse(StatusCodes.BadNodeIdInvalid, `Call ${name} on the ConditionType, i=2782.`);
  }
  const ill = illTyped(name === 'ConditionRefresh' ? [DataType.UInt32] : [DataType.UInt32, DataType.UInt32], inputs);
  if (ill) return { ...refuse(ill.statusCode, `${name} takes ids, as UInt32.`), ...ill };
  const [subscription, item] = inputs.map(({ value }) => value as number);
  const status = visit.events.refresh(subscription, item);
  if (status.isNotGood()) return refuse(status, `It is no subscription or item of this session: ${status.description}`);
  visit.record({ kind: 'opcua.refresh', method: name, subscription: String(subscription) });
  return { statusCode: StatusCodes.Good };
}

/** A condition is meant by its own id; that of its shelving is as good for shelving. */
function alarmOf({ cell }: Visit, nodeId: NodeId): AlarmFacts | undefined {
  const id = lineId(nodeId)?.replace(/-ShelvingState$/, '');
  cell.advance();
  return cell.alarms().find(({ path }) => path === id);
}

function illTyped(wanted: readonly DataType[], given: Inputs) {
  if (given.length < wanted.length) return { statusCode: StatusCodes.BadArgumentsMissing };
  if (given.length > wanted.length) return { statusCode: StatusCodes.BadTooManyArguments };
  const inputArgumentResults = given.map(({ dataType, arrayType, value }, n) => {
    const isNull = DataType[dataType] === 'Null' && DataType[wanted[n]] === 'LocalizedText';
    const fits = DataType[dataType] === DataType[wanted[n]] && VariantArrayType[arrayType] === 'Scalar';
    const isWhole = DataType[wanted[n]] !== 'Double' || typeof value === 'number';
    return isNull || (fits && isWhole) ? StatusCodes.Good : StatusCodes.BadTypeMismatch;
  });
  if (inputArgumentResults.every((each) => each.isGood())) return undefined;
  return { statusCode: StatusCodes.BadInvalidArgument, inputArgumentResults };
}

const listed = (types: readonly DataType[]): string => types.map((each) => DataType[each]).join(', ') || 'nothing';
