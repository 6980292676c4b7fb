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

    const names = () => page.locator('.topics .signal-name').evaluateAll((all) => all.map((one) => one.ariaLabel));
    await page.getByRole('button', { name: t('mqtt.freeze') }).click();
    const all = await names();
    const st = all.filter((name) => /line1\/ST\d\d$/.test(name ?? '') && name?.startsWith('nordpump'));
    expect(st).toEqual([...st].sort());
    await page.locator('.topics .fold').first().click();
    expect((await names()).length).toBeLessThan(all.length);
    expect(await axeFaults(page, 'MQTT')).toEqual([]);
  },
);
