import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { CellView } from '#contract/cell-view.ts';
import type { HistoryResult } from '#contract/history.ts';
import type { Me } from '#contract/participant.ts';
import { xbarR } from '#simulator/cell/spc.ts';
import { number, plantDayTime } from '#web/i18n/format.ts';
import * as family from '#web/i18n/words/trends.ts';
import { axeFaults } from './support/axe-faults.ts';
import { openSite, type Visitor } from './support/visit.ts';

const site = openSite();
const HOUR_US = 3600e6;
const soon = <T>(ask: () => T | Promise<T>) => expect.poll(ask, { timeout: 40_000 });

type Word = keyof typeof family.en;
const wordsOf =
  ({ language }: Visitor) =>
  (key: Word, fill: Readonly<Record<string, string | number>> = {}) =>
    Object.entries(fill).reduce<string>(
      (text, [name, value]) => text.replace(`{${name}}`, String(value)),
      family[language][key],
    );

/** The trends with this in their address, of a line that stands still three hours after its beginning. */
async function openTrends({ page }: Visitor, query: string): Promise<void> {
  await page.goto(`${site.server.pageUrl}/workspace?view=trends&${query}`);
  await page.locator('.top .chip.ok').waitFor();
  await page.locator('.trends-main').waitFor();
}

/** What a program of this machine writes; undefined if it is not there. The server under test answers it meanwhile. */
const outputOf = (program: string, given: readonly string[], env: NodeJS.ProcessEnv) =>
  new Promise<string | undefined>((done, failed) => {
    execFile(program, given, { env, encoding: 'utf8', maxBuffer: 1e8 }, (error, stdout, stderr) => {
      if (!error) done(stdout);
      else if (error.code === 'ENOENT' || error.code === 127) done(undefined);
      else failed(new Error(`${program}: ${stderr}`));
    });
  });

const addressed = (page: Page, name: string) => () => new URL(page.url()).searchParams.get(name);
const legend = (page: Page, path: string) => page.locator(`[data-tells="${path}"]`);

async function cellOf({ ask }: Visitor): Promise<CellView> {
  return ask<CellView>(`/cells/${(await ask<Me>('/me')).cell}`);
}

