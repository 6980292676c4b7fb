import type { LiveCell } from '#server/cells/live-cell.ts';
import type { Qos } from '../interest.ts';
import { factsheetContent } from './factsheet.ts';
import {
  VERSION,
  type VehicleName,
  type VehicleOrderTopic,
  type VehicleReport,
  vehicleTopic,
} from './vehicle-topics.ts';

const STATE_MS = 30_000;
const VISUALIZATION_MS = 1000;
const KEPT_NOTES = 10;
/** What is made again as time goes on. */
const HEARD = ['connection', 'state', 'visualization'] as const;

/** An error that an order or action met on its way in (VDA 5050 2.1.0, 6.6.4 and 7.1). */
export interface VehicleError {
  readonly errorType: string;
  readonly errorLevel: 'WARNING';
  readonly errorDescription: string;
  readonly errorReferences: readonly { referenceKey: string; referenceValue: string }[];
}
/** What became of an instant action (6.11): it stays until the next order. */
export interface InstantState {
  readonly actionId: string;
  readonly actionType: string;
  readonly actionStatus: 'FINISHED' | 'FAILED';
  readonly resultDescription?: string;
}
/** What was accepted; `again` is an order that the vehicle holds already, which changes nothing (6.6.4.3). */
export type Accepted = 'order' | 'update' | 'again' | 'instantActions';

interface StateContent extends Readonly<Record<string, unknown>> {
  readonly orderId: string;
  readonly orderUpdateId: number;
  readonly actionStates: readonly { readonly actionId: string }[];
  readonly errors: readonly unknown[];
  readonly driving: boolean;
  readonly agvPosition: unknown;
  readonly velocity: unknown;
}

export interface ReportsOptions {
  readonly cell: LiveCell;
  /** Wall time in ms, for rates only. */
  readonly now: () => number;
  readonly qosOf: (topic: string) => Qos | undefined;
  readonly publish: (topic: string, payload: string, qos: Qos) => void;
}

/**
 * What one vehicle reports, VDA 5050 2.1.0 clauses 6.10 and 6.12 to 6.15: its state on change and at least every 30 s of
 * wall time, where it is once a second while it drives, its connection and factsheet as retained messages. Only what
 * somebody wants is made. `headerId` counts the messages of each topic; timestamps are plant time.
 */
export class VehicleReports {
  private readonly signal: number;
  private readonly headerIds: Record<VehicleReport, number> = {
    connection: 0,
    factsheet: 0,
    state: 0,
    visualization: 0,
  };
  private readonly sentMs = { state: -Infinity, visualization: -Infinity };
  private errors: readonly { of: VehicleOrderTopic; error: VehicleError }[] = [];
  private instant: readonly InstantState[] = [];
  /** What of the last state counts as a change; undefined while nobody wanted it. */
  private told: string | undefined;
  private connection: 'ONLINE' | 'OFFLINE' | 'CONNECTIONBROKEN' = 'ONLINE';

  constructor(
    readonly name: VehicleName,
    private readonly options: ReportsOptions,
  ) {
    this.signal = options.cell.model.indexOf(name.signal);
  }

  /** Whether anything is wanted of it that is made again as time goes on. */
  wantedChanged(): boolean {
    const isWanted = HEARD.some((what) => this.options.qosOf(vehicleTopic(this.name, what)) !== undefined);
    if (!isWanted) this.told = undefined;
    return isWanted;
  }

  advanced(): void {
    this.watchConnection();
    if (this.connection !== 'ONLINE') return;
    this.sendState(false);
    this.sendPosition();
  }

  /** Right away, if anybody wants it: what it was asked for has changed what it says. */
  sendState(isForced: boolean): void {
    const topic = vehicleTopic(this.name, 'state');
    if (this.options.qosOf(topic) === undefined) {
      this.told = undefined;
      return;
    }
    const nowMs = this.options.now();
    const content = this.content();
    const { distanceSinceLastNode: _, agvPosition: __, velocity: ___, batteryState, ...rest } = content;
    const told = JSON.stringify([rest, (batteryState as { charging?: boolean }).charging]);
    if (!isForced && told === this.told && nowMs - this.sentMs.state < STATE_MS) return;
    this.told = told;
    this.sentMs.state = nowMs;
    this.options.publish(topic, this.message('state', content), 0);
  }

  sendFactsheet(): void {
    const topic = vehicleTopic(this.name, 'factsheet');
    this.headerIds.factsheet += 1;
    if (this.options.qosOf(topic) !== undefined) this.options.publish(topic, this.retained('factsheet'), 0);
  }

  /** Publishes what is retained, for a broker that keeps it; of the two only the connection is QoS 1 (6.2). */
  announce(): void {
    this.options.publish(vehicleTopic(this.name, 'connection'), this.retained('connection'), 1);
    this.options.publish(vehicleTopic(this.name, 'factsheet'), this.retained('factsheet'), 0);
  }

