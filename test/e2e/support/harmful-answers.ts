import { expect } from 'vitest';
import { PAYLOADS } from './every-answer-lab.ts';
import { type InLab, axeInThemes } from './lab-under-way.ts';

/** Every text that would do harm if a page took it for more than a text. */
export const HARM = PAYLOADS.join(' ');

/** Gives each type of answer such a text, has it judged, takes all hints, and asks for help with it. */
export async function answerWithHarm(person: InLab): Promise<void> {
  const { page, t } = person;
  for (const id of ['power', 'signal', 'began', 'serials', 'rows', 'why']) await person.field(id).fill(HARM);
  await person.field('file').setInputFiles({
    name: `${PAYLOADS[0]}.txt`,
    mimeType: 'text/plain',
    buffer: Buffer.from(HARM),
  });
  await person.field('causes').waitFor({ state: 'attached' });
  await page.getByRole('checkbox', { name: /Heat/ }).check();
  await page.getByText(t('lab.allSaved'), { exact: true }).waitFor();
  await page.getByRole('button', { name: t('lab.check'), exact: true }).click();
  await page.locator('.checks li.waiting').first().waitFor();
  await person.field('power').fill('9 kW');
  await person.field('parts').fill('9');
  await page.getByRole('button', { name: t('lab.check'), exact: true }).click();
  await page.locator('.checks li.failed').first().waitFor();
  for (let k = 0; k < 2; k++) {
    await page
      .getByRole('button', { name: new RegExp(`^${t('lab.hint')}`) })
      .first()
      .click();
    await page.locator('.hints li').nth(k).waitFor();
  }
  await page.getByRole('button', { name: t('lab.hint'), exact: true }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Ask for help', exact: true }).click();
  expect(await axeInThemes(page, 'ask for help')).toEqual([]);
  await page.getByRole('dialog').getByRole('textbox').fill(HARM);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.locator('.ticket').getByText('You wrote:').waitFor();
  expect(await axeInThemes(page, 'every type of answer')).toEqual([]);
}
