import { Refusal } from '#simulator/kernel/refusal.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { type Manner, MANNERS } from './intruder.ts';

/** What a scenario says of an intruder; names are those of the cell. */
export interface Intrusion {
  readonly manner: Exclude<Manner, 'none'>;
  readonly account: string;
  readonly target: string;
  readonly value?: unknown;
  /** Mean period, s. */
  readonly everyS: number;
  /** Zone that it comes from. */
  readonly from?: string;
  /** Age of what it repeats while it has overheard nothing, s. */
  readonly ageS?: number;
}

/** Throws a Refusal if it is none; that its names are there is for the station to say. */
export function readIntrusion(value: unknown): Intrusion {
  const given = (value ?? {}) as Partial<Record<keyof Intrusion, unknown>>;
  const { manner, account, target, everyS, from, ageS } = given;
  const isRight =
    MANNERS.some((each) => each !== 'none' && each === manner) &&
    typeof account === 'string' &&
    typeof target === 'string' &&
    typeof everyS === 'number' &&
    everyS * SECOND >= SECOND &&
    (from === undefined || typeof from === 'string') &&
    (ageS === undefined || typeof ageS === 'number');
  if (isRight) return given as Intrusion;
  const hint = 'Give {manner, account, target, value?, everyS, from?, ageS?}.';
  throw new Refusal(`${JSON.stringify(value)} is no intrusion.`, hint, 'wrong_type');
}
