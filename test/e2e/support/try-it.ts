import type { Page } from 'playwright-core';

/** Comes as *Try it* does, without a look at the page; the id of the line. */
export async function tryIt(page: Page, pageUrl: string): Promise<string> {
  const headers = { origin: pageUrl };
  const { cell } = (await (await page.request.post(`${pageUrl}/api/try`, { headers })).json()) as { cell: string };
  return cell;
}
