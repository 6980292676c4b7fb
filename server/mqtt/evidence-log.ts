import type { LiveCell } from '#server/cells/live-cell.ts';
import type { EdgeNames } from './sparkplug/edge-topics.ts';

export interface Whom {
  readonly participant: string;
  readonly client: 'own' | 'pane';
  readonly session: string;
}

/** What one connection did, for the attempt. Sessions and subscriptions are told in pairs. */
export class EvidenceLog {
  private readonly subscribed = new Map<string, number>();
  private isOpen = false;

  constructor(
    private readonly cell: LiveCell,
    private readonly who: Whom,
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
    this.cell.record({ kind: 'mqtt.publish', ...this.who, topic, bytes });
  }

  /** A last will that was left with CONNECT. When it is sent, that is a `publish`. */
  will(topic: string): void {
    this.cell.record({ kind: 'mqtt.will', ...this.who, topic });
  }

  /** A Sparkplug host said whether it is on line. */
  state(host: string, payload: Buffer): void {
    const online = payload.length > 0 && (JSON.parse(payload.toString()) as { online: boolean }).online;
    this.cell.record({ kind: 'sparkplug.state', ...this.who, host, online });
  }

  rebirth({ group, node }: EdgeNames): void {
    this.cell.record({ kind: 'sparkplug.rebirth', ...this.who, group, node });
  }

  refusal(what: string, reason: string): void {
    this.cell.record({ kind: 'refusal', participant: this.who.participant, via: 'mqtt', what, reason });
  }
}
