import { timer } from '#simulator/kernel/calendar.ts';
import { type ObjectField, record, u8 } from '#simulator/kernel/fields.ts';
import { stream, uniform } from '#simulator/kernel/random.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { distribution } from '#simulator/plant/distribution.ts';
import { count } from '#simulator/plant/parameters.ts';
import { VARIANTS } from '#simulator/plant/parts/variants.ts';
import { plantField, type PlantSite } from '#simulator/plant/station.ts';
import { text } from '#simulator/plant/texts.ts';
import { type OrderBook, PLACES } from './order-book.ts';

/** Shares of the variants in the order mix, as the definition gives them: `mix: { P1: 5, P2: 3, P3: 2 }`. */
const mix = plantField(({ settings }) => {
  const given = (settings.get('mix') ?? { P1: 5, P2: 3, P3: 2 }) as Record<string, unknown>;
  const shares = VARIANTS.map(({ name }) => Number(given[name] ?? 0));
  const known = VARIANTS.map(({ name }) => name);
  const isMix = Object.keys(given).every((name) => known.includes(name)) && shares.every((share) => share >= 0);
  const sum = shares.reduce((total, share) => total + share, 0);
  if (isMix && sum > 0) return shares.map((share) => share / sum);
  throw new Refusal(`${JSON.stringify(given)} is no order mix.`, `Give shares of ${known.join(', ')}.`);
});

/** Shares of rush orders, which go first and are due in a third of the time. */
const RUSH_SHARE = 0.1;
const [RUSH, USUAL] = [1, 5];
/** Quantities against the usual one, equally likely. */
const SIZES = [0.5, 1, 1, 1.5] as const;

/**
 * Customers who order: a seeded stream of orders, let in while few enough are live. One who finds the book full waits
 * outside; whoever comes then goes elsewhere. So a line that is too slow is always loaded and never swamped.
 */
export class Demand extends record({
  mix,
  lotSize: count({
    fallback: 12,
    min: 2,
    max: 120,
    shown: { path: 'Demand.LotSize', ...text('Usual quantity of an order', 'Vanligt antal i en order') },
  }),
  backlog: count({
    fallback: 9,
    max: PLACES,
    shown: {
      path: 'Demand.Backlog',
      ...text('Live orders up to which customers are let in', 'Aktiva ordrar upp till vilka kunder släpps in'),
    },
  }),
  orderEvery: distribution({ erlang: [4, 390] }),
  /** From release to due date. */
  slack: distribution({ uniform: [2400, 10_800] }),
  /** Somebody waits outside. */
  isWaiting: u8(),
  quantities: stream(),
  variants: stream(),
  arrives: timer(),
}) {
  constructor(site: PlantSite) {
    super(site);
    this.arrives.connect<Demand>(this, (demand, t) => {
      demand.isWaiting = 1;
      demand.arrives.at(t + demand.orderEvery.draw());
      demand.letIn((site.station.self as { book: OrderBook }).book, t);
    });
  }

  start(book: OrderBook, t: number): void {
    while (book.live < this.backlog) this.order(book, t);
    this.arrives.at(t + this.orderEvery.draw());
  }

  /** Lets the customer in who waits, if the book has room. */
  letIn(book: OrderBook, t: number): void {
    if (this.isWaiting === 0 || book.live >= this.backlog || !book.hasRoom) return;
    this.isWaiting = 0;
    this.order(book, t);
  }

  private order(book: OrderBook, t: number): void {
    let left = uniform(this.variants.next());
    const variant = Math.max(
      this.mix.findIndex((share) => (left -= share) < 0),
      0,
    );
    const luck = uniform(this.quantities.next()) * SIZES.length;
    const size = Math.floor(luck);
    const isRush = luck - size < RUSH_SHARE;
    const slackS = this.slack.draw() / SECOND / (isRush ? 3 : 1);
    const wish = {
      variant,
      quantity: Math.round(this.lotSize * SIZES[size]),
      dueS: Math.ceil(t / SECOND + slackS),
      priority: isRush ? RUSH : USUAL,
    };
    book.release(book.store(wish, t), t);
  }
}

export const demandOf = (): ObjectField<Demand> => plantField((site) => new Demand(site));
