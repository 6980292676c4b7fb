import { timer } from '#simulator/kernel/calendar.ts';
import { field, type ObjectField, record, type Site } from '#simulator/kernel/fields.ts';
import { event } from '#simulator/kernel/journal.ts';
import { didYouMean } from '#simulator/kernel/nearest.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { hours, NEVER } from '#simulator/kernel/time.ts';
import { held, type Signal } from '#simulator/plant/signal.ts';

/** A kind of spare part as a definition gives it. */
export interface Spare {
  readonly name: string;
  readonly stock: number;
  /** Ordered again when the stock comes down to it. */
  readonly reorderAt: number;
  /** How many come with one order. */
  readonly lot: number;
  readonly leadUs: number;
  /** Codes of the faults whose repair takes one. */
  readonly faults: readonly number[];
}

const MOST = 255;

/** Spare parts in stock and on order: at most one order of a kind at a time. */
export class Spares extends record({
  delivered: timer(),
  spareOrdered: event('SpareOrdered'),
  spareDelivered: event('SpareDelivered'),
}) {
  readonly kinds: readonly Spare[];
  /** Called after spares have come. */
  onDelivered: (t: number) => void = () => {};
  private readonly byFault = new Map<number, number>();
  private readonly stockAt: number;
  private readonly onOrderAt: number;
  private readonly dueAt: number;

  constructor(site: Site) {
    super(site);
    const { layout } = site.kernel;
    this.kinds = readSpares(site.settings.get(site.name));
    this.stockAt = layout.take('u8', this.kinds.length, `${site.path}.stock`);
    this.onOrderAt = layout.take('u8', this.kinds.length, `${site.path}.onOrder`);
    this.dueAt = layout.take('f64', this.kinds.length, `${site.path}.dueUs`);
    this.kinds.forEach(({ faults }, kind) => faults.forEach((code) => this.byFault.set(code, kind)));
    site.kernel.initially(() => {
      this.kinds.forEach(({ stock }, kind) => {
        this.u8[this.stockAt + kind] = stock;
        this.f64[this.dueAt + kind] = NEVER;
      });
    });
    this.delivered.connect(this, (spares, t) => spares.deliver(t));
  }

  stock(kind: number): number {
    return this.u8[this.stockAt + kind];
  }

  /** How many are on their way. */
  onOrder(kind: number): number {
    return this.u8[this.onOrderAt + kind];
  }

  /** When they come; NEVER if none are on order. */
  dueUs(kind: number): number {
    return this.f64[this.dueAt + kind];
  }

  /** Takes what the repair of a fault needs; false if it is out of stock. */
  take(faultCode: number, t: number): boolean {
    const kind = this.byFault.get(faultCode);
    if (kind === undefined) return true;
    if (this.stock(kind) === 0) {
      this.reorder(kind, t);
      return false;
    }
    this.u8[this.stockAt + kind] -= 1;
    if (this.stock(kind) <= this.kinds[kind].reorderAt) this.reorder(kind, t);
    return true;
  }

  /** By hand, whatever the stock is. */
  order(name: unknown, t: number): void {
    const kind = this.kinds.findIndex((each) => each.name === name);
    if (kind < 0) {
      const known = this.kinds.map((each) => each.name);
      throw new Refusal(
        `There is no spare ${JSON.stringify(name)}.${typeof name === 'string' ? didYouMean(name, known) : ''}`,
        known.length > 0 ? `There are ${known.join(', ')}.` : 'The definition names none.',
        typeof name === 'string' ? 'unknown_target' : 'wrong_type',
      );
    }
    if (this.onOrder(kind) > 0) {
      throw new Refusal(`${this.onOrder(kind)} of ${String(name)} are on their way.`, 'Wait until they have come.');
    }
    if (this.stock(kind) + this.kinds[kind].lot > MOST) {
      throw new Refusal(`There is no room for more of ${String(name)}.`, `Have ${MOST} at most.`, 'out_of_range');
    }
    this.reorder(kind, t);
  }

  signals(): Signal[] {
    return this.kinds.map(({ name }, kind) =>
      held(`Spare.${name}`, '1', () => this.stock(kind), {
        text: { en: `Spares in stock: ${name}`, sv: `Reservdelar i lager: ${name}` },
        range: [0, MOST],
      }),
    );
  }

  private reorder(kind: number, t: number): void {
    if (this.onOrder(kind) > 0) return;
    const { lot, leadUs } = this.kinds[kind];
    this.u8[this.onOrderAt + kind] = lot;
    this.f64[this.dueAt + kind] = t + leadUs;
    if (t + leadUs < this.delivered.dueUs) this.delivered.at(t + leadUs);
    this.spareOrdered.raise(t, kind);
  }

  private deliver(t: number): void {
    let next = NEVER;
    for (let kind = 0; kind < this.kinds.length; kind++) {
      const due = this.dueUs(kind);
      if (due <= t) {
        this.u8[this.stockAt + kind] = Math.min(MOST, this.stock(kind) + this.onOrder(kind));
        this.u8[this.onOrderAt + kind] = 0;
        this.f64[this.dueAt + kind] = NEVER;
        this.spareDelivered.raise(t, kind);
      } else if (due < next) next = due;
    }
    if (next < NEVER) this.delivered.at(next);
    this.onDelivered(t);
  }
}

/** `{ Bearing: { stock: 2, reorderAt: 1, lot: 2, leadH: 8, faults: [301] } }`. */
function readSpares(given: unknown): Spare[] {
  return Object.entries((given ?? {}) as Record<string, unknown>).map(([name, spec]) => {
    const { stock = 1, reorderAt = 0, lot = 1, leadH = 24, faults, ...more } = (spec ?? {}) as Record<string, unknown>;
    const isCount = (n: unknown, low: number) => typeof n === 'number' && Number.isInteger(n) && n >= low && n <= MOST;
    const isRight =
      /^[A-Z][A-Za-z0-9]*$/.test(name) &&
      isCount(stock, 0) &&
      isCount(reorderAt, 0) &&
      isCount(lot, 1) &&
      typeof leadH === 'number' &&
      leadH > 0 &&
      Array.isArray(faults) &&
      faults.every((code) => Number.isInteger(code));
    if (isRight && Object.keys(more).length === 0) {
      const [counts, codes] = [{ stock, reorderAt, lot } as Record<string, number>, faults as number[]];
      return {
        name,
        ...(counts as { stock: number; reorderAt: number; lot: number }),
        leadUs: hours(leadH),
        faults: codes,
      };
    }
    throw new Refusal(
      `${JSON.stringify({ [name]: spec })} is no spare.`,
      'Give a name such as Bearing: { stock: 2, reorderAt: 1, lot: 2, leadH: 8, faults: [301] }; at most 255 of a kind.',
      'wrong_type',
    );
  });
}

export const spares = (): ObjectField<Spares> => field((site) => new Spares(site));
