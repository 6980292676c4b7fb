import { f64, type ObjectField, record, u32, u8 } from '#simulator/kernel/fields.ts';
import { event } from '#simulator/kernel/journal.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { partTags } from '#simulator/plant/parts/part-tags.ts';
import { plantField, type PlantSite } from '#simulator/plant/station.ts';
import { next } from './dispatching.ts';
import { Order, OrderState } from './order.ts';

/** Orders that a book can hold, with the last ones that are done. */
export const PLACES = 12;
const NONE = 0;
const NO_VARIANT = 255;

export interface OrderWish {
  readonly variant: number;
  readonly quantity: number;
  readonly dueS: number;
  readonly priority: number;
}

/**
 * The job orders of a line. Orders that are done stay until their place is needed; all former ones are found in the
 * events. A part remembers the place of its order, so a place is not used again while parts of its order are about.
 */
export class OrderBook extends record({
  newest: u32(),
  /** Place of the order whose parts are being started, from 1. */
  current: u8(),
  /** Variant of the last part started. */
  variant: u8(NO_VARIANT),
  done: u32(),
  late: u32(),
  /** Sum over the orders done of how late they were. */
  tardyS: f64(),
  /** Of the last order done, from release to done. */
  lastLeadS: f64(),
  /** Of each part the place of its order, from 1. */
  parts: partTags(),
  released: event('OrderReleased'),
  begun: event('OrderStarted'),
  finished: event('OrderDone'),
  aborted: event('OrderAborted'),
}) {
  readonly orders: readonly Order[];

  constructor(
    private readonly site: PlantSite,
    private readonly freed: (station: never, t: number) => void,
  ) {
    super(site);
    this.orders = Array.from({ length: PLACES }, (_, k) => new Order({ ...site, path: `${site.path}.${k + 1}` }));
    site.plant.parts.departs = (part, isGood, t) => this.partLeft(part, isGood, t);
  }

  get live(): number {
    let live = 0;
    for (const order of this.orders) if (order.isLive) live += 1;
    return live;
  }

  count(state: number): number {
    return this.orders.filter((order) => order.state === state).length;
  }

  /** Parts that released orders still have to be started. */
  get partsToStart(): number {
    return this.orders.reduce((sum, order) => sum + (order.isStartable ? order.left : 0), 0);
  }

  get(number: unknown): Order {
    const found = this.orders.find((each) => each.state !== OrderState.None && each.number === number);
    if (found !== undefined) return found;
    const known = this.orders.filter(({ state }) => state !== OrderState.None).map((order) => order.number);
    throw new Refusal(
      `The book holds no order ${JSON.stringify(number)}.`,
      `Give the number of an order: ${known.sort((a, b) => a - b).join(', ')}.`,
      typeof number === 'number' ? 'unknown_target' : 'wrong_type',
    );
  }

  get hasRoom(): boolean {
    return this.findPlace() !== undefined;
  }

  /** Enters a new order that may not be started yet. */
  store({ variant, quantity, dueS, priority }: OrderWish, t: number): Order {
    const order = this.findPlace();
    if (order === undefined) {
      throw new Refusal(
        `The book is full: ${PLACES} orders are live or have parts on the line.`,
        'Cancel an order that has not begun, or wait until one is done.',
      );
    }
    this.newest += 1;
    if (order === this.present) this.current = NONE;
    order.number = this.newest;
    order.variant = variant;
    order.quantity = quantity;
    order.dueS = dueS;
    order.priority = priority;
    order.started = order.done = order.scrapped = 0;
    order.state = OrderState.NotAllowedToStart;
    order.releasedS = Math.floor(t / SECOND);
    return order;
  }

  release(order: Order, t: number): void {
    order.state = OrderState.AllowedToStart;
    order.releasedS = Math.floor(t / SECOND);
    this.released.raise(t, order.number);
  }

  /** Whether a part can be started now. */
  get hasWork(): boolean {
    if (this.present?.isStartable === true) return true;
    for (const order of this.orders) if (order.isStartable) return true;
    return false;
  }

  /** Starts a part of the present order, or of the next one by the rule, and gives its place. Only if `hasWork`. */
  startPart(rule: number, t: number): number {
    if (this.present?.isStartable !== true) this.current = 1 + next(this.orders, rule, this.setFor, t);
    const order = this.orders[this.current - 1];
    this.variant = order.variant;
    order.started += 1;
    if (order.state === OrderState.AllowedToStart) {
      order.state = OrderState.Running;
      this.begun.raise(t, order.number);
    }
    this.site.station.touch.mark(t);
    return this.current;
  }

  /** The variant of the last part started; undefined before the first. */
  get setFor(): number | undefined {
    return this.variant === NO_VARIANT ? undefined : this.variant;
  }

  private get present(): Order | undefined {
    return this.current === NONE ? undefined : this.orders[this.current - 1];
  }

  /** The order of a part in the plant; undefined if it was made without one. */
  orderOf(part: number): Order | undefined {
    const place = this.parts.of(part);
    return place === NONE ? undefined : this.orders[place - 1];
  }

  end(order: Order, t: number): void {
    order.state = OrderState.Ended;
    const lateS = t / SECOND - order.dueS;
    this.done += 1;
    this.lastLeadS = t / SECOND - order.releasedS;
    if (lateS > 0) {
      this.late += 1;
      this.tardyS += lateS;
    }
    this.finished.raise(t, order.number);
    this.makeRoom(t);
  }

  abort(order: Order, t: number): void {
    order.state = OrderState.Aborted;
    this.aborted.raise(t, order.number);
    this.makeRoom(t);
  }

  /** Forgets an order. */
  drop(order: Order, t: number): void {
    order.state = OrderState.None;
    this.makeRoom(t);
  }

  private makeRoom(t: number): void {
    this.freed(this.site.station.self, t);
  }

  private partLeft(part: number, isGood: boolean, t: number): void {
    const order = this.orderOf(part);
    if (order === undefined) return;
    if (isGood) order.done += 1;
    else order.scrapped += 1;
    this.parts.set(part, NONE);
    this.site.station.touch.mark(t);
    if (order.state === OrderState.Running && order.left === 0 && order.inPlant === 0) this.end(order, t);
  }

  /** A place that was never used or was cleared, or that of the oldest order that is over and has left the line. */
  private findPlace(): Order | undefined {
    let oldest: Order | undefined;
    for (const order of this.orders) {
      if (order.state === OrderState.None) return order;
      if (order.isOver && order.inPlant === 0 && (oldest === undefined || order.number < oldest.number)) oldest = order;
    }
    return oldest;
  }
}

/** `freed` hears that there is room for another order. */
export const orderBookOf = (freed: (station: never, t: number) => void): ObjectField<OrderBook> =>
  plantField((site) => new OrderBook(site, freed));
