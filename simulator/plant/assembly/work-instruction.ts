import type { Document } from '#simulator/plant/capture.ts';
import type { Variant } from '#simulator/plant/parts/variants.ts';
import type { Text } from '#simulator/plant/signal.ts';

interface Step {
  readonly text: Text;
  /** Of the standard time, as a share; they sum to 1. */
  readonly share: number;
}

const step = (en: string, sv: string): Step => ({ text: { en, sv }, share: 1 / 6 });

const INSTRUCTION: readonly Step[] = [
  step('Pick the parts by the lights', 'Plocka delarna efter lamporna'),
  step('Fit the shaft seal', 'Montera axeltätningen'),
  step('Fit the bearing', 'Montera lagret'),
  step('Put the lid on', 'Lägg på locket'),
  step('Drive the screws', 'Dra skruvarna'),
  step('Check and release', 'Kontrollera och släpp'),
];
export const STEPS = INSTRUCTION.length;
export const STEP_WORDS: Readonly<Record<number, Text>> = {
  0: { en: 'none', sv: 'inget' },
  ...Object.fromEntries(INSTRUCTION.map(({ text }, k) => [k + 1, text])),
};

export const instructionSheet = ({ name, text, hasPrintedCover }: Variant, standardS: number): Document => ({
  kind: 'document',
  content: {
    variant: name,
    title: text,
    lid: hasPrintedCover ? 'printed' : 'cast',
    standardTimeS: standardS,
    steps: INSTRUCTION.map((each, k) => ({ step: k + 1, text: each.text, standardTimeS: each.share * standardS })),
  },
});
