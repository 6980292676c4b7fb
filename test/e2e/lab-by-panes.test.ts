import { mkdirSync } from 'node:fs';
import { test } from 'vitest';
import type { Language } from '#contract/text.ts';
import { momentText } from '#web/workspace/moment-text.ts';
import { LabByPanes } from './support/lab-by-panes.ts';
import { cellOf } from './support/the-stop.ts';
import { openSite } from './support/visit.ts';

const site = openSite();
/** Set to a folder, pictures are written there. */
const SHOTS = process.env.VERKSTAD_SHOTS;
/** One is enough for a test; whoever wants pictures wants both. */
const LANGUAGES: readonly Language[] = SHOTS === undefined ? ['sv'] : ['sv', 'en'];
const TITLE = {
  en: 'What the line costs while nobody is there',
  sv: 'Vad linan kostar när ingen är där',
} as const;
/** From the guide. */
const STANDBY_KW: Readonly<Record<string, number>> = { ST03: 6, ST04: 1.04, ST07: 2.6, ST10: 0.72 };
const STOPPED = ['ST01', 'ST03', 'ST04', 'ST07', 'ST08', 'ST09', 'ST10'];
/** Seconds since the start at 05.30 on Monday. */
const at = (day: number, hour: number): number => (24 * day + hour - 5.5) * 3600;

const newest = (path: string, t: number) =>
  `(SELECT value FROM signals WHERE path = '${path}' AND t <= ${t} ORDER BY t DESC LIMIT 1)`;
const delta = (path: string, from: number, to: number) =>
  `printf('%.4f', ${newest(path, to)} - ${newest(path, from)}) AS "${path}"`;
const wanted = (paths: readonly string[], from: number, to: number) =>
  `SELECT ${paths.map((path) => delta(path, from, to)).join(',\n  ')}`;

for (const language of LANGUAGES) {
  test(
    `base load is measured, taken away and passed with the panes alone, in ${language}`,
    { timeout: 180_000 },
    async () => {
      const { page, t } = await site.enter({}, { language });
      const person = new LabByPanes(page, t);
      const picture = async (name: string): Promise<void> => {
        if (SHOTS === undefined) return;
        mkdirSync(SHOTS, { recursive: true });
        await page.screenshot({ path: `${SHOTS}/base-load-${name}-${language}.png` });
      };
      await person.start(TITLE[language]);
      await picture('1-begun');
      const { clock, stations } = await cellOf(page);
      const moment = (day: number, hour: number) => momentText(clock.anchorMs + at(day, hour) * 1000);

      await person.runUntil(moment(0, 14.1));
      const early = [at(0, 6), at(0, 14)] as const;
      const [kwh, good] = await person.query(wanted(['ST12.Meter.Main.Energy', 'Line.Parts.Finished'], ...early));
      await person.answer(String(Number(good)), (Number(kwh) / Number(good)).toFixed(4));
      await picture('2-part');
      await person.check();
      await person.next();

      await person.runUntil(moment(1, 5.5));
      const candidates = Object.keys(STANDBY_KW);
      const paths = [
        'ST12.Meter.Main.Energy',
        'ST12.Compressor.LoadedTime',
        ...candidates.map((id) => `${id}.Meter.Energy`),
      ];
      const [base, loaded, ...each] = (await person.query(wanted(paths, at(0, 23), at(1, 5)))).map(
        (x) => Number(x) / 6,
      );
      const k = candidates.findIndex((id, n) => each[n] > 1.12 * STANDBY_KW[id]);
      const share = (100 * base * 8) / Number(kwh);
      await person.answer(
        ...[base.toFixed(2), (100 * loaded).toFixed(1), candidates[k], each[k].toFixed(3), share.toFixed(1)],
      );
      await picture('3-night');
      if (SHOTS !== undefined) {
        await page.getByRole('tab', { name: t('tabs.trends') }).click();
        await page.locator('canvas').first().waitFor();
        await picture('3-trends');
      }
      await person.check();
      await person.next();

      const label = (id: string, command: string): string =>
        stations.find((station) => station.id === id)!.commands.find(({ path }) => path === `${id}.${command}`)!.label[
          language
        ];
      await person.runUntil(moment(1, 22 + 1 / 6));
      for (const id of STOPPED) await person.command(id, label(id, 'Stop'));
      await picture('4-stopped');
      await person.runUntil(moment(2, 5.6));
      for (const id of STOPPED) await person.command(id, label(id, 'Reset'));
      await person.runUntil(moment(2, 5.7));
      for (const id of STOPPED) await person.command(id, label(id, 'Start'));
      await person.runUntil(moment(2, 6.8));
      await person.check();
      await page.getByText(t('lab.passed'), { exact: true }).waitFor();
      await page.getByText(t('lab.passedText', { points: 12, outOf: 12 })).waitFor();
      await picture('5-passed');
    },
  );
}
