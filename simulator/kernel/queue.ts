import { field, type ObjectField, record, type Site, u32 } from './fields.ts';
import { Refusal } from './refusal.ts';

/** First in, first out, with a fixed number of places. */
export class Queue extends record({ head: u32(), length: u32() }) {
  private readonly itemsAt: number;

  constructor(
    site: Site,
    readonly places: number,
  ) {
    super(site);
    this.itemsAt = site.kernel.layout.take('u32', places, `${site.path}.items`);
  }

  get first(): number {
    return this.u32[this.itemsAt + this.head];
  }

  push(item: number): void {
    const { length, places } = this;
    if (length === places) throw new Error(`A queue with ${places} places is full.`);
    const tail = this.head + length;
    this.u32[this.itemsAt + (tail < places ? tail : tail - places)] = item;
    this.length = length + 1;
  }

  shift(): number {
    const { head, places } = this;
    this.head = head + 1 < places ? head + 1 : 0;
    this.length -= 1;
    return this.u32[this.itemsAt + head];
  }
}

/** A queue with a fixed number of places, or with as many as the setting of that name says. */
export const queue = (places: number | string): ObjectField<Queue> =>
  field((site) => {
    const wanted = typeof places === 'number' ? places : site.settings.get(places);
    if (Number.isInteger(wanted) && Number(wanted) > 0) return new Queue(site, Number(wanted));
    throw new Refusal(
      `${site.settings.station} cannot have ${String(wanted)} places.`,
      `Give "${places}" a whole number above 0.`,
      'out_of_range',
    ).in(site.settings.station, String(places));
  });
