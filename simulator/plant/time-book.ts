/**
 * Categories of ISO 22400-2 that a state of a station counts as, within the time it was meant to work: producing;
 * waiting for parts, room or people (no loss of its own); down for failure or repair; set-up; off.
 */
export type TimeCategory = 'producing' | 'waiting' | 'down' | 'setup' | 'off';

/** Where the time of a station went. The times of all states sum exactly to the time elapsed. */
export interface TimeBook {
  readonly states: readonly { readonly name: string; readonly category: TimeCategory }[];
  timeInUs(state: number, t: number): number;
}

/** What a station has made, and how long one item should take. */
export interface Production {
  readonly made: number;
  /** Planned run time per item, PRI of ISO 22400-2. */
  readonly plannedRunS: number;
}
