import { randomBytes } from 'node:crypto';
import type { EventFilter } from 'node-opcua';
import type { ProcessedRead } from './processed-plan.ts';
import type { RawRead } from './raw-read.ts';

/** What is still to be read of the values of one signal. */
export type ValueRead = RawRead | ProcessedRead;

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

/**
 * The continuation points of one session: where each unfinished read goes on, not what it will bring. The oldest give
 * way when there are too many.
 */
export class HistoryCursors<Read> {
  private readonly reads = new Map<string, Read>();

  constructor(private readonly most: number) {}

  keep(read: Read): Buffer {
    const [oldest] = this.reads.keys();
    if (this.reads.size >= this.most && oldest !== undefined) this.reads.delete(oldest);
    const point = randomBytes(8);
    this.reads.set(point.toString('hex'), read);
    return point;
  }

  /** A point is good for one use. */
  take(point: Buffer): Read | undefined {
    const key = point.toString('hex');
    const read = this.reads.get(key);
    this.reads.delete(key);
    return read;
  }
}