for (const language of ['en', 'sv'] as const) {
  test(
    `signals are found, zoomed by key, wheel and as typed, and looked back at, in ${language}`,
    { timeout: 300_000 },
    async () => {
      const visitor = await site.enter({ view: 'trends', station: 'ST03', standsAtMinutes: 180 }, { language });
      const { page, t } = visitor;
      const w = wordsOf(visitor);
      const cell = await cellOf(visitor);
      const startMs = cell.clock.anchorMs;
      const load = cell.signals.find(({ path }) => path === 'ST03.Spindle.Load')!.text[language];

      await page.getByRole('searchbox', { name: w('trends.search') }).fill('st03 spind');
      await page.getByRole('combobox', { name: w('trends.unit') }).selectOption('%');
      await page.getByRole('checkbox', { name: load }).check();
      await page.getByRole('searchbox').fill('');
      await page.getByRole('combobox', { name: w('trends.unit') }).selectOption('Cel');
      await page.locator('label[title="ST07.Oil.Temperature"] input').check();
      await soon(addressed(page, 'trends')).toContain('ST03.Spindle.Load,ST07.Oil.Temperature');
      await soon(() => legend(page, 'ST07.Oil.Temperature').innerText()).toMatch(/^\d+[.,]\d\s°C$/);

      await page.getByRole('button', { name: w('trends.fromTo') }).click();
      const typed = (minutes: number) => new Date(startMs + minutes * 60_000).toISOString().slice(0, 19);
      await page.getByLabel(w('trends.from'), { exact: true }).fill(typed(70));
      await page.getByLabel(w('trends.to'), { exact: true }).fill(typed(60));
      await page.locator('.trend-typed button').click();
      await page.getByText(w('trends.wrongWindow')).waitFor();
      await page.getByLabel(w('trends.to'), { exact: true }).fill(typed(80));
      await page.locator('.trend-typed button').click();
      const span = () => (Date.parse(addressed(page, 'to')()!) - Date.parse(addressed(page, 'from')()!)) / 1000;
      await soon(span).toBe(600);

      const charts = page.getByRole('group', { name: w('trends.charts') });
      await charts.focus();
      await page.keyboard.press('+');
      await soon(span).toBe(300);
      await page.keyboard.press('ArrowLeft');
      await soon(addressed(page, 'from')).toBe(new Date(startMs + 72 * 60_000).toISOString());
      const plot = page.locator('.trend-charts .u-over').first();
      await plot.hover();
      await page.mouse.wheel(0, 400);
      await soon(span).toBeGreaterThan(400);

      // A past window of a standing line is drawn once.
      const draws = () => page.locator('.trend-charts .chart').first().getAttribute('data-draws');
      const before = await draws();
      await page.clock.install();
      await page.clock.fastForward(60_000);
      expect(await draws()).toBe(before);

      // The table says what history says.
      await page.locator('.trend-tables summary').click();
      const row = page.locator('.trend-tables table').nth(1).locator('tbody tr').nth(10);
      const shown = await row.locator('td').last().innerText();
      const [fromMs, toMs] = ['from', 'to'].map((name) => Date.parse(addressed(page, name)()!));
      const atUs = Math.round(((fromMs + toMs) / 2 - startMs) * 1000);
      const { columns } = await visitor.ask<HistoryResult>(`/cells/${cell.id}/history`, {
        ...{ signals: ['ST07.Oil.Temperature'], fromUs: atUs, toUs: atUs },
      });
      expect(shown).toBe(number(columns[0].values[0], 1, language));

      // A click looks at a moment in all of the workspace, and so does its link.
      await plot.click({ position: { x: 40, y: 60 } });
      const banner = page.locator('.replay-banner');
      await banner.waitFor();
      const moment = plantDayTime(Date.parse(addressed(page, 'at')()!), language);
      await soon(() => banner.locator('span').first().innerText()).toContain(moment);
      await page.mouse.move(0, 0);
      await soon(() => legend(page, 'when').innerText()).toBe(w('trends.at', { time: moment }));
      const timeline = page.getByRole('slider', { name: t('timeline.look') });
      expect(await timeline.getAttribute('aria-valuetext')).toBe(moment);
      expect(await page.getByRole('slider', { name: w('trends.cursor') }).getAttribute('aria-valuetext')).toBe(moment);
      const then = await legend(page, 'ST07.Oil.Temperature').innerText();
      await page.reload();
      await soon(() => legend(page, 'ST07.Oil.Temperature').innerText()).toBe(then);
      expect(await legend(page, 'when').innerText()).toBe(w('trends.at', { time: moment }));

      // The inspector and the figures of the line show that moment too; a key brings the present back.
      const parts = () => page.locator('.figures dd').nth(1).innerText();
      const counted = await visitor.ask<HistoryResult>(`/cells/${cell.id}/history`, {
        ...{ signals: ['ST03.Counter.Parts', 'Line.Power'] },
        ...{ fromUs: (Date.parse(addressed(page, 'at')()!) - startMs) * 1000, toUs: 0 },
        toUs: (Date.parse(addressed(page, 'at')()!) - startMs) * 1000,
      });
      await soon(parts).toBe(number(counted.columns[0].values[0], 0, language));
      await page.getByRole('tab', { name: t('tabs.schematic') }).click();
      const power = page.locator('.line-figures > div', { hasText: t('scene.power') }).locator('dd');
      await soon(() => power.innerText()).toContain(number(counted.columns[1].values[0], 2, language));
      await page.keyboard.press('l');
      await banner.waitFor({ state: 'detached' });
      await soon(parts).not.toBe(number(counted.columns[0].values[0], 0, language));
    },
  );

  test(
    `SPC, histogram, spectrum and states say what comes of the samples, in ${language}`,
    { timeout: 300_000 },
    async () => {
      const theme = language === 'sv' ? 'dark' : 'light';
      const visitor = await site.enter({ view: 'trends', standsAtMinutes: 180 }, { language, theme });
      const { page } = visitor;
      const w = wordsOf(visitor);
      const cell = await cellOf(visitor);
      const faults: string[] = [];
      const fact = (name: string) => page.locator('.facts > div', { hasText: name }).locator('dd');

      const { columns } = await visitor.ask<HistoryResult>(`/cells/${cell.id}/history`, {
        ...{ signals: ['ST03.Bore.Deviation', 'ST03.Counter.Parts'], fromUs: 0, toUs: 3 * HOUR_US },
      });
      const [bore, parts] = columns;
      const held = (us: number) => bore.values[bore.tUs.findLastIndex((t) => t <= us)];
      const values = parts.tUs.slice(1).map(held);
      const groups = Array.from({ length: Math.floor(values.length / 5) }, (_, k) => values.slice(k * 5, k * 5 + 5));
      const { location } = xbarR(groups);

      await openTrends(visitor, 'trends=ST03.Bore.Deviation&as=spc&span=14400');
      await soon(() => fact(w('trends.meanLimits')).innerText()).toBe(
        `${[location.lower, location.centre, location.upper].map((um) => number(um, 2, language)).join(' | ')}\u00a0µm`,
      );
      expect(await page.locator('.spc-plots .chart').count()).toBe(2);
      const violation = page.locator('.trends-main tbody tr').first();
      const isInControl = await page.getByText(w('trends.inControl')).isVisible();
      expect(isInControl || /^(x̄|R) \d+/.test(await violation.innerText())).toBe(true);
      faults.push(...(await axeFaults(page, 'spc')));

      await page.getByRole('button', { name: w('trends.histogram'), exact: true }).click();
      await soon(() => fact(w('trends.count')).innerText()).toBe(number(values.length, 0, language));
      expect(Number((await fact('Cpk').innerText()).replace(',', '.'))).toBeGreaterThan(0.3);
      faults.push(...(await axeFaults(page, 'histogram')));

      await openTrends(visitor, 'trends=ST03.Spindle.Load&as=spectrum&span=3600');
      await page.locator('.trends-main tbody tr').first().waitFor();
      const source = page.getByRole('combobox', { name: w('trends.source'), exact: true });
      await source.selectOption('ST03.Spindle.VibrationWaveform');
      await page.getByRole('checkbox', { name: w('trends.orders') }).check();
      await soon(addressed(page, 'orders')).toBe('1');
      await page.locator('.trends-main tbody tr').first().waitFor();
      faults.push(...(await axeFaults(page, 'spectrum')));

      await page.getByRole('button', { name: w('trends.gantt'), exact: true }).click();
      const pareto = page.locator('.pareto tbody tr');
      await pareto.first().waitFor();
      expect(await pareto.last().locator('td').last().innerText()).toMatch(/^\d+\s?%$/);
      expect(await page.locator('.trends-main table').first().locator('tbody tr').count()).toBe(12);
      faults.push(...(await axeFaults(page, 'states')));

      await openTrends(visitor, 'trends=ST03.Spindle.Load,ST03.Spindle.Temperature,ST03.State.Current&compare=3600');
      await soon(() => legend(page, 'ST03.Spindle.Temperature before').innerText()).toMatch(/\d\s°C$/);
      faults.push(...(await axeFaults(page, 'curves')));
      expect(faults).toEqual([]);
    },
  );
}

