import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];
/** All that another theme of the same page can change. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

interface Fault {
  readonly id: string;
  readonly nodes: readonly { readonly target: unknown; readonly failureSummary?: string | undefined }[];
}

interface AxeInPage {
  readonly run: (where: Document, how: object) => Promise<{ readonly violations: readonly Fault[] }>;
}

/** What axe finds, in a line each. It comes into a page once; after that it is only asked. */
export async function axeFaults(page: Page, screen: string, about: 'all' | 'colours' = 'all'): Promise<string[]> {
  const runOnly =
    about === 'all' ? ({ type: 'tag', values: RULES } as const) : ({ type: 'rule', values: COLOUR_RULES } as const);
  const again = await page.evaluate(async (only) => {
    const { axe } = globalThis as { axe?: AxeInPage };
    return (await axe?.run(document, { runOnly: only, resultTypes: ['violations'] }))?.violations;
  }, runOnly);
  // In legacy mode axe stays on this page, whose policy lets no other document in.
  const builder = new AxeBuilder({ page }).options({ runOnly, resultTypes: ['violations'] }).setLegacyMode();
  const violations: readonly Fault[] = again ?? (await builder.analyze()).violations;
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${screen}: ${id} at ${String(target)}: ${failureSummary ?? ''}`),
  );
}
