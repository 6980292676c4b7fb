import type { MotionSegment } from '#contract/cell-view.ts';

/** A sample of how far a cycle is: plant time in us, and 0 to 1. */
interface Sample {
  readonly tUs: number;
  readonly progress: number;
}

/** Goes on for so long after a sample at most, until the next one comes (us). */
const GOES_ON_US = 1.7e6;

/**
 * Makes motion of a progress that is sampled, for stations that tell no motion of their own: from sample to sample it goes
 * on as fast as it went last.
 */
export class Cycles {
  private readonly last = new Map<string, Sample & { readonly perUs: number }>();

  segment(station: string, { tUs, progress }: Sample): MotionSegment {
    const before = this.last.get(station);
    const went = before && tUs > before.tUs ? (progress - before.progress) / (tUs - before.tUs) : 0;
    const perUs = went > 0 ? went : progress > 0 && progress < 1 ? (before?.perUs ?? 0) : 0;
    this.last.set(station, { tUs, progress, perUs: perUs || (before?.perUs ?? 0) });
    const goesOnUs = perUs > 0 ? Math.min(GOES_ON_US, (1 - progress) / perUs) : 0;
    return { id: station, path: `${station}.cycle`, s0: progress, v: perUs * 1e6, t0: tUs, t1: tUs + goesOnUs };
  }

  forget(): void {
    this.last.clear();
  }
}
