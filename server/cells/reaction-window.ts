import type { CappedSpeed } from '#contract/clock.ts';
import type { Definition } from '#simulator/cell/definition.ts';
import { getDurationUs } from '#simulator/cell/plant-time.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import { SECOND } from '#simulator/kernel/time.ts';

/** Wall time that a hand has at least, in s. */
const HAND_S = 10;

/** What a person must react to by hand, as a definition names it. */
export type Reaction = Definition['reactions'][number];

/** Something waits for a hand, until it is too late or done. */
export interface ReactionWindow {
  readonly reaction: Reaction;
  /** Plant time at which it is too late. */
  readonly endsUs: number;
}

/** Speed at which a reaction window lasts 10 s of wall time; 1 at least. */
export const mostSpeed = ({ reaction }: ReactionWindow): number =>
  Math.max(1, getDurationUs(reaction.within) / SECOND / HAND_S);

/** Whether something that happens opens or closes a window. */
export const concernsHands = (reactions: readonly Reaction[], { event }: Happening): boolean =>
  reactions.some((each) => each.event === event || each.until === event);

/** The window that is open after something has happened. Of several the one that needs the lowest speed. */
export function windowAfter(
  open: ReactionWindow | undefined,
  reactions: readonly Reaction[],
  { event, t }: Happening,
): ReactionWindow | undefined {
  const still = open?.reaction.until === event ? undefined : open;
  return reactions
    .filter((reaction) => reaction.event === event)
    .map((reaction) => ({ reaction, endsUs: t + getDurationUs(reaction.within) }))
    .reduce((slowest, window) => {
      return slowest === undefined || mostSpeed(window) <= mostSpeed(slowest) ? window : slowest;
    }, still);
}

/** What the clock tells while a window holds the speed down. */
export function cappedSpeed(window: ReactionWindow | undefined, wanted: number): CappedSpeed | undefined {
  if (window === undefined || wanted <= mostSpeed(window)) return undefined;
  return { wanted, most: mostSpeed(window), untilUs: window.endsUs, why: window.reaction.text };
}
