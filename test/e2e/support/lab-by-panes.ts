import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { StepResult } from '#contract/lab-view.ts';
import type { Words } from '#web/i18n/words.ts';
import '#web/workspace/rules/rules-words.ts';
import '#web/workspace/sql/data-words.ts';

/** Someone who does a lab with the panes of the page, by what stands on the screen. */
export class LabByPanes {
  constructor(
    readonly page: Page,
    readonly t: Words,
  ) {}

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
  }

  /** To the plant time, as it is written in the dialog: `2026-11-23 14:05:00`. */
  async runUntil(moment: string): Promise<void> {
    const { page, t } = this;
    await page.getByRole('button', { name: t('top.time') }).click();
    await page.getByRole('menuitem', { name: t('top.atTime') }).click();
    await page.getByLabel(t('until.label'), { exact: true }).fill(moment);
    const done = page.waitForResponse((response) => response.url().includes('/run-until'));
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('until.go'), exact: true })
      .click();
    await done;
    await page.getByRole('button', { name: t('top.pause'), exact: true }).waitFor();
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

  /** Has a station do something that its panel offers at hand. */
  async command(station: string, label: string): Promise<void> {
    const { page, t } = this;
    await page.getByRole('combobox', { name: t('inspector.stations') }).selectOption(station);
    const actions = page.getByRole('group', { name: t('inspector.actions') });
    const obeyed = page.waitForResponse((response) => response.url().includes('/commands'));
    await actions.getByRole('button', { name: label, exact: true }).click();
    await obeyed;
    await page.getByText(t('inspector.done', { command: label })).waitFor();
  }
}

async function write(field: Locator, text: string): Promise<void> {
  const choice = field.locator('select');
  if ((await choice.count()) > 0) await choice.selectOption(text);
  else await field.locator('input, textarea').fill(text);
}
