import type { ClockState } from '#contract/clock.ts';

/** All but the reading, which changes by itself; of a line that stands still the reading too. */
const gaitOf = ({ simUs, wallMs: _, ...gait }: ClockState) => ({ ...gait, ...(gait.paused && { simUs }) });

/**
 * The cell's clock in the browser. The server's wall clock may differ from ours; `offsetMs` is how much ours is ahead,
 * taken from the freshest answer seen.
 */
export class PlantClock {
  private offsetMs = Infinity;
  private readonly listeners = new Set<() => void>();

  /** The state when it last changed otherwise than by going on. */
  gait: ClockState;

  constructor(private current: ClockState) {
    this.gait = current;
    this.learn(current);
  }

  get state(): ClockState {
    return this.current;
  }

  /** Takes over a newer state. `fresh` says that it was read just now, so that it also tells the server's time. */
  set(state: ClockState, fresh = false): void {
    if (fresh) this.learn(state);
    if (state.run < this.current.run || state.wallMs < this.current.wallMs) return;
    this.current = state;
    if (JSON.stringify(gaitOf(state)) !== JSON.stringify(gaitOf(this.gait))) this.gait = state;
    for (const listener of this.listeners) listener();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** The server's wall time now, ms since 1970. */
  readonly serverMs = (): number => Date.now() - this.offsetMs;

  /** Plant time now, us since the start of the run. Never past the wall clock. */
  nowUs(): number {
    const { simUs, wallMs, speed, paused } = this.current;
    if (paused) return simUs;
    const elapsedMs = Math.max(0, this.serverMs() - wallMs);
    return Math.max(simUs, Math.min(Math.round(simUs + elapsedMs * speed * 1000), this.endUs()));
  }

  /** The plant instant that stands for the wall clock: nothing is later. */
  endUs(): number {
    return Math.floor((this.serverMs() - this.current.anchorMs) * 1000);
  }

  /** Plant time as ms since 1970. */
  epochMs(us: number): number {
    return this.current.anchorMs + us / 1000;
  }

  usOf(epochMs: number): number {
    return Math.round((epochMs - this.current.anchorMs) * 1000);
  }

  private learn(state: ClockState): void {
    this.offsetMs = Math.min(this.offsetMs, Date.now() - state.wallMs);
  }
}
