import type { Page } from 'playwright-core';
import type { CellView } from '#contract/cell-view.ts';
import type { HistoryResult } from '#contract/history.ts';
import type { Me } from '#contract/participant.ts';
import type { Language } from '#contract/text.ts';

export interface Stop {
  readonly station: string;
  /** In words. */
  readonly reason: string;
  /** Plant time of day. */
  readonly began: string;
  readonly lastedS: number;
}

const FAULT_CODES = 100;

/** The cell of whoever is signed in on the page. */
export async function cellOf(page: Page): Promise<CellView> {
  const me = (await ask(page, '/api/me')) as Me;
  return (await ask(page, `/api/cells/${me.cell}`)) as CellView;
}

/** Finds the stop in the recorded reasons, as the trends show them, within the page's own session. */
export async function findStop(page: Page, language: Language): Promise<Stop> {
  const cell = await cellOf(page);
  const signals = cell.signals.filter(({ path }) => path.endsWith('.State.Reason'));
  const toUs = cell.clock.simUs;
  const body = { signals: signals.map(({ path }) => path), fromUs: 0, toUs };
  const { columns } = (await ask(page, `/api/cells/${cell.id}/history`, body)) as HistoryResult;
  for (const [k, { tUs, values }] of columns.entries()) {
    const first = values.findIndex((value) => value >= FAULT_CODES);
    if (first < 0) continue;
    const end = values.findIndex((value, n) => n > first && value < FAULT_CODES);
    return {
      station: signals[k].station,
      reason: signals[k].words![String(values[first])][language],
      began: new Date(cell.clock.anchorMs + tUs[first] / 1000).toISOString().slice(11, 19),
      lastedS: (tUs[end] - tUs[first]) / 1e6,
    };
  }
  throw new Error('No station stopped because of a fault.');
}

function ask(page: Page, url: string, body?: unknown): Promise<unknown> {
  return page.evaluate(
    async ([address, text]) => {
      const post = { method: 'POST', body: text!, headers: { 'content-type': 'application/json' } };
      const response = await fetch(address!, text === undefined ? {} : post);
      if (!response.ok) throw new Error(await response.text());
      return (await response.json()) as unknown;
    },
    [url, body === undefined ? undefined : JSON.stringify(body)],
  );
}