test(
  'what is shown comes as CSV, and the lines for own tools bring the same with the key of the participant',
  { timeout: 240_000 },
  async () => {
    const visitor = await site.enter({ standsAtMinutes: 180 });
    const { page, ask } = visitor;
    const w = wordsOf(visitor);
    await openTrends(visitor, 'trends=ST03.Spindle.Load,ST03.Tool.Wear&span=7200');
    await page.getByRole('button', { name: w('trends.take') }).click();
    const dialog = page.getByRole('dialog');
    const arriving = page.waitForEvent('download');
    await dialog.getByRole('button', { name: w('trends.download') }).click();
    const file = readFileSync(await (await arriving).path(), 'utf8');
    expect(file.slice(0, file.indexOf('\r\n'))).toBe('time,t [s],ST03.Spindle.Load [%],ST03.Tool.Wear [mm]');
    expect(file.split('\r\n').length).toBeGreaterThan(300);

    const { id, key } = await ask<Me>('/me');
    const url = (await dialog.locator('.places code').innerText()).trim();
    const login = `Basic ${Buffer.from(`${id}:${key}`).toString('base64')}`;
    expect(await (await fetch(url, { headers: { authorization: login } })).text()).toBe(file);

    await dialog.getByText(w('trends.tools')).click();
    const line = (door: string) =>
      dialog
        .locator('dl > div')
        .filter({ has: page.locator('dt', { hasText: door }) })
        .locator('pre')
        .innerText();
    const env = { ...process.env, VERKSTAD_KEY: key };
    const rows = file.trimEnd().split('\r\n').length - 1;
    const told = await outputOf('python3', ['-c', await line('Python (csv)')], env);
    if (told !== undefined)
      expect(told.trim()).toBe(`${rows} rows: time t [s] ST03.Spindle.Load [%] ST03.Tool.Wear [mm]`);
    const curl = (await line('curl')).replace('-o verkstad.csv', '-s');
    const fetched = await outputOf('sh', ['-c', `command -v curl > /dev/null || exit 127; ${curl}`], env);
    if (fetched !== undefined) expect(fetched).toBe(file);

    await dialog.getByRole('checkbox', { name: w('trends.withKey') }).check();
    expect(await line('Excel')).toContain(`Key = "${key}"`);
    expect(await axeFaults(page, 'data')).toEqual([]);
  },
);