  /** The retained message of a topic, as it is now. */
  retained(what: 'connection' | 'factsheet'): string {
    if (what === 'connection' && this.connection !== 'OFFLINE') this.watchConnection();
    return this.report(what);
  }

  private report(what: 'connection' | 'factsheet'): string {
    const content = what === 'connection' ? { connectionState: this.connection } : factsheetContent(this.name.serial);
    return this.withHeader(this.headerIds[what], content);
  }

  /** Whether a master control can reach it. */
  get isOnline(): boolean {
    this.watchConnection();
    return this.connection === 'ONLINE';
  }

  /** What a message would be to it that gives this order, if it is accepted. */
  meaningOf(orderId: unknown, orderUpdateId: unknown): 'order' | 'update' | 'again' {
    const held = this.content();
    if (orderId !== held.orderId) return 'order';
    return orderUpdateId === held.orderUpdateId ? 'again' : 'update';
  }

  /** A warning about orders stays until an order is accepted (6.6.4), instant actions are shown until the next order. */
  accepted(what: Accepted): void {
    if (what === 'order') this.errors = this.instant = [];
    const settled = what === 'update' ? 'order' : what;
    this.errors = this.errors.filter((each) => each.of !== settled);
  }

  met(of: VehicleOrderTopic, error: VehicleError): void {
    this.errors = [...this.errors, { of, error }].slice(-KEPT_NOTES);
  }

  acted(states: readonly InstantState[]): void {
    const isNew = ({ actionId }: InstantState) => !states.some((each) => each.actionId === actionId);
    this.instant = [...this.instant.filter(isNew), ...states].slice(-KEPT_NOTES);
  }

  /** The cell goes: in order if `isPlanned`, else as a last will would say it. */
  leave(connection: 'OFFLINE' | 'CONNECTIONBROKEN'): void {
    this.tellConnection(connection);
  }

  private content(): StateContent {
    const { cell } = this.options;
    // All cells of a model share one window; reading a sample slides it to this cell.
    cell.version(this.signal);
    const capture = cell.model.captures.get(this.name.capture)!.take(cell.clock.simUs);
    if (capture.kind !== 'document') throw new Error(`${this.name.capture} is no document`);
    const content = capture.content as StateContent;
    const known = new Set(content.actionStates.map(({ actionId }) => actionId));
    const instant = this.instant.filter(({ actionId }) => !known.has(actionId));
    return {
      ...content,
      actionStates: [...content.actionStates, ...instant],
      errors: [...content.errors, ...this.errors.map(({ error }) => error)],
    };
  }

  private sendPosition(): void {
    const topic = vehicleTopic(this.name, 'visualization');
    const nowMs = this.options.now();
    if (nowMs - this.sentMs.visualization < VISUALIZATION_MS || this.options.qosOf(topic) === undefined) return;
    this.sentMs.visualization = nowMs;
    const { agvPosition, velocity } = this.content();
    this.options.publish(topic, this.message('visualization', { agvPosition, velocity }), 0);
  }

  private watchConnection(): void {
    const isHeard = this.options.cell.sample(this.signal).status !== 'BadNoCommunication';
    this.tellConnection(isHeard ? 'ONLINE' : 'CONNECTIONBROKEN');
  }

  private tellConnection(connection: VehicleReports['connection']): void {
    if (connection === this.connection) return;
    this.connection = connection;
    this.headerIds.connection += 1;
    const topic = vehicleTopic(this.name, 'connection');
    if (this.options.qosOf(topic) !== undefined) this.options.publish(topic, this.report('connection'), 1);
  }

  private message(what: 'state' | 'visualization', content: Readonly<Record<string, unknown>>): string {
    this.headerIds[what] += 1;
    return this.withHeader(this.headerIds[what], content);
  }

  private withHeader(headerId: number, content: Readonly<Record<string, unknown>>): string {
    return withHeader(this.options.cell, this.name, headerId, content);
  }
}

/** What a broker says for a vehicle that is lost (6.14): its header is of the time when it connected. */
export const brokenConnection = (cell: LiveCell, name: VehicleName): string =>
  withHeader(cell, name, 0, { connectionState: 'CONNECTIONBROKEN' });

function withHeader(
  cell: LiveCell,
  { manufacturer, serial: serialNumber }: VehicleName,
  headerId: number,
  content: Readonly<Record<string, unknown>>,
): string {
  const timestamp = new Date(Math.floor(cell.epochMs(cell.clock.simUs))).toISOString();
  return JSON.stringify({ headerId, timestamp, version: VERSION, manufacturer, serialNumber, ...content });
}
