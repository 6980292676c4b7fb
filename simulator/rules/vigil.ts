import type { Timer } from '#simulator/kernel/calendar.ts';
import { MINUTE } from '#simulator/kernel/time.ts';
import { AFTER_ALL, type Watcher } from '#simulator/kernel/watcher.ts';

/** Where it is not known for ever that nothing can change, it may be known for so long. */
export const FORESIGHT_US = MINUTE;

/** Those of one station that look at signals at whole multiples of a period: alarms, or rules. */
export interface Lookouts {
  readonly isWatching: boolean;
  /** Whether something happened at t to what one of them looks at who rests. */
  isRousedAt(t: number): boolean;
  /** Lets those rest anew, or no longer, who rest and to whom something happened at t. */
  settle(t: number): void;
  /** Nobody rests any longer. */
  rouse(): void;
  /** When the next of them looks: after t, or at t itself if that is still to come. */
  nextUs(t: number, isOver: boolean): number;
}

/**
 * Keeps watch for lookouts that rest: a look is due only when something can have changed since the last one. What comes
 * of it is the same, event by event, as if they looked at each multiple of their periods.
 */
export class Vigil implements Watcher {
  /** All looks that are due by then are over. */
  private overUs = -1;

  constructor(
    private readonly lookouts: Lookouts,
    private readonly scan: Timer,
    /** When something last happened to themselves. */
    private readonly own: { readonly lastUs: number },
  ) {}

  get isWatching(): boolean {
    return this.lookouts.isWatching;
  }

  begin(t: number): void {
    this.overUs = t;
  }

  after(slot: number, t: number): void {
    const { lookouts, scan, own } = this;
    if (slot >= scan.slot) this.overUs = t;
    if (slot === scan.slot) return;
    // A command may change what is looked at, how, and by whom.
    if (slot === AFTER_ALL || own.lastUs === t) lookouts.rouse();
    else if (lookouts.isRousedAt(t)) lookouts.settle(t);
    else return;
    const nextUs = lookouts.nextUs(t, this.overUs === t);
    if (nextUs !== scan.dueUs) scan.at(nextUs);
  }
}

/** The first whole multiple of a period at which somebody looks who rests until `restUs`. */
export function lookUs(everyUs: number, restUs: number, t: number, isOver: boolean): number {
  const next = isOver ? (Math.floor(t / everyUs) + 1) * everyUs : Math.ceil(t / everyUs) * everyUs;
  return restUs > next ? Math.ceil(restUs / everyUs) * everyUs : next;
}
