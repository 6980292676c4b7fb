import { SECOND } from '#simulator/kernel/time.ts';
import { changeoverUs, workS } from '#simulator/plant/parts/recipes.ts';
import type { Order } from './order.ts';

/**
 * Rules that say which order goes next, once all parts of the present one are started (Baker and Trietsch, Principles of
 * Sequencing and Scheduling, 2009): first in, first out; least work; earliest due date; smallest ratio of time left to
 * work left; priority; least set-up. Of equals the oldest goes first.
 */
export const RULES = ['fifo', 'spt', 'edd', 'critical-ratio', 'priority', 'same-variant'] as const;
const [FIFO, SPT, EDD, CRITICAL_RATIO, PRIORITY] = RULES.keys();

/** The lower it is, the sooner the order goes. */
function rank(order: Order, rule: number, present: number | undefined, t: number): number {
  switch (rule) {
    case FIFO:
      return order.number;
    case SPT:
      return workS(order.variant, order.left);
    case EDD:
      return order.dueS;
    case CRITICAL_RATIO:
      return (order.dueS - t / SECOND) / workS(order.variant, order.left);
    case PRIORITY:
      return order.priority;
    default:
      return present === undefined ? 0 : changeoverUs(present, order.variant);
  }
}

/** Place of the order that goes next, from 0; -1 if none may start. `present` is the variant that the line is set for. */
export function next(orders: readonly Order[], rule: number, present: number | undefined, t: number): number {
  let best = -1;
  let bestRank = Infinity;
  for (let place = 0; place < orders.length; place++) {
    const order = orders[place];
    if (!order.isStartable) continue;
    const its = rank(order, rule, present, t);
    if (best >= 0 && (its > bestRank || (its === bestRank && order.number > orders[best].number))) continue;
    best = place;
    bestRank = its;
  }
  return best;
}
