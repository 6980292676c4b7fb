import { seconds } from '#simulator/kernel/time.ts';
import { VARIANTS, type Variant } from './variants.ts';

/**
 * What the stations are set to for a variant: the master recipe of ISA-88 (IEC 61512-1, 5.3.4) as one row, with the
 * parameters of each unit.
 */
export interface Recipe extends Variant {
  /** ST03: number of the NC program, and the fixture that holds the casting. */
  readonly program: number;
  readonly fixture: string;
  /** ST06: screws to be driven. */
  readonly screws: number;
  /** ST07: lowest and highest peak force of a good press fit. */
  readonly pressWindowKn: readonly [low: number, high: number];
  /** ST10: article on the label. */
  readonly label: string;
}

const RECIPES: readonly Recipe[] = [
  { ...VARIANTS[0], program: 1001, fixture: 'A', screws: 4, pressWindowKn: [6.5, 17.5], label: 'NP-100' },
  { ...VARIANTS[1], program: 1002, fixture: 'A', screws: 4, pressWindowKn: [6.5, 17.5], label: 'NP-200' },
  { ...VARIANTS[2], program: 1003, fixture: 'B', screws: 6, pressWindowKn: [6.5, 17.5], label: 'NP-300' },
];

/** By the number that the feature `variant` of a part holds. */
export const recipeAt = (variant: number): Recipe => RECIPES[variant];

/** What the line takes for a part from one to the next with its usual losses; see `workS`. */
const PACE_S = 41;
/** Seconds that so many parts of a variant keep the line busy: the mill paces it. */
export const workS = (variant: number, parts: number): number => parts * PACE_S * RECIPES[variant].milling;

const LOAD_PROGRAM_US = seconds(18);
const CHANGE_FIXTURE_US = seconds(36);

/** Set-up of the mill from one variant to another: another program, and another fixture if the next one needs it. */
export function changeoverUs(from: number, to: number): number {
  if (from === to) return 0;
  return RECIPES[from].fixture === RECIPES[to].fixture ? LOAD_PROGRAM_US : CHANGE_FIXTURE_US;
}
