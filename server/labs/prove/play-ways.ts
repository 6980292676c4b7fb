import type { Lab } from '../lab.ts';
import type { HandedIn } from './copy-rates.ts';
import type { NewSeat } from './player.ts';
import { beginPlay, type Deed, doDeed, forkPlay, type Play } from './solve.ts';

/** A way through a lab. */
export interface Way {
  readonly id: string;
  readonly deeds: readonly Deed[];
  /** Whether what was handed in is wanted afterwards. */
  readonly isKept?: boolean;
}

/** What came of a way. Plain data. */
export interface Played {
  /** Checks that were passed, as `step.check`. */
  readonly passed: readonly string[];
  /** What was said of each check. */
  readonly why: Readonly<Record<string, string>>;
  readonly points: number;
  /** Whether the lab was passed. */
  readonly isDone: boolean;
  readonly handedIn?: HandedIn;
}

/**
 * Plays all ways of one seed. Where seats can be copied, ways go together as far as they do the same, and what they have in
 * common is lived once.
 */
export async function playWays(
  lab: Lab,
  newSeat: NewSeat,
  seed: number,
  ways: readonly Way[],
): Promise<Map<string, Played>> {
  const played = new Map<string, Played>();
  const first = await newSeat(seed);
  if (first.fork) await fromBeginning(ways, first);
  else {
    await first.close();
    for (const way of ways) await fromBeginning([way], await newSeat(seed));
  }
  return played;

  async function fromBeginning(all: readonly Way[], seat: Play['seat']): Promise<void> {
    try {
      await goOn(await beginPlay(lab, seat), all, 0);
    } finally {
      await seat.close();
    }
  }

  /** All ways have done the same before the deed `k`. */
  async function goOn(play: Play, all: readonly Way[], k: number): Promise<void> {
    for (let n = k; ; n++) {
      const [own, ...others] = byNextDeed(all, n);
      for (const group of others) await goOn(forkPlay(play)!, group, n);
      if (others.length > 0) return goOn(play, own, n);
      const deed = own[0].deeds[n];
      if (deed === undefined) break;
      await doDeed(play, deed);
    }
    const isKept = all.some((way) => way.isKept);
    for (const { id } of all) played.set(id, await resultOf(play, isKept));
  }
}

/** Those first that go on; whoever is at the end is a group too. */
function byNextDeed(ways: readonly Way[], n: number): Way[][] {
  const groups = new Map<string, Way[]>();
  for (const way of ways) {
    const next = JSON.stringify(way.deeds[n] ?? null);
    groups.set(next, [...(groups.get(next) ?? []), way]);
  }
  return [...groups.values()];
}

async function resultOf({ seat, results, known }: Play, isKept: boolean): Promise<Played> {
  const verdicts = results.flatMap(({ step, verdicts: all }) =>
    all.map((verdict) => ({ ...verdict, name: `${step}.${verdict.check}` })),
  );
  const { points, passed } = await seat.player.view();
  const handedIn = isKept ? await seat.handedIn?.() : undefined;
  return {
    passed: verdicts.filter(({ status }) => status === 'passed').map(({ name }) => name),
    why: Object.fromEntries(verdicts.map(({ name, explanation }) => [name, explanation ?? ''])),
    points,
    isDone: passed,
    ...(handedIn && { handedIn: { ...handedIn, shown: known.shown as Record<string, string> } }),
  };
}
