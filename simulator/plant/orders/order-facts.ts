import type { Station } from '#simulator/plant/station.ts';
import { VARIANTS } from '#simulator/plant/parts/variants.ts';
import { OrderBook } from './order-book.ts';
import { ORDER_STATES } from './order.ts';

/** What a door shows of an order. Times are seconds of plant time. */
export interface OrderFacts {
  readonly number: number;
  /** `P1` */
  readonly variant: string;
  readonly quantity: number;
  readonly dueS: number;
  readonly priority: number;
  /** See `OrderState`. */
  readonly state: number;
  readonly stateName: string;
}

/** The orders in the book of a station of the cell whose slab is open, the oldest first. */
export function orderFacts({ self }: Station): OrderFacts[] {
  const { book } = self as { readonly book?: unknown };
  if (!(book instanceof OrderBook)) return [];
  return book.orders
    .filter(({ state }) => state > 0)
    .map(({ number, variant, quantity, dueS, priority, state }) => ({
      ...{ number, quantity, dueS, priority, state },
      variant: VARIANTS[variant]?.name ?? '',
      stateName: ORDER_STATES[state].en,
    }))
    .sort((a, b) => a.number - b.number);
}
