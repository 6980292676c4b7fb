import type { MotionSegment } from '#contract/cell-view.ts';

type Heard = (segments: readonly MotionSegment[]) => void;

/** The newest segment of everything that moves. */
export class MotionBook {
  private readonly segments = new Map<string, MotionSegment>();
  private readonly hearers = new Set<Heard>();
  /** How everything moved at a past moment, while one is looked at. */
  private past: readonly MotionSegment[] | undefined;

  get all(): readonly MotionSegment[] {
    return this.past ?? [...this.segments.values()];
  }

  /** Tells `heard` what is known now, and then all news. */
  hear(heard: Heard): () => void {
    if (this.all.length > 0) heard(this.all);
    this.hearers.add(heard);
    return () => void this.hearers.delete(heard);
  }

  /** Shows a past moment, or the present again. */
  show(past: readonly MotionSegment[] | undefined): void {
    if (past === undefined && this.past === undefined) return;
    this.past = past;
    for (const heard of this.hearers) heard(this.all);
  }

  /** A snapshot names all; what it does not name has left. */
  snapshot(segments: readonly MotionSegment[]): void {
    this.segments.clear();
    this.update(segments);
  }

  update(segments: readonly MotionSegment[]): void {
    for (const segment of segments) this.segments.set(segment.id, segment);
    if (this.past !== undefined) return;
    for (const heard of this.hearers) heard(segments);
  }
}
