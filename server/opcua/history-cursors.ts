import { randomBytes } from 'node:crypto';
import type { ProcessedRead } from './processed-plan.ts';
import type { RawRead } from './raw-read.ts';

/** Where an unfinished read goes on. */
export type Unfinished = RawRead | ProcessedRead;

const MOST_CURSORS = 100;

/**
 * The continuation points of one session: where each unfinished read goes on, not what it will bring. The oldest give
 * way when there are too many.
 */
export class HistoryCursors {
  private readonly reads = new Map<string, Unfinished>();

  keep(read: Unfinished): Buffer {
    const [oldest] = this.reads.keys();
    if (this.reads.size >= MOST_CURSORS && oldest !== undefined) this.reads.delete(oldest);
    const point = randomBytes(8);
    this.reads.set(point.toString('hex'), read);
    return point;
  }

  /** A point is good for one use. */
  take(point: Buffer): Unfinished | undefined {
    const key = point.toString('hex');
    const read = this.reads.get(key);
    this.reads.delete(key);
    return read;
  }
}
