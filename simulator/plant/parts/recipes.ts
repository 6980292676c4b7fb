import { seconds } from '#simulator/kernel/time.ts';
import type { Document } from '#simulator/plant/capture.ts';
import { programOf } from '#simulator/plant/machining/cnc-program.ts';
import { gtinOf } from './product-mark.ts';
import { VARIANTS, type Variant } from './variants.ts';

/**
 * What the stations are set to for a variant: a master recipe (ISA-88.00.01, 5.3) as one row, its parameters by unit.
 */
export interface Recipe extends Variant {
  /** ST03: number of the NC program, and the fixture that holds the casting. */
  readonly program: number;
  readonly fixture: string;
  /** ST09: trade item number on the pump. */
  readonly gtin: string;
}

const FIXTURES = ['A', 'A', 'B'] as const;
const RECIPES: readonly Recipe[] = VARIANTS.map((variant, k) => ({
  ...variant,
  program: programOf(k),
  fixture: FIXTURES[k],
  gtin: gtinOf(k),
}));

/** What the line takes for a part from one to the next with its usual losses; see `workS`. */
const PACE_S = 41;
/** Seconds that so many parts of a variant keep the line busy: the mill paces it. */
export const workS = (variant: number, parts: number): number => parts * PACE_S * RECIPES[variant].milling;

const LOAD_PROGRAM_US = seconds(10);
const CHANGE_FIXTURE_US = seconds(30);

/** Set-up of the mill from one variant to another: another program, and another fixture if the next one needs it. */
export function changeoverUs(from: number, to: number): number {
  if (from === to) return 0;
  return RECIPES[from].fixture === RECIPES[to].fixture ? LOAD_PROGRAM_US : CHANGE_FIXTURE_US;
}

/** All recipes, with the parameters of each station. */
export const recipeList = (): Document => ({
  kind: 'document',
  content: {
    recipes: RECIPES.map(({ name, program, fixture, milling, hasPrintedCover, gtin }, variant) => ({
      variant: name,
      ST03: { program, fixture, millingTime: milling, setUpFromS: setUpsTo(variant) },
      ST05: { printedCover: hasPrintedCover },
      ST09: { gtin },
    })),
  },
});

/** Seconds of set-up from each variant to this one, by name. */
const setUpsTo = (to: number): Readonly<Record<string, number>> =>
  Object.fromEntries(RECIPES.map(({ name }, from) => [name, changeoverUs(from, to) / seconds(1)]));
