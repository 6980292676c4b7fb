import { record, type Site } from '#simulator/kernel/fields.ts';
import type { Buckets, WindowFunction, WindowShape } from './window-functions.ts';

/** Numbers that the state of one window may take. Longer windows put several samples into one bucket. */
const ROOM = 32;

/** A window as an expression asks for it. */
export interface WindowUse {
  readonly does: WindowFunction;
  readonly shape: WindowShape;
  /** What goes into it, 0 or 1 for a condition, NaN for unknown. */
  readonly argument: () => number;
}

export function shapeOf(does: WindowFunction, periods: number, everyS: number): WindowShape {
  if (does.isFading) return { buckets: 1, perBucket: Infinity, samples: periods, everyS };
  const samples = periods + (does.isFromEndToEnd ? 1 : 0);
  const perBucket = Math.ceil((samples * does.width) / ROOM);
  return { buckets: Math.ceil(samples / perBucket), perBucket, samples, everyS };
}

const FREE = 0;

/**
 * The windows of all rules of a cell: a fixed number of rings in the slab, so that a snapshot holds them. A sample is
 * folded into the newest bucket, and a result is put together from at most 32 numbers, however long the window is.
 */
export class Windows extends record({}) {
  private readonly numbersAt: number;
  private readonly ownersAt: number;
  private readonly view: Buckets & { numbers: Float64Array; at: number };

  constructor(
    { kernel, ...site }: Site,
    readonly places: number,
  ) {
    super({ kernel, ...site });
    this.numbersAt = kernel.layout.take('f64', places * ROOM, `${site.path}.numbers`);
    this.ownersAt = kernel.layout.take('u8', places, `${site.path}.owners`);
    this.view = { numbers: this.f64, at: 0, newest: 0, filled: 0 };
  }

  countFree(): number {
    let free = 0;
    for (let k = 0; k < this.places; k++) if (this.u8[this.ownersAt + k] === FREE) free += 1;
    return free;
  }

  countOf(owner: number): number {
    let own = 0;
    for (let k = 0; k < this.places; k++) if (this.u8[this.ownersAt + k] === owner) own += 1;
    return own;
  }

  /** Gives `wanted` free ones to an owner, from 1, in their order. */
  take(owner: number, wanted: number): void {
    for (let k = 0; k < this.places && wanted > 0; k++) {
      if (this.u8[this.ownersAt + k] !== FREE) continue;
      this.u8[this.ownersAt + k] = owner;
      wanted -= 1;
    }
  }

  release(owner: number): void {
    for (let k = 0; k < this.places; k++) {
      if (this.u8[this.ownersAt + k] !== owner) continue;
      this.u8[this.ownersAt + k] = FREE;
      this.f64.fill(0, this.numbersAt + k * ROOM, this.numbersAt + (k + 1) * ROOM);
    }
  }

  /** Takes the `nth` sample, from 1, of each window of an owner, and writes what they come to into `results`. */
  update(owner: number, uses: readonly WindowUse[], nth: number, results: Float64Array): void {
    let place = 0;
    for (let k = 0; k < uses.length; k++, place++) {
      while (this.u8[this.ownersAt + place] !== owner) place += 1;
      results[k] = this.updateOne(place, uses[k], nth);
    }
  }

  private updateOne(place: number, { does, shape, argument }: WindowUse, nth: number): number {
    const { view } = this;
    const { perBucket, buckets } = shape;
    const full = Math.floor((nth - 1) / perBucket);
    view.numbers = this.f64;
    view.at = this.numbersAt + place * ROOM;
    view.newest = full % buckets;
    view.filled = does.isFading ? nth : nth - full * perBucket;
    const x = argument();
    does.fold(view.numbers, view.at + view.newest * does.width, x, view.filled, shape);
    return nth < shape.samples ? NaN : does.result(view, x, shape);
  }
}
