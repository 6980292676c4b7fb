import type { MotionSegment } from '#contract/cell-view.ts';

/** Tells which segments are new, and when things came or went. */
export class MotionMessages {
  private last = new Map<string, MotionSegment>();

  /** MotionMessage for `motion` and, when the set of moving things is another one, for `motion/snapshot`. */
  next(segments: readonly MotionSegment[]): { fresh?: string; snapshot?: string } {
    const known = this.last;
    const fresh = segments.filter((segment) => !isSame(segment, known.get(segment.id)));
    if (fresh.length === 0 && segments.length === known.size) return {};
    this.last = new Map(segments.map((segment) => [segment.id, segment]));
    const isSameSet = segments.length === known.size && fresh.every(({ id }) => known.has(id));
    return {
      ...(fresh.length > 0 ? { fresh: JSON.stringify(fresh) } : {}),
      ...(isSameSet ? {} : { snapshot: JSON.stringify(segments) }),
    };
  }

  forget(): void {
    this.last = new Map();
  }
}

function isSame(a: MotionSegment, b: MotionSegment | undefined): boolean {
  if (!b || a === b) return a === b;
  return a.path === b.path && a.s0 === b.s0 && a.v === b.v && a.t0 === b.t0 && a.t1 === b.t1 && a.load === b.load;
}
