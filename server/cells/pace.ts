import type { CappedSpeed } from '#contract/clock.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import type { HurryTarget } from './hurry.ts';
import { type ClockBase, plantUs } from './plant-clock.ts';
import {
  cappedSpeed,
  concernsHands,
  mostSpeed,
  type Reaction,
  type ReactionWindow,
  windowAfter,
} from './reaction-window.ts';

/** How fast the plant time of a cell goes: the speed that was asked for, or less while a hand is needed. */
export class Pace {
  /** The speed that was asked for. */
  wanted: number;
  private window: ReactionWindow | undefined;

  constructor(
    private base: ClockBase,
    private readonly reactions: readonly Reaction[],
  ) {
    this.wanted = base.speed;
  }

  get speed(): number {
    return this.base.speed;
  }

  get paused(): boolean {
    return this.base.paused;
  }

  get capped(): CappedSpeed | undefined {
    return cappedSpeed(this.window, this.wanted);
  }

  /** The highest speed that is allowed now. */
  get allowedSpeed(): number {
    return Math.min(this.wanted, this.window === undefined ? Infinity : mostSpeed(this.window));
  }

  /** Whether it may change in the midst of a run: then a cell goes from event to event. */
  get mayChange(): boolean {
    return this.reactions.length > 0;
  }

  /** Plant time by which it may change next. */
  get changesUs(): number {
    return this.window?.endsUs ?? Infinity;
  }

  plantUs(wallMs: number): number {
    return plantUs(this.base, wallMs);
  }

  /** Goes on from here. */
  goOnFrom(simUs: number, wallMs: number, change: Partial<Pick<ClockBase, 'speed' | 'paused'>> = {}): void {
    this.base = { ...this.base, ...change, simUs, wallMs };
  }

  /** Takes the speed that is allowed from the present instant on. False if that is the one it has. */
  adopt(nowUs: number): boolean {
    if (nowUs >= this.changesUs) this.window = undefined;
    const { simUs, wallMs, speed, paused } = this.base;
    const { allowedSpeed } = this;
    if (paused || allowedSpeed === speed) return false;
    this.base = { simUs: nowUs, wallMs: wallMs + (nowUs - simUs) / 1000 / speed, speed: allowedSpeed, paused };
    return true;
  }

  hear(happening: Happening): void {
    this.window = windowAfter(this.window, this.reactions, happening);
  }

  isForHands(happenings: readonly Happening[]): boolean {
    return happenings.some((happening) => concernsHands(this.reactions, happening));
  }

  /** Lets a hurry end where a hand is needed, too. */
  untilHand(target: HurryTarget): HurryTarget {
    if (!this.mayChange) return target;
    const isOpening = ({ event }: Happening) => this.reactions.some((each) => each.event === event);
    return { ...target, stopsAt: (happening) => isOpening(happening) || target.stopsAt?.(happening) === true };
  }
}
