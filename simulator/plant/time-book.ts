/**
 * Categories of ISO 22400-2 that a state of a station counts as. Within the time it was meant to work (PBT): producing
 * (APT); set-up (AUST); delayed by a cause of its own, such as missing material or an absent operator, and down for
 * failure or repair (both ADET); waiting for parts or for room, no loss of its own (ADOT). Outside of it: off.
 */
export type TimeCategory = 'producing' | 'setup' | 'delayed' | 'down' | 'waiting' | 'off';

/** Where the time of a station went. The times of all states sum exactly to the time elapsed. */
export interface TimeBook {
  readonly states: readonly { readonly name: string; readonly category: TimeCategory }[];
  timeInUs(state: number, t: number): number;
}

/** What a station has made, and how long one item should take. */
export interface Production {
  readonly made: number;
  /** When it took the item that it has in hand, or had last, in microseconds. */
  readonly startedUs: number;
  /** Planned run time per item, PRI of ISO 22400-2. */
  readonly plannedRunS: number;
}
