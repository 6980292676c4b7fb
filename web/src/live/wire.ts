import { contact } from './contact.ts';
import { type MqttClient, openMqtt } from './mqtt-client.ts';
import { matches } from './topic.ts';

export type WireState = 'connecting' | 'live' | 'lost' | 'closed';
export type Heard = (topic: string, payload: string) => void;

const decoder = new TextDecoder();

/** The screens' own connection to the broker. It follows only what some visible part asks for. */
export class Wire {
  private client: MqttClient | undefined;
  private readonly followed = new Map<string, Set<Heard>>();
  private readonly listeners = new Set<() => void>();
  private current: WireState = 'connecting';
  private isClosed = false;

  private readonly leaveContact: () => void;

  /** `lost` is called when the connection has ended, and `back` when it returns. */
  constructor(
    participant: string,
    private readonly lost: () => void,
    private readonly back: () => void,
  ) {
    this.leaveContact = contact.subscribe(() => {
      if (contact.state === 'offline') this.enter('lost');
      else if (contact.state === 'well' && this.current === 'lost') this.comeBack();
    });
    void this.open(participant);
  }

  get state(): WireState {
    return this.current;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Hears everything that matches `filter` until the returned function is called. */
  follow(filter: string, heard: Heard): () => void {
    const hearers = this.followed.get(filter) ?? new Set();
    if (!this.followed.has(filter)) {
      this.followed.set(filter, hearers);
      this.client?.subscribe(filter, { qos: 0 });
    }
    hearers.add(heard);
    return () => {
      hearers.delete(heard);
      if (hearers.size > 0 || this.followed.get(filter) !== hearers) return;
      this.followed.delete(filter);
      this.client?.unsubscribe(filter);
    };
  }

  close(): void {
    this.isClosed = true;
    this.leaveContact();
    this.client?.end(true);
    this.enter('closed');
  }

  private async open(participant: string): Promise<void> {
    const client = await openMqtt('screen', participant);
    if (this.isClosed) {
      client.end(true);
      return;
    }
    this.client = client;
    client.on('connect', () => {
      const wasLost = this.current === 'lost';
      this.enter('live');
      if (wasLost) this.back();
    });
    client.on('close', () => {
      if (this.isClosed) return;
      this.enter('lost');
      this.lost();
    });
    // Without a listener an error would be thrown; a `close` follows and says it in words.
    client.on('error', () => undefined);
    client.on('message', (topic, payload) => this.deliver(topic, decoder.decode(payload)));
    for (const filter of this.followed.keys()) client.subscribe(filter, { qos: 0 });
  }

  /** After the browser was offline: at once, and not when the next round is due. */
  private comeBack(): void {
    if (!this.client?.connected) return void this.client?.reconnect();
    this.enter('live');
    this.back();
  }

  private deliver(topic: string, payload: string): void {
    for (const [filter, hearers] of this.followed) {
      if (matches(filter, topic)) for (const heard of hearers) heard(topic, payload);
    }
  }

  private enter(state: WireState): void {
    if (this.current === state) return;
    this.current = state;
    for (const listener of this.listeners) listener();
  }
}
