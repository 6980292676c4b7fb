import { timer } from '#simulator/kernel/calendar.ts';
import { integral } from '#simulator/kernel/closed-form.ts';
import { type ObjectField, record, u32 } from '#simulator/kernel/fields.ts';
import { stream, uniform } from '#simulator/kernel/random.ts';
import { HOUR, SECOND } from '#simulator/kernel/time.ts';
import { plantField, type PlantSite } from '#simulator/plant/station.ts';

/** What a purchased article costs beside its price, and how many make a supplier's lot. */
export interface ArticleCosts {
  readonly perLot: number;
  /** Of each purchase order, in SEK. */
  readonly orderSek: number;
  /** Of a unit in stock, in SEK an hour. */
  readonly holdingSekPerHour: number;
}

export const ARTICLES = {
  bearings: { perLot: 400, orderSek: 20, holdingSekPerHour: 0.02 },
  seals: { perLot: 500, orderSek: 20, holdingSekPerHour: 0.01 },
} as const satisfies Record<string, ArticleCosts>;

/** The quantity with the least cost of ordering and holding (Harris 1913): sqrt(2 D K / h). */
export const economicOrderQuantity = (demandPerHour: number, { orderSek, holdingSekPerHour }: ArticleCosts): number =>
  Math.sqrt((2 * demandPerHour * orderSek) / holdingSekPerHour);

const [LEAST_LEAD_S, MOST_LEAD_S] = [2700, 4500];

/**
 * An article that is bought: when its stock falls to the reorder point and nothing is on order, so many are ordered,
 * which arrive after a lead time of 45 to 75 min. First stock + received = stock + used.
 */
export class Article extends record({
  stock: u32(),
  onOrder: u32(),
  received: u32(),
  used: u32(),
  purchases: u32(),
  /** Stock over time, in units x microsecond. */
  inStock: integral(),
  delays: stream(),
  arrives: timer(),
}) {
  constructor(site: PlantSite, first: number, arrived: (station: never, t: number) => void) {
    super(site);
    site.kernel.initially(() => {
      this.stock = this.inStock.rate = first;
    });
    this.arrives.connect<Article>(this, (article, t) => {
      article.receive(t);
      arrived(site.station.self, t);
    });
  }

  take(reorderPoint: number, quantity: number, t: number): void {
    this.used += 1;
    this.setStock(this.stock - 1, t);
    if (this.onOrder > 0 || this.stock > reorderPoint) return;
    this.onOrder = quantity;
    this.purchases += 1;
    const leadS = LEAST_LEAD_S + (MOST_LEAD_S - LEAST_LEAD_S) * uniform(this.delays.next());
    this.arrives.at(t + Math.round(leadS * SECOND));
  }

  /** Facts of the inventory at t; costs in SEK since the start. */
  describe({ orderSek, holdingSekPerHour }: ArticleCosts, t: number): Readonly<Record<string, number>> {
    const { stock, onOrder, received, used, purchases } = this;
    return {
      ...{ stock, onOrder, received, used, purchases },
      meanStock: t === 0 ? stock : this.inStock.at(t) / t,
      orderCost: purchases * orderSek,
      holdingCost: (this.inStock.at(t) / HOUR) * holdingSekPerHour,
    };
  }

  private receive(t: number): void {
    this.received += this.onOrder;
    this.setStock(this.stock + this.onOrder, t);
    this.onOrder = 0;
  }

  private setStock(stock: number, t: number): void {
    this.stock = stock;
    this.inStock.flow(stock, t);
  }
}

/** `arrived` hears that what was ordered has come. */
export const article = (first: number, arrived: (station: never, t: number) => void): ObjectField<Article> =>
  plantField((site) => new Article(site, first, arrived));
