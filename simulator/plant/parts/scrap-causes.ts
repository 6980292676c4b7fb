import type { Text } from '#simulator/plant/signal.ts';

/**
 * What a check says of a part, and what is really the matter with it: 0 is good, every other number is a cause in the
 * one table below. A false reject is known to the truth only: no check calls its own verdict one.
 */
export const Verdict = {
  Good: 0,
  LeakTest: 1,
  Bore: 2,
  Press: 3,
  Scratch: 4,
  Burr: 5,
  Screw: 6,
  Seal: 7,
  WrongLid: 8,
  Cover: 9,
  FalseReject: 10,
} as const;

export interface Cause {
  /** Its name in traces and figures. */
  readonly name: string;
  readonly text: Text;
  /** The assembly station can put it right, once for each part. */
  readonly canBeReworked: boolean;
}

const cause = (name: string, en: string, sv: string, canBeReworked = false): Cause => ({
  name,
  text: { en, sv },
  canBeReworked,
});

/** Why parts are scrapped or go back, in the order of `Verdict`. */
export const CAUSES: readonly Cause[] = [
  cause('none', 'None: the part is good', 'Ingen: detaljen är godkänd'),
  cause('leak', 'Leaks', 'Läcker'),
  cause('bore', 'Bore out of tolerance', 'Hålet utanför toleransen'),
  cause('press', 'Press fit outside its window', 'Pressningen utanför sitt fönster'),
  cause('scratch', 'Scratch on the lid', 'Repa på locket'),
  cause('burr', 'Burr at the bore', 'Grad vid hålet'),
  cause('screw', 'Screw missing', 'Skruv saknas', true),
  cause('seal', 'Seal tilted', 'Tätningen sned', true),
  cause('wrongLid', 'Wrong lid picked', 'Fel lock plockat', true),
  cause('cover', 'Printed cover missing', 'Utskrivet lock saknas'),
  cause('falseReject', 'Good part rejected by mistake', 'God detalj underkänd av misstag'),
];

export const CAUSE_WORDS: Readonly<Record<number, Text>> = Object.fromEntries(
  CAUSES.map(({ text }, verdict) => [verdict, text]),
);

/** Verdicts from here on are those of parts that go round the loop once more, with the cause on top. */
const SENT_BACK = 64;
export const sentBackFor = (verdict: number): number => SENT_BACK + verdict;
export const isSentBack = (verdict: number): boolean => verdict >= SENT_BACK;
export const causeOf = (verdict: number): number => verdict % SENT_BACK;
