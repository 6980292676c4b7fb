import type { LiveCell } from '#server/cells/live-cell.ts';
import type { EdgeNames } from './sparkplug/edge-topics.ts';
import { TokenBucket } from './token-bucket.ts';

const REPEAT_MS = 10_000;
const REMEMBERED = 500;

export interface Whom {
  readonly participant: string;
  readonly client: 'own' | 'pane';
  readonly session: string;
}

/** What of a participant's repeated doings is worth an entry: one thing once in 10 s, and 100 at once, then one in 2 s. */
export class News {
  private readonly toldMs = new Map<string, number>();
  private readonly budget: TokenBucket;

  constructor(private readonly now: () => number) {
    this.budget = new TokenBucket(0.5, 100, now);
  }

  isNews(key: string): boolean {
    const nowMs = this.now();
    const toldMs = this.toldMs.get(key);
    if (toldMs !== undefined && nowMs - toldMs < REPEAT_MS) return false;
    if (!this.budget.take()) return false;
    if (this.toldMs.size >= REMEMBERED) this.toldMs.clear();
    this.toldMs.set(key, nowMs);
    return true;
  }
}

/** What one connection did, for the attempt. Sessions and subscriptions are always told, in pairs; the rest if it is news. */
export class EvidenceLog {
  private readonly subscribed = new Map<string, number>();
  private isOpen = false;

  constructor(
    private readonly cell: LiveCell,
    private readonly who: Whom,
    private readonly news: News,
  ) {}

  opened(clientId: string): void {
    this.isOpen = true;
    this.cell.record({ kind: 'mqtt.session', ...this.who, clientId });
  }

  closed(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.cell.record({ kind: 'mqtt.closed', ...this.who });
  }

  subscribe(topic: string, qos: number): void {
    if (this.subscribed.get(topic) === qos) return;
    this.subscribed.set(topic, qos);
    this.cell.record({ kind: 'mqtt.subscribe', ...this.who, topic, qos });
  }

  unsubscribe(topic: string): void {
    if (this.subscribed.delete(topic)) this.cell.record({ kind: 'mqtt.unsubscribe', ...this.who, topic });
  }

  publish(topic: string, bytes: number): void {
    if (this.news.isNews(`publish ${topic}`)) this.cell.record({ kind: 'mqtt.publish', ...this.who, topic, bytes });
  }

  /** A last will that was left with CONNECT. When it is sent, that is a `publish`. */
  will(topic: string): void {
    if (this.news.isNews(`will ${topic}`)) this.cell.record({ kind: 'mqtt.will', ...this.who, topic });
  }

  /** A Sparkplug host said whether it is on line. */
  state(host: string, payload: Buffer): void {
    const online = payload.length > 0 && (JSON.parse(payload.toString()) as { online: boolean }).online;
    if (this.news.isNews(`state ${host} ${online}`)) {
      this.cell.record({ kind: 'sparkplug.state', ...this.who, host, online });
    }
  }

  rebirth({ group, node }: EdgeNames): void {
    if (this.news.isNews(`rebirth ${node}`)) this.cell.record({ kind: 'sparkplug.rebirth', ...this.who, group, node });
  }

  refusal(what: string, reason: string): void {
    if (!this.news.isNews(`${what}: ${reason}`)) return;
    this.cell.record({ kind: 'refusal', participant: this.who.participant, via: 'mqtt', what, reason });
  }
}
