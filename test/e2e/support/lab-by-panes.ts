import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import type { CommandResult } from '#contract/command.ts';
import type { StepResult } from '#contract/lab-view.ts';
import type { Language } from '#contract/text.ts';
import { momentText } from '#web/workspace/moment-text.ts';
import * as trends from '#web/i18n/words/trends.ts';
import { type Words, words } from '#web/i18n/words.ts';
import '#web/workspace/rules/rules-words.ts';
import '#web/workspace/sql/data-words.ts';
import { cellOf } from './the-stop.ts';

/** What held at a second of plant time, by signal. */
export interface Row {
  readonly t: number;
  readonly values: Readonly<Record<string, number>>;
}

/** Seconds since the line began, at 05.30 on a Monday. */
export const at = (day: number, hour: number): number => (24 * day + hour - 5.5) * 3600;

/** Someone who does a lab with the panes of the page, by what stands on the screen. */
export class LabByPanes {
  readonly t: Words;
  /** Plant time 0, in ms since 1970. */
  private anchorMs = 0;

  constructor(
    readonly page: Page,
    readonly language: Language,
    /** What of the screen is to be seen afterwards. */
    readonly picture: (name: string) => Promise<void> = async () => {},
  ) {
    this.t = words(language);
  }

  /** A word of the trends. */
  private w(key: keyof typeof trends.en, fill: Readonly<Record<string, string>> = {}): string {
    return Object.entries(fill).reduce<string>(
      (text, [name, value]) => text.replace(`{${name}}`, value),
      trends[this.language][key],
    );
  }

  /** An instant as it is typed: `2026-11-23 14:05:00`. */
  private moment = (s: number): string => momentText(this.anchorMs + s * 1000);

  /** Starts the lab, whose line takes the place of this one before the page hears of it. */
  async start(title: string): Promise<void> {
    const { page, t } = this;
    await page.route('**/api/attempts?*', async (route) => {
      const lost = page.locator('.top .chip.ok').waitFor({ state: 'detached' });
      const response = await route.fetch();
      await lost;
      // Whatever the page asked because of that has been answered by now.
      await page.evaluate(() => fetch('/api/me'));
      await route.fulfill({ response });
    });
    await page.getByRole('button', { name: t('home.startLab', { lab: title }) }).click();
    await page.locator('.step.current').waitFor();
    await page.getByText(t('top.live'), { exact: true }).waitFor();
    expect(await page.getByText(t('contact.moved')).count()).toBe(0);
    this.anchorMs = (await cellOf(page)).clock.anchorMs;
  }

  /** Plant time of the line, in seconds. */
  async now(): Promise<number> {
    return (await cellOf(this.page)).clock.simUs / 1e6;
  }

  /** A number that the text of the lab gives, before its unit. */
  async told(unit: RegExp): Promise<number> {
    const text = await this.page.locator('.lab-body').innerText();
    const [, number] = new RegExp(`([\\d.,]+)\\s*${unit.source}`).exec(text)!;
    return Number(number.replace(',', '.'));
  }

  /** The line stands still from here on, unless it is told to run until something. */
  async pause(): Promise<void> {
    const { page, t } = this;
    await page.getByRole('button', { name: t('top.pause'), exact: true }).click();
    await page.getByRole('button', { name: t('top.run'), exact: true }).waitFor();
  }

  /** To a plant time, in seconds since the line began. */
  async runUntil(s: number): Promise<void> {
    const { page, t } = this;
    await this.hurry(t('top.atTime'), async () => {
      await page.getByLabel(t('until.label'), { exact: true }).fill(this.moment(s));
      await page
        .getByRole('dialog')
        .getByRole('button', { name: t('until.go'), exact: true })
        .click();
    });
  }

  /** Until a rule fires. It is waited for four hours at a time; then the page says that it did not come. */
  async runUntilRule(): Promise<void> {
    for (let k = 0; !(await this.hurry(this.t('top.nextRule'))); k++)
      if (k === 2) throw new Error('The rule has not fired for 12 hours.');
  }

