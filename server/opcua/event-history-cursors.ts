import { randomBytes } from 'node:crypto';
import type { EventFilter } from 'node-opcua';

/** What is still to be read of one notifier: a window, and how many of its events were given already. */
export interface EventRead {
  readonly notifier: string;
  readonly isBackward: boolean;
  readonly fromUs: number;
  readonly toUs: number;
  /** Events of the instant at which it goes on that were given. */
  readonly skip: number;
  /** Events in one answer; 0 leaves it to the server. */
  readonly page: number;
  readonly filter: EventFilter;
}

const MOST_CURSORS = 20;

/** The continuation points of one session's reads of events: where each goes on. The oldest give way. */
export class EventHistoryCursors {
  private readonly reads = new Map<string, EventRead>();

  keep(read: EventRead): Buffer {
    const [oldest] = this.reads.keys();
    if (this.reads.size >= MOST_CURSORS && oldest !== undefined) this.reads.delete(oldest);
    const point = randomBytes(8);
    this.reads.set(point.toString('hex'), read);
    return point;
  }

  /** A point is good for one use. */
  take(point: Buffer): EventRead | undefined {
    const key = point.toString('hex');
    const read = this.reads.get(key);
    this.reads.delete(key);
    return read;
  }
}
