import type { ObjectField } from '#simulator/kernel/fields.ts';
import { findName } from '#simulator/plant/names.ts';
import { shownChoice } from '#simulator/plant/parameters.ts';
import { recipeList } from '#simulator/plant/parts/recipes.ts';
import { variantAt } from '#simulator/plant/parts/variants.ts';
import { held } from '#simulator/plant/signal.ts';
import { type Self, stationType } from '#simulator/plant/station-type.ts';
import { plantField } from '#simulator/plant/station.ts';
import { text } from '#simulator/plant/texts.ts';
import { type Demand, demandOf } from './demand.ts';
import { next, RULES } from './dispatching.ts';
import { type OrderBook, orderBookOf, PLACES } from './order-book.ts';
import { orderCommands } from './order-commands.ts';
import { type Order, ORDER_STATES, OrderState } from './order.ts';

interface Customers {
  readonly demand: Demand;
  readonly book: OrderBook;
}

const fields = {
  rule: shownChoice(
    {
      path: 'Dispatching.Rule',
      ...text('Which order goes next', 'Vilken order som står på tur'),
    },
    ...RULES,
  ),
  demand: demandOf(),
  book: orderBookOf((s: Customers, t) => s.demand.letIn(s.book, t)),
};
type OrdersSelf = Self<typeof fields>;
/** Job orders of a line: customers' by a seeded stream, and those of whoever commands it. It has no place on the floor. */
export const orders = stationType('order-book', {
  fields,
  start(s, t) {
    s.demand.start(s.book, t);
  },
  changed: (s, t) => s.demand.letIn(s.book, t),
  commands: orderCommands((s: OrdersSelf) => s.book),
  signals: ({ book }) => [
    held('Book.Waiting', '1', () => book.count(OrderState.AllowedToStart), {
      ...text('Orders that wait for their turn', 'Ordrar som väntar på sin tur'),
      range: [0, PLACES],
    }),
    held('Book.Running', '1', () => book.count(OrderState.Running), {
      ...text('Orders with parts begun and not all done', 'Ordrar som är påbörjade men inte klara'),
      range: [0, PLACES],
    }),
    held('Book.Parts', '1', () => book.partsToStart, {
      ...text('Parts of released orders still to be started', 'Detaljer i släppta ordrar kvar att påbörja'),
      range: [0, 3000],
    }),
    held('Newest.Number', '1', () => book.newest, {
      ...text('Number of the newest order', 'Nummer på den senaste ordern'),
      range: [0, 1e6],
    }),
    held('Done.Orders', '1', () => book.done, {
      ...text('Orders done since the start', 'Färdiga ordrar sedan start'),
      range: [0, 1e6],
    }),
    held('Done.Late', '1', () => book.late, {
      ...text('Orders done after their due date', 'Ordrar klara efter utlovad tid'),
      range: [0, 1e6],
    }),
    held('Done.LeadTime', 's', () => book.lastLeadS, {
      ...text('From release to done, of the last order done', 'Från släppt till klar, senast färdiga order'),
      ...{ type: 'Double', resolution: 1, range: [0, 1e6] },
    }),
    held('Done.Tardiness', 's', () => (book.done === 0 ? 0 : book.tardyS / book.done), {
      ...text('Mean tardiness of the orders done', 'Genomsnittlig försening för färdiga ordrar'),
      ...{ type: 'Double', resolution: 1, range: [0, 1e6] },
    }),
  ],
  captures: (s) => [
    {
      name: 'Book.List',
      ...text('All orders in the book', 'Alla ordrar i boken'),
      take: (t) => ({ kind: 'document', content: { orders: listOf(s, t) } }),
    },
    {
      name: 'Recipes',
      ...text('What the stations are set to for each variant', 'Vad stationerna ställs in på för varje variant'),
      take: recipeList,
    },
  ],
});

/** The job order list of OPC 10031-4, 6.2.1.2, oldest first. Times are in seconds of plant time. */
function listOf({ book, rule }: OrdersSelf, t: number): Readonly<Record<string, number | string>>[] {
  const ready = book.orders.filter(({ state }) => state === OrderState.AllowedToStart);
  const loaded = ready.at(next(ready, rule, book.setFor, t));
  return book.orders
    .filter(({ state }) => state !== OrderState.None)
    .sort((a, b) => a.number - b.number)
    .map((order) => ({ ...describe(order), ...substateOf(order, loaded) }));
}

/** Substates of ISA95PrepareStateMachineType: the order that goes next is loaded. */
function substateOf(order: Order, loaded: Order | undefined): { readonly substate?: string } {
  if (order.state > OrderState.AllowedToStart) return {};
  return { substate: order === loaded ? 'Loaded' : 'Ready' };
}

const describe = (order: Order): Readonly<Record<string, number | string>> => ({
  number: order.number,
  state: ORDER_STATES[order.state].en,
  variant: variantAt(order.variant).name,
  quantity: order.quantity,
  started: order.started,
  done: order.done,
  scrapped: order.scrapped,
  released: order.releasedS,
  due: order.dueS,
  priority: order.priority,
});

/** The book of the station of that type that a definition names: `orders: Orders`. */
export class OrdersLink {
  target: OrdersSelf | undefined;

  get book(): OrderBook {
    return this.ofLine.book;
  }

  /** Starts a part by the rule of the book, and gives the place of its order. */
  startPart(t: number): number {
    const { book, rule } = this.ofLine;
    return book.startPart(rule, t);
  }

  private get ofLine(): OrdersSelf {
    if (this.target === undefined) throw new Error('The line has no orders.');
    return this.target;
  }
}

export const ordersLink = (): ObjectField<OrdersLink> =>
  plantField(({ plant, settings, name }) => {
    const link = new OrdersLink();
    const wanted = findName(settings, name) ?? 'Orders';
    plant.whenComplete(() => (link.target = plant.getStation(wanted, 'order-book').self));
    return link;
  });
