import { mkdirSync } from 'node:fs';
import { test } from 'vitest';
import type { Language, Text } from '#contract/text.ts';
import { LabByPanes } from './support/lab-by-panes.ts';
import { playBaseLoad } from './support/play-base-load.ts';
import { playBearingAlarm } from './support/play-bearing-alarm.ts';
import { playSpcShift } from './support/play-spc-shift.ts';
import { openSite } from './support/visit.ts';

const site = openSite();
/** Set to a folder, pictures are written there. */
const SHOTS = process.env.VERKSTAD_SHOTS;

interface Played {
  readonly id: string;
  readonly title: Text;
  readonly play: (person: LabByPanes) => Promise<void>;
  /** One is enough for a test; whoever wants pictures wants both. */
  readonly language: Language;
}

const LABS: readonly Played[] = [
  {
    id: 'base-load',
    title: { en: 'What the line costs while nobody is there', sv: 'Vad linan kostar när ingen är där' },
    play: playBaseLoad,
    language: 'sv',
  },
  {
    id: 'spc-shift',
    title: { en: 'See the shift before the customer does', sv: 'Se skiftet före kunden' },
    play: playSpcShift,
    language: 'en',
  },
  {
    id: 'bearing-alarm',
    title: { en: 'An alarm before the bearing fails', sv: 'Larma innan lagret går sönder' },
    play: playBearingAlarm,
    language: 'sv',
  },
];

for (const { id, title, play, language: usual } of LABS)
  for (const language of SHOTS === undefined ? [usual] : (['en', 'sv'] as const)) {
    test(`${id} is passed with all points by the panes alone, in ${language}`, { timeout: 180_000 }, async () => {
      // A rule that has not fired for four hours is told so, which is an error in the console.
      const { page } = await site.enter({}, { language, expectedComplaint: /409 \(Conflict\)/ });
      let number = 0;
      const picture = async (name: string): Promise<void> => {
        if (SHOTS === undefined) return;
        mkdirSync(SHOTS, { recursive: true });
        await page.screenshot({ path: `${SHOTS}/${id}-${++number}-${name}-${language}.png` });
      };
      const person = new LabByPanes(page, language, picture);
      await person.start(title[language]);
      await picture('begun');
      await play(person);
    });
  }
