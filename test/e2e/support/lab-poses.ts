import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { parse } from 'yaml';
import type { Language } from '#contract/text.ts';
import * as tickets from '#web/i18n/words/tickets.ts';
import type { Words } from '#web/i18n/words.ts';
import type { Pose } from './poses.ts';

const LAB = 'iiot/first-steps';
const MON_06_30_US = 3600e6;

const step = (page: Page) => page.locator('.step.current');
const button = (page: Page, name: string) => step(page).getByRole('button', { name, exact: true });

/** Every state of the lab pane, each from where the last one left: from the first step of the primer to the passed lab. */
export function labPoses(language: Language): readonly Pose[] {
  const say = tickets[language];
  const found = () =>
    parse(readFileSync(new URL(`../../../labs/${LAB}/texts.${language}.yaml`, import.meta.url), 'utf8')) as {
      words: { who: Readonly<Record<string, string>> };
    };
  /** Answers the first step with what is asked for, or with one of the others. */
  const answer = async (page: Page, isRight: boolean): Promise<void> => {
    const asked = (await step(page).locator('.guide').innerText()).replace(/\s+/g, ' ');
    const names = Object.entries(found().words.who).map(([station, where]) => ({ station, is: asked.includes(where) }));
    const now = await step(page).locator('select').inputValue();
    const { station } = names.find(({ station, is }) => is === isRight && station !== now)!;
    const saved = page.waitForResponse((response) => response.url().includes('/answers/'));
    await step(page).locator('select').selectOption(station);
    await saved;
  };
  const check = async (page: Page, t: Words): Promise<void> => {
    const judged = page.waitForResponse((response) => response.url().includes('/check'));
    await button(page, t('lab.check')).click();
    await judged;
  };
  return [
    { name: 'unanswered', strike: check },
    {
      name: 'hint',
      strike: (page, t) => button(page, t('lab.hint')).click(),
    },
    { name: 'typed', strike: (page) => answer(page, false) },
    { name: 'wrong', strike: check },
    {
      name: 'ask-review',
      async strike(page) {
        await step(page).locator('.review').click();
        await page.getByRole('dialog').locator('textarea').fill('ST07 / ST08?');
      },
    },
    {
      name: 'reviewed',
      async strike(page) {
        await page.getByRole('dialog').getByRole('button', { name: say.send, exact: true }).click();
        await step(page).locator('.checks .ticket').waitFor();
      },
    },
    {
      name: 'helped',
      async strike(page) {
        await button(page, say.askHelp).click();
        await page.getByRole('dialog').getByRole('button', { name: say.send, exact: true }).click();
        await step(page).locator(':scope .step-body > .ticket').waitFor();
      },
    },
    {
      name: 'offline',
      async strike(page) {
        await page.context().setOffline(true);
        await page.locator('.page-bar.warn').waitFor();
        const choice = step(page).locator('select');
        await choice.selectOption((await choice.inputValue()) === 'ST02' ? 'ST04' : 'ST02');
        await page.locator('.kept').waitFor();
      },
    },
    {
      name: 'redrawn',
      async strike(page, t) {
        await page.context().setOffline(false);
        await page.locator('.page-bar.warn').waitFor({ state: 'detached' });
        await page.locator('.kept').waitFor({ state: 'detached' });
        for (let tries = 1; tries < 3; tries++) {
          await answer(page, false);
          await check(page, t);
        }
      },
    },
    {
      name: 'ask-reset',
      async strike(page, t) {
        await button(page, t('lab.reset')).click();
        await page.getByRole('dialog').waitFor();
      },
    },
    {
      name: 'passed-step',
      async strike(page, t) {
        await page.keyboard.press('Escape');
        await answer(page, true);
        await check(page, t);
        await step(page).and(page.locator('.done')).waitFor();
      },
    },
    {
      name: 'waiting',
      async strike(page, t) {
        await button(page, t('lab.next')).click();
        await check(page, t);
        await step(page).locator('.checks .waiting').waitFor();
      },
    },
    {
      name: 'partly',
      async strike(page, t) {
        await post(page, 'run-until', { simUs: MON_06_30_US });
        await arrival(page, MON_06_30_US);
        await check(page, t);
        await step(page).locator('.checks .passed').first().waitFor();
      },
    },
    {
      name: 'passed',
      async strike(page, t) {
        const { origin } = new URL(page.url());
        await page.goto(`${origin}/workspace?view=trends&station=ST03&signals=ST03.Spindle.Load`);
        await step(page).waitFor();
        await page.locator('.trends canvas').first().waitFor();
        await check(page, t);
        await button(page, t('lab.next')).click();
        await post(page, 'commands', {
          ...{ id: 'hello', target: 'Rules.Define' },
          value: { id: 'hello', when: 'ST03.Spindle.Load > 1', do: 'alarm' },
        });
        await post(page, 'run-until', { simUs: MON_06_30_US + 1800e6 });
        await arrival(page, MON_06_30_US + 1800e6);
        await check(page, t);
        await page.locator('.lab-body > .note.ok').waitFor();
        await page.locator('.lab-body').evaluate((body) => body.scrollTo(0, 0));
      },
    },
    {
      name: 'moved',
      async strike(page) {
        await page.evaluate(
          ([lab]) =>
            fetch('/api/attempts', {
              ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
              body: JSON.stringify({ lab }),
            }),
          ['iiot/meet-the-machine'],
        );
        await page.locator('.moved').waitFor();
      },
    },
  ];
}

const lineOf = (page: Page): Promise<string> =>
  page.evaluate(async () => `/api/cells/${((await (await fetch('/api/me')).json()) as { cell: string }).cell}`);

/** The line has come to this plant time. */
const arrival = async (page: Page, simUs: number) =>
  page.waitForFunction(async ({ at, us }) => ((await (await fetch(at)).json()) as { simUs: number }).simUs >= us, {
    at: `${await lineOf(page)}/clock`,
    us: simUs,
  });

/** Asks something of the line as the page would. */
async function post(page: Page, path: string, body: unknown): Promise<void> {
  const at = `${await lineOf(page)}/${path}`;
  const status = await page.evaluate(
    async ([to, text]) => {
      const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, body: text };
      return (await fetch(to, sent)).status;
    },
    [at, JSON.stringify(body)] as const,
  );
  if (status >= 300) throw new Error(`${path} was answered with ${status}.`);
}
