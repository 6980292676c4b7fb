import { hasWildcard, matches } from './topic-filter.ts';
import type { LiveTopic, TopicTable } from './topic-table.ts';

export type Qos = 0 | 1;
const REMEMBERED_TOPICS = 1000;

/** Which topics somebody wants, and how reliably. Everything else is neither computed nor sent. */
export class Interest {
  /** Signals that were asked for by name. */
  named: readonly number[] = [];
  /** Signals that a wildcard alone asks for. */
  swept: readonly number[] = [];
  private filters: ReadonlyMap<string, Qos> = new Map();
  /** By place in the table: 0 unwanted, 1 QoS 0, 2 QoS 1. */
  private wanted: Uint8Array;
  private readonly places = new Map<LiveTopic['kind'], number[]>();
  private readonly remembered = new Map<string, Qos | undefined>();

  constructor(private readonly table: TopicTable) {
    this.wanted = new Uint8Array(table.topics.length);
  }

  /** Takes the filters of all subscribers. Returns the signals that nobody wanted before. */
  update(filters: ReadonlyMap<string, Qos>): readonly number[] {
    const before = this.wanted;
    const byName = new Uint8Array(before.length);
    this.filters = filters;
    this.wanted = new Uint8Array(before.length);
    this.remembered.clear();
    this.places.clear();
    for (const [filter, qos] of filters) {
      for (const k of this.table.expand(filter)) {
        this.wanted[k] = Math.max(this.wanted[k], qos + 1);
        if (!hasWildcard(filter)) byName[k] = 1;
      }
    }
    const { topics } = this.table;
    const signals = (test: (k: number) => boolean) =>
      topics.flatMap((topic, k) => (topic.kind === 'signal' && test(k) ? [topic.signal] : []));
    this.named = signals((k) => this.wanted[k] > 0 && byName[k] > 0);
    this.swept = signals((k) => this.wanted[k] > 0 && byName[k] === 0);
    return signals((k) => this.wanted[k] > 0 && before[k] === 0);
  }

  /** The places of the live topics of a kind that somebody wants. */
  of(kind: LiveTopic['kind']): readonly number[] {
    const known = this.places.get(kind);
    if (known) return known;
    const places = this.table.topics.flatMap((topic, k) => (topic.kind === kind && this.wanted[k] > 0 ? [k] : []));
    this.places.set(kind, places);
    return places;
  }

  get isEmpty(): boolean {
    return this.filters.size === 0;
  }

  qosAt(k: number): Qos {
    return this.wanted[k] > 1 ? 1 : 0;
  }

  /** How a topic that comes and goes is wanted, if at all. */
  qosOf(topic: string): Qos | undefined {
    if (this.isEmpty) return undefined;
    if (this.remembered.has(topic)) return this.remembered.get(topic);
    let qos: Qos | undefined;
    for (const [filter, wanted] of this.filters) {
      if (wanted > (qos ?? -1) && matches(filter, topic)) qos = wanted;
    }
    if (this.remembered.size >= REMEMBERED_TOPICS) this.remembered.clear();
    this.remembered.set(topic, qos);
    return qos;
  }
}
