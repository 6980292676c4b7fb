import type { Happening } from '#simulator/kernel/journal.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { OrderBook } from '#simulator/plant/orders/order-book.ts';
import { variantAt } from '#simulator/plant/parts/variants.ts';
import type { Cell } from './cell.ts';
import { type PastWindow, refuseFuture } from './past-window.ts';

/** A job order that is over. Times are microseconds of plant time, those of an order in whole seconds. */
export interface PastOrder {
  readonly number: number;
  readonly variant: string;
  readonly quantity: number;
  readonly priority: number;
  readonly releasedUs: number;
  readonly dueUs: number;
  /** When its first part was begun; undefined if it never was, or before the window. */
  readonly startedUs: number | undefined;
  readonly endedUs: number;
  readonly fate: 'done' | 'aborted';
  /** Parts that had left the line by then. */
  readonly good: number;
  readonly scrapped: number;
}

/** Key figures of the orders that were done in a window. Lateness below 0 is early; tardiness is what of it lies above 0. */
export interface OrderKpis {
  readonly done: number;
  readonly late: number;
  readonly meanLeadTimeS: number;
  readonly meanTardinessS: number;
  readonly worstTardinessS: number;
}

/** The orders that were done or given up after `fromUs` up to and including `toUs`, oldest end first, by one replay. */
export function orderHistory(cell: Cell, { fromUs, toUs }: PastWindow): PastOrder[] {
  refuseFuture(cell, { fromUs, toUs });
  const past = cell.past(fromUs);
  const found: PastOrder[] = [];
  for (const { path, self } of cell.model.plant.stations.values()) {
    const { book } = self as { book?: unknown };
    if (book instanceof OrderBook) past.listener = scribe(path, book, found);
  }
  past.runUntil(toUs);
  past.listener = undefined;
  return found;
}

function scribe(station: string, book: OrderBook, found: PastOrder[]): (happening: Happening) => void {
  const started = new Map<number, number>();
  return ({ t, event, value }) => {
    if (event === `${station}.OrderStarted`) started.set(value, t);
    const isDone = event === `${station}.OrderDone`;
    if (!isDone && event !== `${station}.OrderAborted`) return;
    const { number, variant, quantity, priority, releasedS, dueS, done, scrapped } = book.get(value);
    found.push({
      ...{ number, variant: variantAt(variant).name, quantity, priority },
      ...{ releasedUs: releasedS * SECOND, dueUs: dueS * SECOND, startedUs: started.get(number), endedUs: t },
      ...{ fate: isDone ? 'done' : 'aborted', good: done, scrapped },
    });
  };
}

export function orderKpis(orders: readonly PastOrder[]): OrderKpis {
  const done = orders.filter(({ fate }) => fate === 'done');
  const tardinessS = done.map(({ endedUs, dueUs }) => Math.max(0, endedUs - dueUs) / SECOND);
  const leadS = done.map(({ endedUs, releasedUs }) => (endedUs - releasedUs) / SECOND);
  return {
    done: done.length,
    late: tardinessS.filter((s) => s > 0).length,
    meanLeadTimeS: mean(leadS),
    meanTardinessS: mean(tardinessS),
    worstTardinessS: Math.max(0, ...tardinessS),
  };
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
