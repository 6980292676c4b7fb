import { record, type Site } from '#simulator/kernel/fields.ts';
import type { Buckets, WindowFunction, WindowShape } from './window-functions.ts';

/** Numbers that the state of one window may take. Longer windows put several samples into one bucket. */
const ROOM = 32;

/** A window as an expression asks for it. */
export interface WindowUse {
  /** As it is written. */
  readonly text: string;
  readonly does: WindowFunction;
  readonly shape: WindowShape;
  /** Parts that its station has finished, if it is a window of parts: it takes a sample for each. */
  readonly made?: (() => number) | undefined;
  /** What goes into it, 0 or 1 for a condition, NaN for unknown. */
  readonly argument: () => number;
}

/** @param everyS seconds between two samples; 1 in a window of parts, where a slope is per part. */
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
 *
 * A window of time takes a sample at each evaluation, one of parts when its station has finished another part since the
 * last one; several at once all count with the value that is seen then.
 */
export class Windows extends record({}) {
  private readonly numbersAt: number;
  private readonly ownersAt: number;
  /** Of a window of parts: parts of the station at the last evaluation, and samples taken. */
  private readonly madeAt: number;
  private readonly takenAt: number;
  private readonly resultsAt: number;
  private readonly view: Buckets & { numbers: Float64Array; at: number };

  constructor(
    { kernel, ...site }: Site,
    readonly places: number,
  ) {
    super({ kernel, ...site });
    this.numbersAt = kernel.layout.take('f64', places * ROOM, `${site.path}.numbers`);
    this.ownersAt = kernel.layout.take('u8', places, `${site.path}.owners`);
    this.madeAt = kernel.layout.take('u32', places, `${site.path}.made`);
    this.takenAt = kernel.layout.take('u32', places, `${site.path}.taken`);
    this.resultsAt = kernel.layout.take('f64', places, `${site.path}.results`);
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

  /** Gives free ones to an owner, from 1, in their order. */
  take(owner: number, uses: readonly WindowUse[]): void {
    let next = 0;
    for (let k = 0; k < this.places && next < uses.length; k++) {
      if (this.u8[this.ownersAt + k] !== FREE) continue;
      this.u8[this.ownersAt + k] = owner;
      this.u32[this.madeAt + k] = uses[next].made?.() ?? 0;
      this.f64[this.resultsAt + k] = NaN;
      next += 1;
    }
  }

  release(owner: number): void {
    for (let k = 0; k < this.places; k++) {
      if (this.u8[this.ownersAt + k] !== owner) continue;
      this.u8[this.ownersAt + k] = FREE;
      this.u32[this.madeAt + k] = this.u32[this.takenAt + k] = this.f64[this.resultsAt + k] = 0;
      this.f64.fill(0, this.numbersAt + k * ROOM, this.numbersAt + (k + 1) * ROOM);
    }
  }

  /** Whether a part was finished that a window of the owner waits for. */
  hasNewParts(owner: number, uses: readonly WindowUse[]): boolean {
    let place = 0;
    for (let k = 0; k < uses.length; k++, place++) {
      const { made } = uses[k];
      while (this.u8[this.ownersAt + place] !== owner) place += 1;
      if (made !== undefined && made() !== this.u32[this.madeAt + place]) return true;
    }
    return false;
  }

  /** Lets each window of an owner see the `nth` evaluation, from 1, and writes what they come to into `results`. */
  update(owner: number, uses: readonly WindowUse[], nth: number, results: Float64Array): void {
    let place = 0;
    for (let k = 0; k < uses.length; k++, place++) {
      while (this.u8[this.ownersAt + place] !== owner) place += 1;
      const use = uses[k];
      results[k] = use.made === undefined ? this.fold(place, use, nth) : this.countParts(place, use, use.made());
    }
  }

  private countParts(place: number, use: WindowUse, made: number): number {
    const before = this.u32[this.madeAt + place];
    this.u32[this.madeAt + place] = made;
    for (let left = Math.min(made - before, use.shape.samples); left > 0; left--) {
      this.u32[this.takenAt + place] += 1;
      this.f64[this.resultsAt + place] = this.fold(place, use, this.u32[this.takenAt + place]);
    }
    return this.f64[this.resultsAt + place];
  }

  private fold(place: number, { does, shape, argument }: WindowUse, nth: number): number {
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
