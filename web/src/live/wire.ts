import { contact } from './contact.ts';
import { fetchShapes } from './message.ts';
import { type MqttClient, fetchMqtt, openMqtt } from './mqtt-client.ts';
import { matches } from './topic.ts';

export type WireState = 'connecting' | 'live' | 'lost' | 'closed';
export type Heard = (topic: string, payload: string) => void;

const decoder = new TextDecoder();

/** Whoever only glances at another tab comes back to a screen that went on. */
const REST_AFTER_MS = 5_000;
const TRY_AGAIN_MS = 2_000;

/** The screens' own connection to the broker. It follows only what some visible part asks for, and nothing in a hidden tab. */
export class Wire {
  private client: MqttClient | undefined;
  private readonly followed = new Map<string, Set<Heard>>();
  private readonly listeners = new Set<() => void>();
  private current: WireState = 'connecting';
  private isClosed = false;
  private isResting = false;
  private resting: ReturnType<typeof setTimeout> | undefined;

  private readonly leaveContact: () => void;

  /** `lost` is called when the connection has ended, and `back` when it returns. */
  constructor(
    private readonly participant: string,
    private readonly lost: () => void,
    private readonly back: () => void,
  ) {
    this.leaveContact = contact.subscribe(() => {
      if (contact.state === 'offline') this.enter('lost');
      else if (contact.state === 'well' && this.current === 'lost') this.comeBack();
    });
    document.addEventListener('visibilitychange', this.heedVisibility);
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
      if (!this.isResting) this.client?.subscribe(filter, { qos: 0 });
    }
    hearers.add(heard);
    return () => {
      hearers.delete(heard);
      if (hearers.size > 0 || this.followed.get(filter) !== hearers) return;
      this.followed.delete(filter);
      this.client?.unsubscribe(filter);
    };
  }

  /** Connects at once where it would only be tried again soon: what kept it away is over. */
  tryNow(): void {
    if (this.current === 'lost') this.comeBack();
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.resting);
    document.removeEventListener('visibilitychange', this.heedVisibility);
    this.leaveContact();
    this.client?.end(true);
    this.enter('closed');
  }

  /** Connects; until then it only notes what is to be followed. */
  async open(): Promise<void> {
    const client = await this.connect();
    if (!client || this.isClosed) return void client?.end(true);
    this.client = client;
    client.on('connect', () => {
      if (this.isResting) return;
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
    if (!this.isResting) this.followAll();
  }

  /** A connection, however often its code has to be asked for; undefined where the server does not have it any more. */
  private async connect(): Promise<MqttClient | undefined> {
    for (;;) {
      try {
        await Promise.all([fetchMqtt(), fetchShapes()]);
        return this.isClosed ? undefined : await openMqtt('screen', this.participant);
      } catch {
        if (this.isClosed) return undefined;
        this.enter('lost');
        if (contact.isOutdated) return undefined;
        await contact.well();
        await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
      }
    }
  }

  private followAll(): void {
    for (const filter of this.followed.keys()) this.client?.subscribe(filter, { qos: 0 });
  }

  private readonly heedVisibility = (): void => {
    clearTimeout(this.resting);
    if (document.hidden) this.resting = setTimeout(() => this.rest(), REST_AFTER_MS);
    else if (this.isResting) this.wake();
  };

  /** Nobody looks: nothing is sent here until somebody does. */
  private rest(): void {
    this.isResting = true;
    for (const filter of this.followed.keys()) this.client?.unsubscribe(filter);
    if (this.current === 'live') this.enter('connecting');
  }

  private wake(): void {
    this.isResting = false;
    this.followAll();
    if (this.client?.connected) this.comeBack();
  }

  /** After the browser was offline: at once, and not when the next round is due. */
  private comeBack(): void {
    if (this.isResting) return;
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
