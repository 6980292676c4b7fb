import { setTimeout as pause } from 'node:timers/promises';
import mqtt, { type MqttClient } from 'mqtt';
import type { LiveCell } from '#server/cells/live-cell.ts';
import { Interest, type Qos } from '../interest.ts';
import type { MqttLimits } from '../limits.ts';
import { type LineIdentity, LivePublisher } from '../live-publisher.ts';
import { EdgeNode } from '../sparkplug/edge-node.ts';
import { edgeNamesOf } from '../sparkplug/edge-topics.ts';
import { type TopicTable, topicTableOf } from '../topic-table.ts';
import type { BridgeAddress } from './bridge-url.ts';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
const CONNECT_MS = 10_000;
const GOODBYE_MS = 2_000;
/** Nobody there can ask for a rebirth: nothing is read from that broker. */
const BIRTHS_MS = 600_000;
/** Topics of a standard say by themselves whose they are. */
const STANDARDS = ['spBv1.0/', 'uagv/'];

export interface BridgedLineOptions {
  readonly address: BridgeAddress;
  readonly participant: string;
  readonly cell: LiveCell;
  /** `bridgedSignalsPerSecond` is the announced rate of signals. */
  readonly limits: MqttLimits;
  readonly now: () => number;
  readonly changed: (isConnected: boolean, reason: string) => void;
  /** The cell is gone. */
  readonly ended: () => void;
}

/**
 * One line on the broker outside: all its topics below `<root>/<participant>/`, retained where they are retained here, at
 * an announced rate; in Sparkplug a node of its own with NDEATH as its will, in VDA 5050 vehicles of their own. A
 * connection that is lost is made again, after a wait that doubles.
 */
export class BridgedLine {
  private readonly table: TopicTable;
  private readonly stopListening: () => void;
  private client: MqttClient | undefined;
  private publisher: LivePublisher | undefined;
  private connects = 0;
  private waitMs = FIRST_WAIT_MS;
  private again: NodeJS.Timeout | undefined;
  private births: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(private readonly options: BridgedLineOptions) {
    const { cell, ended } = options;
    this.table = topicTableOf(cell.model, cell.model.definition.topicPrefix);
    this.stopListening = cell.listen({
      // What a slow broker has no room for now is told later, as it is then; what happened meanwhile is not.
      advanced: (nowUs) => {
        if (!this.isFull) this.publisher?.advanced(nowUs);
      },
      happened: (happening) => {
        if (!this.isFull) this.publisher?.happened(happening);
      },
      commanded: () => this.publisher?.commanded(),
      clockChanged: (clock) => this.publisher?.clockChanged(clock),
      closed: ended,
    });
    this.connect();
  }

  /** Says that the line leaves, and hangs up. */
  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    clearTimeout(this.again);
    this.stopListening();
    const { client } = this;
    if (!client?.connected) {
      client?.end(true);
      this.fallSilent();
      return;
    }
    this.publisher?.leave();
    this.tellStatus(false);
    this.fallSilent();
    // A broker that takes nothing any more does not keep the server.
    await Promise.race([client.endAsync().catch(() => {}), pause(GOODBYE_MS, undefined, { ref: false })]);
    client.end(true);
  }

  private connect(): void {
    const { address, participant, changed } = this.options;
    const identity = this.identity(this.connects++);
    const { topic, payload } = new EdgeNode({
      ...{ cell: this.options.cell, names: identity.edge, bdSeq: identity.bdSeq, publish: () => {} },
    }).death();
    const client = mqtt.connect(address.url, {
      ...{ ...address.login, clientId: `verkstad-${participant}` },
      ...{ protocolVersion: 4, clean: true, reconnectPeriod: 0, connectTimeout: CONNECT_MS, queueQoSZero: false },
      will: { topic, payload: Buffer.from(payload), qos: 1, retain: false },
    });
    this.client = client;
    let reason = 'the connection was closed';
    client.on('error', ({ message }) => (reason = message));
    client.once('connect', () => {
      this.waitMs = FIRST_WAIT_MS;
      changed(true, '');
      this.begin(identity);
    });
    client.once('close', () => {
      client.end(true);
      this.fallSilent();
      if (this.isClosed) return;
      changed(false, reason);
      // Not all at once.
      this.again = setTimeout(() => this.connect(), this.waitMs * (0.75 + Math.random() / 2)).unref();
      this.waitMs = Math.min(2 * this.waitMs, LONGEST_WAIT_MS);
    });
  }

  /** Everything anew: whoever listens there may have seen nothing of it. */
  private begin(identity: LineIdentity): void {
    const { cell, now, limits } = this.options;
    const { table } = this;
    const interest = new Interest(table);
    interest.update(
      new Map<string, Qos>([
        [`${table.prefix}/#`, 0],
        ['uagv/v2/#', 0],
      ]),
    );
    const publisher = new LivePublisher({
      ...{ cell, table, interest, now, identity },
      limits: { ...limits, signalsPerSecond: limits.bridgedSignalsPerSecond },
      publish: (topic, payload, qos) => this.publish(topic, payload, qos),
    });
    this.publisher = publisher;
    this.tellStatus(true);
    publisher.wantedChanged([]);
    publisher.edge.want(true);
    for (const vehicle of publisher.vehicles) vehicle.announce();
    this.births = setInterval(() => publisher.edge.birth(), BIRTHS_MS).unref();
  }

  private fallSilent(): void {
    clearInterval(this.births);
    this.publisher?.close();
    this.publisher = undefined;
  }

  /** `line1-p-7k3f9q` in the same group, and `AGV1-p-7k3f9q` of the same manufacturer. */
  private identity(bdSeq: number): LineIdentity {
    const { participant } = this.options;
    const { prefix, vehicles } = this.table;
    const { group, node } = edgeNamesOf(prefix);
    return {
      ...{ edge: { group, node: `${node}-${participant}` }, bdSeq },
      vehicles: vehicles.map((vehicle) => ({ ...vehicle, serial: `${vehicle.serial}-${participant}` })),
    };
  }

  private tellStatus(online: boolean): void {
    const { address, participant, cell, limits } = this.options;
    const status = {
      online,
      t: new Date(cell.epochMs(cell.clock.simUs)).toISOString(),
      signalsPerSecond: limits.bridgedSignalsPerSecond,
      stationMessagesPerSecond: 1000 / limits.stationMs,
      birthsEverySeconds: BIRTHS_MS / 1000,
    };
    this.send(`${address.root}/${participant}/bridge`, JSON.stringify(status), 1, true);
  }

  private publish(topic: string, payload: string | Uint8Array, qos: Qos): void {
    const { address, participant } = this.options;
    const isOfStandard = STANDARDS.some((standard) => topic.startsWith(standard));
    const isRetained = isOfStandard
      ? /^uagv\/.*\/(connection|factsheet)$/.test(topic)
      : this.table.find(topic) !== undefined;
    this.send(isOfStandard ? topic : `${address.root}/${participant}/${topic}`, payload, qos, isRetained);
  }

  private send(topic: string, payload: string | Uint8Array, qos: Qos, retain: boolean): void {
    const { client } = this;
    if (!client?.connected) return;
    client.publish(topic, typeof payload === 'string' ? payload : Buffer.from(payload), { qos, retain });
  }

  private get isFull(): boolean {
    return (this.client?.stream.writableLength ?? 0) > this.options.limits.waitingBytes;
  }
}