  /** False if it did not come. */
  private async hurry(until: string, more = async () => {}): Promise<boolean> {
    const { page, t } = this;
    await page.getByRole('button', { name: t('top.time') }).click();
    const done = page.waitForResponse((response) => response.url().includes('/run-until'));
    await page.getByRole('menuitem', { name: until }).click();
    await more();
    const response = await done;
    const told = await response.text();
    if (!response.ok() && !told.includes('event_did_not_come')) throw new Error(`${until}: ${told}`);
    const isGoing = new RegExp(`^(${t('top.pause')}|${t('top.run')})$`);
    await page.locator('.clock').getByRole('button', { name: isGoing }).waitFor();
    return response.ok();
  }

  /** The only row that a query in the Data pane gives, over all of the line's life and by the minute. */
  async query(sql: string): Promise<string[]> {
    const { page, t } = this;
    await page.getByRole('tab', { name: t('tabs.data') }).click();
    await page
      .locator('.data-main .inline-field', { hasText: t('data.window') })
      .locator('select')
      .selectOption('0');
    await page
      .locator('.data-main .inline-field', { hasText: t('data.samples') })
      .locator('select')
      .selectOption('60');
    await page.getByRole('textbox', { name: t('data.query') }).fill(sql);
    const answered = page.waitForResponse((response) => response.url().includes('/sql'));
    await page.getByRole('button', { name: t('data.run'), exact: true }).click();
    await answered;
    await page.locator('.data-result tbody td').first().waitFor();
    return page.locator('.data-result tbody tr').last().locator('td').allInnerTexts();
  }

