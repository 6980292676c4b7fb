import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Me } from '#contract/participant.ts';
import { type BrowserForTest, type Viewer, openBrowser } from '#test/support/browser.ts';
import { type ServerForTest, type ServerOptions, startServer } from '#test/support/start-server.ts';
import { type Words, words } from '#web/i18n/words.ts';
import type { ViewName } from '#web/workspace/selection.tsx';

/** Who comes, and what the browser may complain about: a refusal that the test provokes is an error in its console. */
export interface Comer extends Partial<Viewer> {
  readonly expectedComplaint?: RegExp;
}

/** Where in the workspace. The plan unless told: software GL would take the processor from all else. */
export interface Spot {
  readonly view?: ViewName;
  readonly station?: string;
  /** The line stands still so many minutes after it was begun. */
  readonly standsAtMinutes?: number;
}

export interface Visitor {
  readonly page: Page;
  readonly language: Viewer['language'];
  readonly t: Words;
  /** Of the console and the content security policy; the test fails unless there are none at its end. */
  readonly complaints: string[];
  /** Asks the server as this person; `path` is below /api. A body makes it a POST. Fails on a refusal. */
  readonly ask: <T>(path: string, body?: unknown) => Promise<T>;
  /** Runs the line on to so many minutes after its beginning, where it stands still. */
  readonly runTo: (minutes: number) => Promise<void>;
  /** Goes to a place in the workspace with a page load of its own, and waits until the line is live there. */
  readonly open: (spot?: Spot) => Promise<void>;
}

/** What a test file needs once: a server and a browser. */
export interface Site {
  readonly server: ServerForTest;
  /** Someone new with a blank page. Goes after the test. */
  visit(comer?: Comer): Promise<Visitor>;
  /** Someone who has pressed *Try it* and stands in the workspace. Goes after the test. */
  enter(spot?: Spot, comer?: Comer): Promise<Visitor>;
}

const PATIENCE_MS = 40_000;

/** Opens a server and a browser for the tests of this file, and closes them after the last one. */
export function openSite(options: ServerOptions = {}): Site {
  let server: ServerForTest | undefined;
  let browser: BrowserForTest | undefined;
  const leaving: (() => Promise<void>)[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(options), openBrowser()]);
  }, 120_000);
  afterEach(async () => {
    await Promise.all(leaving.splice(0).map((leave) => leave()));
    expect(complaints.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const site: Site = {
    get server() {
      return server!;
    },
    async visit({ expectedComplaint, ...comer } = {}) {
      const viewer: Viewer = { language: 'en', theme: 'light', width: 1440, height: 900, ...comer };
      const visit = await browser!.visit(viewer);
      visit.page.setDefaultTimeout(PATIENCE_MS);
      leaving.push(async () => {
        await visit.close();
        complaints.push(...visit.complaints.filter((each) => !expectedComplaint?.test(each)));
      });
      return visitor(site.server, visit, viewer);
    },
    async enter(spot, comer) {
      const person = await site.visit(comer);
      await person.ask('/try', {});
      await person.open(spot);
      return person;
    },
  };
  return site;
}

function visitor(
  server: ServerForTest,
  { page, complaints }: Pick<Visitor, 'page' | 'complaints'>,
  { language }: Viewer,
): Visitor {
  const { pageUrl, host } = server;
  const ask = async <T>(path: string, body?: unknown): Promise<T> => {
    const headers = { origin: pageUrl };
    const order = body === undefined ? { headers } : { method: 'POST', headers, data: body };
    const response = await page.request.fetch(`${pageUrl}/api${path}`, order);
    if (!response.ok()) throw new Error(`${path}: ${await response.text()}`);
    return (await response.json()) as T;
  };
  const runTo = async (minutes: number) => {
    const { cell } = await ask<Me>('/me');
    await ask(`/cells/${cell}/speed`, { paused: true });
    await ask(`/cells/${cell}/run-until`, { simUs: minutes * 60e6 });
    const live = await host.find(cell);
    await expect.poll(() => live?.clock.runUntilUs, { timeout: PATIENCE_MS }).toBeUndefined();
  };
  const open = async ({ view = 'schematic', station, standsAtMinutes }: Spot = {}) => {
    if (standsAtMinutes !== undefined) await runTo(standsAtMinutes);
    const query = new URLSearchParams({ view, ...(station !== undefined && { station }) });
    await page.goto(`${pageUrl}/workspace?${String(query)}`);
    await page.locator('.timeline').waitFor();
    // On a phone there is no room for the word.
    await page.locator('.top .chip.ok').waitFor({ state: 'attached' });
  };
  return { page, complaints, language, t: words(language), ask, runTo, open };
}
