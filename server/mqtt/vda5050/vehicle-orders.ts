import { randomUUID } from 'node:crypto';
import { CommandGuard } from '../command-guard.ts';
import type { Sender } from '../commands.ts';
import type { Publication } from '../publish-rules.ts';
import { shortfallOf, WaitingCommands, type WaitingCommandsOptions } from '../waiting-commands.ts';
import type { InstantState, VehicleError, VehicleReports } from './vehicle-reports.ts';
import type { VehicleOrderTopic } from './vehicle-topics.ts';

const ERROR_TYPES = /^(validationError|orderError|orderUpdateError|noRouteError|noOrderToCancel): /;
/** How a reason names a field of an order. */
const FIELD = /\b(?:(?:nodes|edges)\[\d+\](?:\.\w+(?:\[\d+\])?)*|zoneSetId)/;
const MOST_ACTIONS = 10;
/** What this door answers itself; everything else is up to the vehicle. */
const REPORT_REQUESTS: Readonly<Record<string, (reports: VehicleReports) => void>> = {
  stateRequest: (reports) => reports.sendState(true),
  factsheetRequest: (reports) => reports.sendFactsheet(),
};

type Data = Readonly<Record<string, unknown>>;
interface InstantAction {
  readonly actionId: string;
  readonly actionType: string;
}

/**
 * Orders and instant actions of a master control (VDA 5050 2.1.0, 6.6 and 6.9) on the one path of commands. What is
 * refused stands in the state of the vehicle as an error, and on `refusals`.
 */
export class VehicleOrders {
  private readonly waiting: WaitingCommands;
  private readonly guard: CommandGuard;

  constructor(options: WaitingCommandsOptions) {
    this.guard = new CommandGuard(options.cell);
    this.waiting = new WaitingCommands(options);
  }

  async receive(
    reports: VehicleReports,
    what: VehicleOrderTopic,
    { topic, payload }: Publication,
    sender: Sender,
  ): Promise<void> {
    if (!reports.isOnline) {
      const { serial } = reports.name;
      sender.refuse(`publish ${topic}`, `${serial} has no connection and heard nothing. Wait until it is ONLINE.`);
      return;
    }
    const message = readMessage(payload, reports);
    if (typeof message === 'string') {
      this.reject(reports, what, {}, message, topic, sender);
    } else if (this.waiting.isFull) {
      this.reject(reports, what, message, 'validationError: too many messages are waiting. Wait.', topic, sender);
    } else {
      const reject = (reason: string, of: Data = message) => this.reject(reports, what, of, reason, topic, sender);
      if (what === 'order') await this.order(reports, message, sender, reject);
      else await this.instantActions(reports, message, sender, reject);
    }
    reports.sendState(true);
  }

  private async order(
    reports: VehicleReports,
    order: Data,
    sender: Sender,
    reject: (reason: string) => void,
  ): Promise<void> {
    const meaning = reports.meaningOf(order.orderId, order.orderUpdateId);
    const reason = await this.command(`${reports.name.station}.Order`, order, order, sender);
    if (reason === undefined) reports.accepted(meaning);
    else reject(reason);
  }

  /** Each action by itself, as the state shows each by itself. */
  private async instantActions(
    reports: VehicleReports,
    message: Data,
    sender: Sender,
    reject: (reason: string, of?: Data) => void,
  ): Promise<void> {
    const actions = readActions(message);
    if (typeof actions === 'string') {
      reject(actions);
      return;
    }
    for (const action of actions) {
      const { actionId, actionType } = action;
      const request = Object.hasOwn(REPORT_REQUESTS, actionType) ? REPORT_REQUESTS[actionType] : undefined;
      const value = { serialNumber: reports.name.serial, actions: [action] };
      const reason = request
        ? undefined
        : await this.command(`${reports.name.station}.InstantActions`, value, message, sender);
      const isDone = reason === undefined;
      const state: InstantState = { actionId, actionType, actionStatus: isDone ? 'FINISHED' : 'FAILED' };
      // The vehicle itself tells how far a cancellation has got.
      if (actionType !== 'cancelOrder' || !isDone) {
        reports.acted([isDone ? state : { ...state, resultDescription: reason }]);
      }
      if (isDone) reports.accepted('instantActions');
      else reject(reason, { ...message, actionId });
      request?.(reports);
    }
  }