  /** Signals each second from one plant time to another, as the file has them that the Trends pane gives. */
  async take(signals: readonly string[], fromS: number, toS: number): Promise<Row[]> {
    const { page, t } = this;
    await page.getByRole('tab', { name: t('tabs.trends') }).click();
    const picker = page.getByRole('group', { name: this.w('trends.pick'), exact: true });
    const pick = page.getByRole('button', { name: this.w('trends.pick'), exact: true });
    await pick.waitFor();
    if ((await pick.getAttribute('aria-pressed')) === 'false') await pick.click();
    for (const signal of signals) {
      await picker.getByRole('searchbox').fill(signal);
      const box = picker.locator(`label[title="${signal}"] input`);
      if (!(await box.isChecked())) await box.check();
    }
    const fromTo = page.getByRole('button', { name: this.w('trends.fromTo') });
    if ((await fromTo.getAttribute('aria-pressed')) === 'false') await fromTo.click();
    await page.getByLabel(this.w('trends.from'), { exact: true }).fill(this.moment(fromS));
    await page.getByLabel(this.w('trends.to'), { exact: true }).fill(this.moment(toS));
    await page.locator('.trend-typed button').click();
    await page.locator('.trend-range').waitFor();
    await page.getByRole('button', { name: this.w('trends.take') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('select').selectOption('1');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: this.w('trends.download') }).click(),
    ]);
    const text = readFileSync(await file.path(), 'utf8');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    return rowsOf(text);
  }

  /** Writes a rule and saves it; it raises an event, each time that a number of parts is done or else each second. */
  async define(id: string, when: string, each?: string): Promise<void> {
    const { page, t } = this;
    await page.getByRole('tab', { name: t('tabs.rules') }).click();
    await page.getByRole('button', { name: t('rules.new') }).click();
    await page.getByRole('textbox', { name: t('rules.id'), exact: true }).fill(id);
    await page.getByRole('textbox', { name: t('rules.when') }).fill(when);
    if (each !== undefined) {
      await page.getByLabel(t('rules.timing'), { exact: true }).selectOption('each');
      await page.getByLabel(t('rules.eachHow'), { exact: true }).fill(each);
    }
    await page.getByText(t('rules.right')).waitFor();
    await page.getByRole('button', { name: t('rules.save') }).click();
    await page.getByText(t('inspector.done', { command: t('rules.save') })).waitFor();
  }

  /** Frequencies in Hz and heights of the highest lines of the newest recording, in an envelope of 2.5 to 4.5 kHz. */
  async highestLines(station: string): Promise<readonly (readonly [hz: number, height: number])[]> {
    const { page, t } = this;
    await this.choose(station);
    const captures = page.locator('.captures');
    const recorded = page.waitForResponse((response) => response.url().includes('/captures/'));
    await captures.getByRole('button', { name: t('captures.again') }).click();
    await recorded;
    await captures.getByLabel(t('captures.showAs')).selectOption('2500');
    await captures.getByLabel(t('captures.span')).selectOption('400');
    const lines = captures.getByRole('table', { name: t('captures.peaks') }).locator('tbody tr');
    await lines.first().waitFor();
    return (await lines.allInnerTexts()).map((line) => {
      const [hz, height] = line.split('\t').map((cell) => Number.parseFloat(cell.replace(',', '.')));
      return [hz, height] as const;
    });
  }

  /** Fills the fields of the open step, in their order. */
  async answer(...texts: readonly string[]): Promise<void> {
    const fields = this.page.locator('.step.current .answers .field');
    for (const [k, text] of texts.entries()) await write(fields.nth(k), text);
  }

  /** Checks the open step; what the page says of what was not passed is the error. */
  async check(): Promise<void> {
    const { page, t } = this;
    const judged = page.waitForResponse((response) => response.url().includes('/check'));
    await page.getByRole('button', { name: t('lab.check'), exact: true }).click();
    const { passed, verdicts } = (await (await judged).json()) as StepResult;
    if (!passed) throw new Error(verdicts.map(({ check, explanation }) => `${check}: ${explanation}`).join('\n'));
    await page.locator('.step.current.done').waitFor();
  }

  async next(): Promise<void> {
    await this.page.getByRole('button', { name: this.t('lab.next'), exact: true }).click();
  }

  /** The page says that the lab is passed, with all points. */
  async hasPassed(points: number): Promise<void> {
    const { page, t } = this;
    await page.getByText(t('lab.passed'), { exact: true }).waitFor();
    await page.getByText(t('lab.passedText', { points, outOf: points })).waitFor();
    await this.picture('passed');
  }

  /** Has a station do something, at hand or not; false if the line refuses. */
  async command(station: string, name: string): Promise<boolean> {
    const { page, t, language } = this;
    const { stations } = await cellOf(page);
    const command = stations
      .find(({ id }) => id === station)!
      .commands.find(({ path }) => path === `${station}.${name}`)!.label[language];
    await this.choose(station);
    const actions = page.getByRole('group', { name: t('inspector.actions') });
    const answered = page.waitForResponse((response) => response.url().includes('/commands'));
    // What is at hand follows the state, which may just be changing.
    await vi.waitFor(() => press(page, actions, command, t('inspector.more')), { timeout: 40_000 });
    const isDone = ((await (await answered).json()) as CommandResult).status === 'done';
    await page.getByText(t(isDone ? 'inspector.done' : 'inspector.refused', { command })).waitFor();
    return isDone;
  }

  private async choose(station: string): Promise<void> {
    await this.page.getByRole('combobox', { name: this.t('inspector.stations') }).selectOption(station);
  }
}

const SOON = { timeout: 2000 };

async function press(page: Page, actions: Locator, command: string, more: string): Promise<void> {
  const atHand = actions.getByRole('button', { name: command, exact: true });
  if ((await atHand.count()) > 0) return atHand.click(SOON);
  await actions.getByRole('button', { name: more }).click(SOON);
  try {
    await page.getByRole('menuitem', { name: command, exact: true }).click(SOON);
  } catch (error) {
    await page.keyboard.press('Escape');
    throw error;
  }
}

async function write(field: Locator, text: string): Promise<void> {
  const choice = field.locator('select');
  if ((await choice.count()) > 0) await choice.selectOption(text);
  else await field.locator('input, textarea').fill(text);
}

/** A file of samples: names, units, then a row for each instant, which leaves out what did not change. */
function rowsOf(csv: string): Row[] {
  const [head, ...lines] = csv.trim().split(/\r?\n/);
  const names = head.split(',').map((name) => name.replace(/ \[.*\]$/, ''));
  let values: Readonly<Record<string, number>> = {};
  return lines.map((line) => {
    const cells = line.split(',');
    const given = names.flatMap((name, k) => (cells[k] === '' ? [] : [[name, Number(cells[k])] as const]));
    values = { ...values, ...Object.fromEntries(given) };
    return { t: values.t, values };
  });
}
