import { atBeat } from '../../live/beat.ts';
import { type MqttClient, openMqtt } from '../../live/mqtt-client.ts';
import { Watchers } from '../../live/watchers.ts';
import { patiently } from '../../ui/lazily.ts';
import type { SparkplugReader } from './sparkplug-text.ts';

export interface Received {
  readonly topic: string;
  /** As text; a payload of Sparkplug as JSON. */
  readonly payload: string;
  /** As it came, in hexadecimal, where that is no text. */
  readonly hex: string | undefined;
  /** The message before it on the same topic. */
  readonly before: string | undefined;
  readonly atMs: number;
  readonly count: number;
  /** Of the payload as it came. */
  readonly bytes: number;
  /** There is more of it than `payload` holds. */
  readonly isCut: boolean;
  /** The broker had it before this subscription was made. */
  readonly isRetained: boolean;
}

/** What comes with a payload. */
type Came = Pick<Received, 'topic' | 'bytes' | 'isRetained'>;

export type DeskState = 'disconnected' | 'connecting' | 'connected' | 'offline';

const KEPT_TOPICS = 2000;
const SHOWN_BYTES = 4096;
const SHOWN_HEX_BYTES = 512;
const SPARKPLUG = /^spBv1\.0\/(?!STATE\/)/;
const decoder = new TextDecoder();

/** The participant's own MQTT client in the browser. It stays connected while the line is open, whatever tab is shown. */
export class MqttDesk {
  state: DeskState = 'disconnected';
  filters: readonly string[] = [];
  private client: Promise<MqttClient> | undefined;
  private readonly topics = new Map<string, Received>();
  private readonly listeners = new Set<() => void>();
  private readonly watchers = new Watchers();
  /** Loaded with the first message of Sparkplug. */
  private reader: SparkplugReader | undefined;
  private loading: Promise<void> | undefined;
  private frame = 0;
  private version = 0;

  constructor(private readonly participant: string) {}

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Rises when there are other topics, filters or another state, not with a message on a known topic; for React to compare. */
  snapshot = (): number => this.version;

  get received(): readonly Received[] {
    return [...this.topics.values()];
  }

  /** The last message on a topic, if there was one. */
  find(topic: string): Received | undefined {
    return this.topics.get(topic);
  }

  /** Calls `listener` after messages came on `topic`, at most once per beat of the page. */
  watch(topic: string, listener: () => void): () => void {
    return this.watchers.watch(topic, listener);
  }

  async follow(filter: string): Promise<void> {
    const client = await this.open();
    const [grant] = await client.subscribeAsync(filter, { qos: 0 });
    // The broker says 128 for a filter that it does not grant.
    if (grant && (grant.qos as number) >= 128) throw new Error(filter);
    if (!this.filters.includes(filter)) this.filters = [...this.filters, filter].sort();
    this.changed();
  }

  async leave(filter: string): Promise<void> {
    this.filters = this.filters.filter((other) => other !== filter);
    this.changed();
    await (await this.open()).unsubscribeAsync(filter);
  }

  async publish(topic: string, message: string, retain: boolean): Promise<void> {
    const client = await this.open();
    await client.publishAsync(topic, message, { qos: 1, retain });
  }

  /** Has the edge node of a Sparkplug topic tell its births again, and those of its devices. */
  async askBirth(topic: string): Promise<void> {
    const [, group, , node] = topic.split('/');
    const { rebirthOrder } = await import('./sparkplug-text.ts');
    await this.follow(`spBv1.0/${group}/NBIRTH/${node}`);
    await this.follow(`spBv1.0/${group}/DBIRTH/${node}/+`);
    const client = await this.open();
    await client.publishAsync(`spBv1.0/${group}/NCMD/${node}`, rebirthOrder() as Buffer, { qos: 0 });
  }

  clear(): void {
    this.topics.clear();
    this.changed();
  }

  /** Ends the session with the broker; subscriptions are gone with it. */
  async close(): Promise<void> {
    const client = await this.client;
    this.client = undefined;
    this.filters = [];
    this.state = 'disconnected';
    this.changed();
    await client?.endAsync(true);
  }

  private open(): Promise<MqttClient> {
    this.client ??= this.connect().catch((error: unknown) => {
      this.client = undefined;
      this.enter('disconnected');
      throw error;
    });
    return this.client;
  }

  private async connect(): Promise<MqttClient> {
    this.enter('connecting');
    const client = await openMqtt('pane', this.participant);
    client.on('connect', () => this.enter('connected'));
    client.on('close', () => {
      if (this.client) this.enter('offline');
    });
    client.on('error', () => undefined);
    client.on('message', (topic, payload, { retain }) =>
      this.receive({ topic, bytes: payload.length, isRetained: retain }, payload),
    );
    return client;
  }

  private receive(came: Came, bytes: Uint8Array): void {
    if (!SPARKPLUG.test(came.topic)) {
      this.keep(came, decoder.decode(bytes.subarray(0, SHOWN_BYTES)), undefined, bytes.length > SHOWN_BYTES);
    } else if (this.reader) this.keepSparkplug(this.reader, came, bytes);
    else {
      this.loading ??= patiently(() => import('./sparkplug-text.ts')).then(
        ({ SparkplugReader }) => void (this.reader = new SparkplugReader()),
        () => void (this.loading = undefined),
      );
      // In the order in which they came: births tell the names of what follows.
      void this.loading.then(() => this.reader && this.keepSparkplug(this.reader, came, bytes));
    }
  }

  private keepSparkplug(reader: SparkplugReader, came: Came, bytes: Uint8Array): void {
    const hex = Array.from(bytes.subarray(0, SHOWN_HEX_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const text = reader.read(came.topic, bytes) ?? decoder.decode(bytes.subarray(0, SHOWN_BYTES));
    this.keep(came, text, bytes.length > SHOWN_HEX_BYTES ? `${hex} …` : hex, false);
  }

  private keep(came: Came, payload: string, hex: string | undefined, isCut: boolean): void {
    const { topic } = came;
    const known = this.topics.get(topic);
    if (!known && this.topics.size >= KEPT_TOPICS) return;
    const count = (known?.count ?? 0) + 1;
    this.topics.set(topic, { ...came, payload, hex, isCut, before: known?.payload, atMs: Date.now(), count });
    if (!known) this.changed();
    else if (this.watchers.note(topic)) atBeat(this.watchers.tell);
  }

  private enter(state: DeskState): void {
    this.state = state;
    this.changed();
  }

  private changed(): void {
    this.version += 1;
    this.tellSoon();
  }

  private tellSoon(): void {
    this.frame ||= requestAnimationFrame(this.tell);
  }

  private readonly tell = (): void => {
    this.frame = 0;
    for (const listener of this.listeners) listener();
  };
}
