import type { Connection } from './connection.ts';
import { publishBytes } from './publish-bytes.ts';
import { matches } from './topic-filter.ts';

const REMEMBERED_TOPICS = 2000;

export interface BroadcastOptions {
  /** Everyone connected. */
  readonly connections: ReadonlyMap<string, Connection>;
  /** A reader that takes nothing for so long is closed. */
  readonly stalledMs: number;
  readonly now: () => number;
}

/**
 * Sends the line's messages of QoS 0 to those who hear them, past aedes: a message is made of bytes once, and what belongs
 * together is one write for each reader. Nothing is kept for anyone, and who has fallen behind gets nothing.
 */
export class Broadcast {
  private readonly readers = new Map<string, readonly Connection[]>();
  private isTurn = false;
  /** Who has been written to in this turn, and therefore waits for its end. */
  private turn: Set<Connection> | undefined;

  constructor(private readonly options: BroadcastOptions) {}

  /** Somebody hears something else now. */
  forgetReaders(): void {
    this.readers.clear();
  }

  send(topic: string, payload: string | Uint8Array): void {
    const readers = this.readersOf(topic);
    if (readers.length === 0) return;
    const bytes = publishBytes(topic, payload);
    for (const reader of readers) this.write(reader, bytes);
  }

  /** What `work` sends is one write for each reader. */
  together(work: () => void): void {
    if (this.isTurn) {
      work();
      return;
    }
    this.isTurn = true;
    try {
      work();
    } finally {
      const { turn } = this;
      this.isTurn = false;
      this.turn = undefined;
      if (turn) for (const { stream } of turn) stream.uncork();
    }
  }

  /** Whether a reader takes messages of QoS 0 is asked once a turn: what waits then is the turn's own. */
  private write(reader: Connection, bytes: Buffer): void {
    const { stream } = reader;
    if (!this.turn?.has(reader)) {
      if (stream.destroyed || stream.writableEnded || this.isStalled(reader) || reader.isBehind) return;
      if (this.isTurn) {
        (this.turn ??= new Set()).add(reader);
        stream.cork();
      }
    }
    stream.write(bytes);
  }

  private isStalled(reader: Connection): boolean {
    const { stream } = reader;
    if (!stream.writableNeedDrain) return false;
    const { now, stalledMs } = this.options;
    if (reader.stuckSinceMs === undefined) {
      reader.stuckSinceMs = now();
      stream.once('drain', () => (reader.stuckSinceMs = undefined));
    }
    if (now() - reader.stuckSinceMs < stalledMs) return false;
    stream.destroy(new Error('limit: nothing is taken'));
    return true;
  }

  private readersOf(topic: string): readonly Connection[] {
    const known = this.readers.get(topic);
    if (known) return known;
    const readers = [...this.options.connections.values()].filter(({ heard }) => isHeard(topic, heard));
    if (this.readers.size >= REMEMBERED_TOPICS) this.readers.clear();
    this.readers.set(topic, readers);
    return readers;
  }
}

function isHeard(topic: string, filters: Iterable<string>): boolean {
  for (const filter of filters) if (matches(filter, topic)) return true;
  return false;
}
