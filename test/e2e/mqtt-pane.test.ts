import { expect, test } from 'vitest';
import { axeFaults } from './support/axe-faults.ts';
import { openSite } from './support/visit.ts';
import '#web/workspace/mqtt/mqtt-words.ts';

const site = openSite();

test.each(['en', 'sv'] as const)(
  'the MQTT pane reads Sparkplug by its births, tells what changed, and folds its tree (%s)',
  { timeout: 180_000 },
  async (language) => {
    const { page, t } = await site.enter({ view: 'mqtt' }, { language });
    const subscribe = async (filter: string) => {
      await page.getByRole('textbox', { name: t('mqtt.filter') }).fill(filter);
      await page.getByRole('button', { name: t('mqtt.subscribe'), exact: true }).click();
    };
    // Data alone have no names: the node is asked for its birth.
    await subscribe('spBv1.0/nordpump-halmstad/DDATA/line1/ST12');
    await page.getByRole('button', { name: 'spBv1.0/nordpump-halmstad/DDATA/line1/ST12', exact: true }).click();
    await page.getByRole('button', { name: t('mqtt.askBirth') }).click();
    await page.locator('.mqtt-message pre', { hasText: '"Air/' }).waitFor();
    await subscribe('spBv1.0/#');
    const edge = (kind: string) => `spBv1.0/nordpump-halmstad/${kind}/line1/ST03`;
    await page.getByRole('button', { name: edge('DBIRTH'), exact: true }).click();
    const pretty = page.locator('.mqtt-message pre').first();
    expect(await pretty.innerText()).toMatch(/"Spindle\/Load": \{[^}]*"type": "Double",\s*"alias": \d+/);
    expect(await page.locator('.raw code').innerText()).toMatch(/^08( [0-9a-f]{2})+/);
    await page.getByRole('button', { name: edge('DDATA'), exact: true }).click();
    expect(await pretty.innerText()).toMatch(/"metrics": \{\s*"[A-Z]\w+\//);
    expect(await pretty.innerText()).not.toContain('alias');

    await subscribe('nordpump/halmstad/pumps/line1/+');
    await page.getByRole('button', { name: 'nordpump/halmstad/pumps/line1/ST03', exact: true }).click();
    await page.locator('.changes').getByRole('rowheader', { name: 't', exact: true }).waitFor();

    // Messages on topics that are known change two texts of their rows and nothing else there; new ones add rows meanwhile.
    const row = page.locator('.topics tr', {
      has: page.getByRole('button', { name: 'nordpump/halmstad/pumps/line1/ST03', exact: true }),
    });
    const shown = async () => [
      await row.locator('.payload').innerText(),
      Number(await row.locator('.count').innerText()),
    ];
    await page.evaluate(`
      window.changed = new Set();
      const observer = new MutationObserver((all) => all.forEach(({ type }) => window.changed.add(type)));
      const all = { subtree: true, childList: true, attributes: true, characterData: true };
      for (const row of document.querySelectorAll('.topics tbody tr:not(:has(.fold))')) observer.observe(row, all);
    `);
    const [payload, count] = await shown();
    await expect.poll(async () => (await shown())[1], { timeout: 20_000 }).toBeGreaterThan(Number(count) + 2);
    expect((await shown())[0]).toMatch(/^\{"t":/);
    expect((await shown())[0]).not.toBe(payload);
    expect(await page.evaluate('[...window.changed]')).toEqual(['characterData']);

    const names = () => page.locator('.topics .signal-name').evaluateAll((all) => all.map((one) => one.ariaLabel));
    await page.getByRole('button', { name: t('mqtt.freeze') }).click();
    const frozen = await shown();
    const all = await names();
    const st = all.filter((name) => /line1\/ST\d\d$/.test(name ?? '') && name?.startsWith('nordpump'));
    expect(st).toEqual([...st].sort());
    await page.locator('.topics .fold').first().click();
    expect((await names()).length).toBeLessThan(all.length);
    expect(await axeFaults(page, 'MQTT')).toEqual([]);
    await page.locator('.topics .fold').first().click();
    expect(await shown()).toEqual(frozen);
    await page.getByRole('button', { name: t('mqtt.freeze') }).click();
    await expect.poll(async () => (await shown())[1], { timeout: 20_000 }).toBeGreaterThan(Number(frozen[1]) + 2);
  },
);
