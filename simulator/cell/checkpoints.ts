import { HOUR } from '#simulator/kernel/time.ts';

const EVERY = 8 * HOUR;

/** The whole state of a cell at an instant: where a replay may begin. */
export interface Checkpoint {
  readonly modelVersion: number;
  readonly definitionHash: string;
  readonly tUs: number;
  readonly snapshot: ArrayBuffer;
}

/**
 * Checkpoints to start replays from: one every 8 simulated hours, and the newest one of any full hour. Where there is not
 * even a first one none is ever taken.
 */
export class Checkpoints {
  constructor(private readonly kept: Checkpoint[]) {}

  /** When the next one is to be taken. */
  get dueUs(): number {
    if (this.kept.length === 0) return Infinity;
    return (Math.floor(this.newest.tUs / HOUR) + 1) * HOUR;
  }

  get newest(): Checkpoint {
    return this.kept[this.kept.length - 1];
  }

  get all(): readonly Checkpoint[] {
    return this.kept;
  }

  /** Takes the place of the newest one, unless that is to stay. The first always stays. */
  keep(checkpoint: Checkpoint): void {
    if (this.kept.length > 1 && this.newest.tUs % EVERY !== 0) this.kept.pop();
    this.kept.push(checkpoint);
  }

  /** These and a newer one beside them. */
  with(checkpoint: Checkpoint): Checkpoints {
    return new Checkpoints([...this.kept, checkpoint]);
  }

  /** The last one at or before t. */
  before(t: number): Checkpoint {
    const found = this.kept.findLast(({ tUs }) => tUs <= t);
    if (found === undefined) throw new Error(`No checkpoint at or before ${t}.`);
    return found;
  }

  /** The first one stays whatever t is. */
  copyUntil(t: number): Checkpoints {
    return new Checkpoints(this.kept.filter(({ tUs }, k) => k === 0 || tUs <= t));
  }
}
