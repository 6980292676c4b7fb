/** What is controlled: something that works, stops and goes on. */
export interface Controlled {
  /** Stops at once; what was begun stays as it is. */
  halt(t: number): void;
  /** Goes on with whatever is at hand, and enters the reason that comes of it. */
  resume(t: number): void;
}

/** The same, as a station says it that has no work cycle. */
export interface ControlHooks {
  halt(self: never, t: number): void;
  resume(self: never, t: number): void;
}
