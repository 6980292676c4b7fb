import { type NumberField, type ObjectField, field, record } from '#simulator/kernel/fields.ts';
import { quantity } from '#simulator/plant/parameters.ts';
import { type Variant, VARIANTS } from '#simulator/plant/parts/variants.ts';
import { text } from '#simulator/plant/texts.ts';

const share = (path: string, en: string, sv: string): NumberField =>
  quantity('%', { fallback: 100, min: 50, max: 120, shown: { path, ...text(en, sv) } });

type Name = `recipe${string}`;
const feedName = ({ name }: Variant): Name => `recipeFeed${name}`;
const speedName = ({ name }: Variant): Name => `recipeSpeed${name}`;

const fields: Readonly<Record<Name, NumberField>> = Object.fromEntries(
  VARIANTS.flatMap((variant) => {
    const { name } = variant;
    const feed = share(
      `Recipe.${name}.Feed`,
      `Recipe of ${name}, feed against the usual one`,
      `Recept för ${name}, matning mot den vanliga`,
    );
    const speed = share(
      `Recipe.${name}.CuttingSpeed`,
      `Recipe of ${name}, cutting speed against the usual one`,
      `Recept för ${name}, skärhastighet mot den vanliga`,
    );
    return [
      [feedName(variant), feed],
      [speedName(variant), speed],
    ];
  }),
);

/** What the mill is set to for each variant: the formula of its recipe (ISA-88.00.01), beside the overrides of the panel. */
export class MillRecipes extends record(fields) {
  private readonly feeds = VARIANTS.map(feedName);
  private readonly speeds = VARIANTS.map(speedName);

  /** Share of the feed, 1 as the recipe was written. */
  feedOf(variant: number): number {
    return this[this.feeds[variant]] / 100;
  }

  /** Share of the cutting speed, 1 as the recipe was written. */
  speedOf(variant: number): number {
    return this[this.speeds[variant]] / 100;
  }
}

export const millRecipes = (): ObjectField<MillRecipes> => field((site) => new MillRecipes(site));