  /** Why it was refused, if it was. */
  private async command(
    target: string,
    value: Data,
    { timestamp, headerId }: Data,
    { actor, isProtected }: Sender,
  ): Promise<string | undefined> {
    const id = `${target} ${String(timestamp)} ${String(headerId)} ${JSON.stringify(value)}`;
    const denied = this.guard.deny({ target, actor, isProtected, id, sentMs: Date.parse(String(timestamp)) });
    if (denied !== undefined) return denied;
    return shortfallOf(await this.waiting.carryOut({ id: randomUUID(), target, value }, actor));
  }

  private reject(
    reports: VehicleReports,
    what: VehicleOrderTopic,
    message: Data,
    reason: string,
    topic: string,
    { refuse }: Sender,
  ): void {
    refuse(`publish ${topic}`, reason);
    reports.met(what, {
      errorType: ERROR_TYPES.exec(reason)?.[1] ?? 'validationError',
      errorLevel: 'WARNING',
      errorDescription: reason.replace(ERROR_TYPES, ''),
      errorReferences: referencesOf(what, message, reason),
    });
  }
}

/** What helps to find the cause (6.6.4.2 and 7.1): the message, and the field that the reason names, with its place. */
function referencesOf(what: VehicleOrderTopic, message: Data, reason: string): VehicleError['errorReferences'] {
  const { headerId, orderId, orderUpdateId, actionId } = message;
  const given: [string, unknown][] = Object.entries({ topic: what, headerId, orderId, orderUpdateId, actionId });
  const field = what === 'order' ? FIELD.exec(reason)?.[0] : undefined;
  if (field !== undefined) {
    const levels = field.split(/[.[\]]+/).filter((level) => level !== '');
    const at = (count: number) =>
      levels.slice(0, count).reduce<unknown>((data, level) => (data as Data)?.[level], message);
    for (const [count, name] of [
      [2, levels[0] === 'nodes' ? 'nodeId' : 'edgeId'],
      [4, 'actionId'],
    ] as const) {
      if (levels.length >= count) given.push([name, (at(count) as Data | undefined)?.[name]]);
    }
    given.push([field, at(levels.length)]);
  }
  return given.flatMap(([referenceKey, value]) => {
    if (value === undefined) return [];
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return [{ referenceKey, referenceValue: text.slice(0, 100) }];
  });
}

/** The message, if it is one for this vehicle (6.3 and 6.4); else what is wrong. */
function readMessage(payload: Buffer, { name }: VehicleReports): Data | string {
  let message: unknown;
  try {
    message = JSON.parse(payload.toString());
  } catch {
    return 'validationError: the payload is no JSON. Publish a VDA 5050 message.';
  }
  if (typeof message !== 'object' || message === null || Array.isArray(message)) {
    return 'validationError: the payload is no JSON object. Publish a VDA 5050 message.';
  }
  const { version, manufacturer, serialNumber, headerId, timestamp } = message as Data;
  const wrong = (field: string, value: unknown, hint: string) =>
    `validationError: ${field} is ${(JSON.stringify(value) ?? 'missing').slice(0, 60)}. ${hint}`;
  if (typeof version !== 'string' || !/^2\.\d+\.\d+/.test(version)) return wrong('version', version, 'Give 2.1.0.');
  if (manufacturer !== name.manufacturer) {
    return wrong('manufacturer', manufacturer, `The topic says ${name.manufacturer}.`);
  }
  if (serialNumber !== name.serial) return wrong('serialNumber', serialNumber, `The topic says ${name.serial}.`);
  if (typeof headerId !== 'number') return wrong('headerId', headerId, 'Count your messages.');
  if (typeof timestamp !== 'string' || Number.isNaN(Date.parse(timestamp))) {
    return wrong('timestamp', timestamp, 'Give ISO 8601 in UTC.');
  }
  return message as Data;
}

/** Version 2.0.0 called the list `instantActions` in some implementations; both names are understood. */
function readActions(message: Data): readonly InstantAction[] | string {
  const list = message.actions ?? message.instantActions;
  if (!Array.isArray(list)) return 'validationError: actions is no list. Give a list of actions.';
  if (list.length > MOST_ACTIONS) return `validationError: ${list.length} actions. Give at most ${MOST_ACTIONS}.`;
  const isAction = (each: unknown): each is InstantAction => {
    const { actionId, actionType } = (each ?? {}) as Data;
    return typeof actionId === 'string' && typeof actionType === 'string' && actionType.length <= 64;
  };
  if (!list.every(isAction)) return 'validationError: an action has no actionId or actionType. Give both as texts.';
  return list;
}
