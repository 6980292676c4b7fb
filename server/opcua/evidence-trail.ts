import type { NewEvidence } from '#contract/evidence.ts';

type Repeatable = Extract<NewEvidence, { kind: 'opcua.read' | 'opcua.browse' }>;

interface Repeats {
  readonly entry: Repeatable;
  count: number;
  /** Written at this tick, one a second. */
  dueTick: number;
  waitTicks: number;
}

const LONGEST_WAIT_TICKS = 64;

/**
 * Coalesces what a client does over and over. The first read of a node is written down within a second; while it goes
 * on, the wait doubles, so that an hour of polling costs some sixty entries a node.
 */
export class EvidenceTrail {
  private readonly repeats = new Map<string, Repeats>();
  private ticks = 0;

  constructor(private readonly record: (entry: NewEvidence) => void) {}

  add(entry: Repeatable): void {
    const key = `${entry.kind} ${entry.kind === 'opcua.read' ? entry.signal : entry.node}`;
    const known = this.repeats.get(key);
    if (known) known.count += entry.count;
    else this.repeats.set(key, { entry, count: entry.count, dueTick: this.ticks + 1, waitTicks: 1 });
  }

  /** To be called every second. */
  tick(): void {
    this.ticks += 1;
    for (const [key, each] of this.repeats) {
      if (each.dueTick > this.ticks) continue;
      if (each.count === 0) {
        this.repeats.delete(key);
        continue;
      }
      this.write(each);
      each.waitTicks = Math.min(each.waitTicks * 2, LONGEST_WAIT_TICKS);
      each.dueTick = this.ticks + each.waitTicks;
    }
  }

  flush(): void {
    for (const each of this.repeats.values()) if (each.count > 0) this.write(each);
    this.repeats.clear();
  }

  private write(each: Repeats): void {
    this.record({ ...each.entry, count: each.count });
    each.count = 0;
  }
}
