import { HOUR, minutes } from '#simulator/kernel/time.ts';

const EVERY = minutes(10);

interface Checkpoint {
  readonly t: number;
  readonly snapshot: ArrayBuffer;
}

/** Snapshots to start replays from: every 10 simulated minutes of the last hours, every hour before that. */
export class Checkpoints {
  constructor(
    private kept: Checkpoint[] = [],
    private readonly fineUs = 2 * HOUR,
  ) {}

  /** When the next one is to be taken. */
  dueUs(): number {
    const last = this.kept.at(-1);
    return last === undefined ? 0 : last.t + EVERY;
  }

  keep(t: number, snapshot: ArrayBuffer): void {
    this.kept.push({ t, snapshot });
    if (t % HOUR === 0) this.kept = this.kept.filter((c) => c.t % HOUR === 0 || c.t >= t - this.fineUs);
  }

  /** The last one at or before t. */
  before(t: number): Checkpoint {
    const found = this.kept.findLast((checkpoint) => checkpoint.t <= t);
    if (found === undefined) throw new Error(`No checkpoint at or before ${t}.`);
    return found;
  }

  cutAfter(t: number): void {
    this.kept = this.kept.filter((checkpoint) => checkpoint.t <= t);
  }

  copyUntil(t: number): Checkpoints {
    return new Checkpoints(
      this.kept.filter((checkpoint) => checkpoint.t <= t),
      this.fineUs,
    );
  }
}
