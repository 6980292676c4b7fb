/** A wall clock that stands still until a test moves it. */
export interface TestClock {
  readonly now: () => number;
  /** Moves on in steps of 100 ms, as the server's timer would, and tells whoever was added with `onTick`. */
  forward(ms: number): void;
  /** Moves on in one leap, as after a pause of the whole process. */
  leap(ms: number): void;
  onTick(tick: () => void): void;
}

/** Starts on Tuesday 2026-11-03 at 09:00 UTC. */
export function testClock(startMs = Date.UTC(2026, 10, 3, 9)): TestClock {
  let nowMs = startMs;
  const ticks: (() => void)[] = [];
  const leap = (ms: number) => {
    nowMs += ms;
    for (const tick of ticks) tick();
  };
  return {
    now: () => nowMs,
    leap,
    forward(ms) {
      for (let left = ms; left > 0; left -= 100) leap(Math.min(100, left));
    },
    onTick: (tick) => void ticks.push(tick),
  };
}
