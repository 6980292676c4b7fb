/** The place of a command among the events of an instant: after those of all timers. */
export const AFTER_ALL = Infinity;

/** Someone who sleeps until something happens to what it looks at. */
export interface Watcher {
  /** While nobody watches, events cost nothing more. */
  readonly isWatching: boolean;
  /** All that is due at t or before is over. */
  begin(t: number): void;
  /** An event is over: that of the timer in this slot of the calendar. */
  after(slot: number, t: number): void;
}
