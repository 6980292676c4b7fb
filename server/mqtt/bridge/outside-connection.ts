import { setTimeout as pause } from 'node:timers/promises';
import mqtt, { type MqttClient } from 'mqtt';
import type { Qos } from '../interest.ts';
import type { BridgeAddress } from './bridge-url.ts';
import { reasonInWords } from './outside-reasons.ts';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
const CONNECT_MS = 10_000;
const GOODBYE_MS = 2_000;
/** So soon is a broker found dead that says nothing any more, as VDA 5050 2.1.0 wants it (6.14). */
const KEEPALIVE_S = 15;

export interface Will {
  readonly topic: string;
  readonly payload: string | Uint8Array;
  readonly retain: boolean;
}

export interface OutsideConnectionOptions {
  readonly address: BridgeAddress;
  readonly clientId: string;
  /** What the broker says for it at QoS 1 when it is lost; asked for anew before each connection. */
  readonly will: () => Will;
  /** Bytes that wait for a slow broker before `isFull`. */
  readonly waitingBytes: number;
  readonly begun: () => void;
  readonly lost: (reason: string) => void;
}

/**
 * A connection to the broker outside that only sends, at most QoS 1, and is made again when it is lost, after a wait that
 * doubles. What is sent while there is none is lost: nothing is queued.
 */
export class OutsideConnection {
  private client: MqttClient | undefined;
  private waitMs = FIRST_WAIT_MS;
  private again: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(private readonly options: OutsideConnectionOptions) {
    this.connect();
  }

  get isConnected(): boolean {
    return this.client?.connected ?? false;
  }

  /** The broker takes less than is sent. */
  get isFull(): boolean {
    return (this.client?.stream.writableLength ?? 0) > this.options.waitingBytes;
  }

  send(topic: string, payload: string | Uint8Array, qos: Qos, retain: boolean): void {
    const { client } = this;
    if (!client?.connected) return;
    client.publish(topic, typeof payload === 'string' ? payload : Buffer.from(payload), { qos, retain });
  }

  /** Hangs up in order, so that the will is not sent. */
  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    clearTimeout(this.again);
    const { client } = this;
    // A broker that takes nothing any more does not keep the server.
    if (client?.connected) {
      await Promise.race([client.endAsync().catch(() => {}), pause(GOODBYE_MS, undefined, { ref: false })]);
    }
    client?.end(true);
  }

  private connect(): void {
    const { address, clientId, will, begun, lost } = this.options;
    const { payload, ...rest } = will();
    const client = mqtt.connect(address.url, {
      ...{ ...address.login, clientId, keepalive: KEEPALIVE_S, ...(address.trust && { ca: [...address.trust.ca] }) },
      ...{ protocolVersion: 4, clean: true, reconnectPeriod: 0, connectTimeout: CONNECT_MS, queueQoSZero: false },
      will: { ...rest, payload: Buffer.from(payload), qos: 1 },
    });
    this.client = client;
    let reason = 'the connection was closed';
    client.on('error', (error) => (reason = reasonInWords(error)));
    client.once('connect', () => {
      this.waitMs = FIRST_WAIT_MS;
      begun();
    });
    client.once('close', () => {
      client.end(true);
      if (this.isClosed) return;
      lost(reason);
      // Not all at once.
      this.again = setTimeout(() => this.connect(), this.waitMs * (0.75 + Math.random() / 2)).unref();
      this.waitMs = Math.min(2 * this.waitMs, LONGEST_WAIT_MS);
    });
  }
}
