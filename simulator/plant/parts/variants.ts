import type { Text } from '#simulator/plant/signal.ts';

/** What a pump is made of. */
export interface Material {
  readonly name: string;
  readonly text: Text;
  readonly massKg: number;
  /** Share of the mass that was in use before, 0 to 1. */
  readonly recycledShare: number;
}

/** A kind of pump that the line makes. */
export interface Variant {
  readonly name: string;
  readonly text: Text;
  /** Milling time against the standard one. */
  readonly milling: number;
  readonly hasPrintedCover: boolean;
  readonly materials: readonly Material[];
  readonly massKg: number;
}

const material = (name: string, massKg: number, recycledShare: number, en: string, sv: string): Material => ({
  ...{ name, massKg, recycledShare },
  text: { en, sv },
});

const ALUMINIUM = 'EN AC-46000';
const SEAL = material('FKM', 0.04, 0, 'Fluoroelastomer of the seal', 'Fluorelastomer i tätningen');
const SCREWS = material('steel 8.8', 0.06, 0.3, 'Steel of the screws', 'Stål i skruvarna');
const LID = material('EN AW-5754', 0.25, 0.5, 'Aluminium sheet of the lid', 'Aluminiumplåt i locket');
const COVER = material('PA12', 0.12, 0.2, 'Polyamide of the printed cover', 'Polyamid i det utskrivna locket');
const housing = (massKg: number): Material =>
  material(ALUMINIUM, massKg, 0.75, 'Cast aluminium of the housing', 'Gjutaluminium i huset');
const shaft = (massKg: number): Material =>
  material('100Cr6', massKg, 0.3, 'Steel of shaft and bearing', 'Stål i axel och lager');

const variant = (about: Omit<Variant, 'massKg'>): Variant => ({
  ...about,
  massKg: about.materials.reduce((sum, { massKg }) => sum + massKg, 0),
});

export const VARIANTS: readonly Variant[] = [
  variant({
    name: 'P1',
    text: { en: 'P1 standard', sv: 'P1 standard' },
    milling: 1,
    hasPrintedCover: false,
    materials: [housing(1.42), shaft(0.58), SCREWS, SEAL, LID],
  }),
  variant({
    name: 'P2',
    text: { en: 'P2 high-flow', sv: 'P2 högflöde' },
    milling: 1.06,
    hasPrintedCover: false,
    materials: [housing(1.62), shaft(0.64), SCREWS, SEAL, LID],
  }),
  variant({
    name: 'P3',
    text: { en: 'P3 printed cover', sv: 'P3 utskrivet lock' },
    milling: 0.96,
    hasPrintedCover: true,
    materials: [housing(1.42), shaft(0.58), SCREWS, SEAL, COVER],
  }),
];

/** By the number that the feature `variant` of a part holds. */
export const variantAt = (index: number): Variant => VARIANTS[index];

export const VARIANT_WORDS: Readonly<Record<number, Text>> = {
  0: { en: 'none', sv: 'ingen' },
  ...Object.fromEntries(VARIANTS.map(({ text }, index) => [index + 1, text])),
};
