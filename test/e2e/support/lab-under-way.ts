import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { afterAll } from 'vitest';
import type { AttemptView } from '#contract/lab-view.ts';
import { openStore, type Store } from '#server/store/open-store.ts';
import { temporaryFolder } from '#test/support/host-for-test.ts';
import type { ServerOptions } from '#test/support/start-server.ts';
import type { Words } from '#web/i18n/words.ts';
import { axeFaults } from './axe-faults.ts';
import { addEveryAnswerLab } from './every-answer-lab.ts';
import { type Comer, openSite, type Site, type Visitor } from './visit.ts';

/** What the browser says by itself when a request fails. */
const FAILED_REQUEST = /Failed to load resource|WebSocket connection|net::ERR|dynamically imported module/;
const PACKED = ['', '.br', '.gz'];

export interface InLab extends Visitor {
  readonly attempt: string;
  /** The field of this name in the open step. */
  field(id: string): Locator;
  /** What the server has of the first step, by field. */
  stored(): Promise<Readonly<Record<string, string>>>;
  /** Fulfilled once live values arrive. */
  live(): Promise<void>;
}

export interface LabSite {
  readonly site: Site;
  /** Someone in the middle of the lab that asks for every type of answer. */
  readonly inLab: (comer?: Comer) => Promise<InLab>;
  /** As an administrator in the database. */
  readonly inStore: (work: (db: Store['db']) => Promise<unknown>) => Promise<void>;
  /** Hands out another build of the web client, in which one part is not there yet; what is answered brings it. */
  readonly renewWeb: (part: string) => () => void;
}

/** A server with that lab and a web client of its own. */
export function openLabSite(options: ServerOptions = {}): LabSite {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());
  const labsDir = addEveryAnswerLab(folder.path);
  const webDir = join(folder.path, 'web');
  cpSync(fileURLToPath(new URL('../../../build/web', import.meta.url)), webDir, { recursive: true });
  const site = openSite({ ...options, labsDir, webDir });

  return {
    site,
    async inLab(comer) {
      const person = await site.visit({ expectedComplaint: FAILED_REQUEST, ...comer });
      const { page, t, ask } = person;
      await ask('/try', {});
      const { id: attempt } = await ask<AttemptView>('/attempts', { lab: 'iiot/every-answer' });
      await person.open();
      await page.locator('.step.current').waitFor();
      return {
        ...{ ...person, attempt },
        field: (id) => fieldIn(page, id),
        live: () => live(page, t),
        async stored() {
          const { answers } = await ask<AttemptView>(`/attempts/${attempt}`);
          return Object.fromEntries(answers.fields.map(({ ask: id, typed }) => [id, typed]));
        },
      };
    },
    async inStore(work) {
      const store = await openStore(site.server.dataDir);
      await work(store.db);
      await store.close();
    },
    renewWeb(part) {
      const index = join(webDir, 'index.html');
      const html = readFileSync(index, 'utf8');
      const [, entry] = /assets\/(index-[\w-]+)\.js/.exec(html)!;
      writeFileSync(join(webDir, 'assets/index-renewed.js'), `import './${entry}.js';\n`);
      writeFileSync(index, html.replace(`${entry}.js`, 'index-renewed.js'));
      const manifest = readFileSync(join(webDir, '.vite/manifest.json'), 'utf8');
      const { file } = (JSON.parse(manifest) as Record<string, { file: string }>)[part];
      const move = (from: string, to: string) => {
        for (const packed of PACKED) renameSync(join(webDir, from + packed), join(webDir, to + packed));
      };
      move(file, `${file}.gone`);
      return () => move(`${file}.gone`, file);
    },
  };
}

export const fieldIn = (page: Page, id: string): Locator => page.getByLabel(new RegExp(`^Field ${id}\\b`)).first();

export const live = (page: Page, t: Words): Promise<void> => page.getByText(t('top.live'), { exact: true }).waitFor();

/** Holds back what a page asks for until it is told to let it go. */
export async function holdBack(page: Page, what: string | RegExp): Promise<() => void> {
  let letGo = (): void => undefined;
  const isLetGo = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(what, async (route) => {
    await isLetGo;
    await route.continue();
  });
  return letGo;
}

/** A sentence that stands there for all, and not only for who listens. */
export const said = (page: Page, text: string): Promise<void> => page.getByText(text, { exact: true }).waitFor();

/** What axe finds in a state that does not last, in all themes. */
export async function axeInThemes(page: Page, state: string): Promise<string[]> {
  const found: string[] = [];
  for (const theme of ['dark', 'contrast', 'light']) {
    await page.evaluate((name) => (document.documentElement.dataset.theme = name), theme);
    found.push(...(await axeFaults(page, `${state}, ${theme}`)));
  }
  return found;
}
