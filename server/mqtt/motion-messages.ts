import type { MotionSegment } from '#contract/cell-view.ts';
import type { Qos } from './interest.ts';
import type { PublisherOptions } from './live-publisher.ts';

/** Tells what moves and how: the segments that are new, and all of them when things came or went. */
export class MotionMessages {
  private readonly topic: string;
  private readonly snapshotTopic: string;
  private qos: Qos | undefined;
  private snapshotQos: Qos | undefined;
  private last = new Map<string, MotionSegment>();

  constructor(private readonly options: Pick<PublisherOptions, 'cell' | 'table' | 'interest' | 'publish'>) {
    this.topic = `${options.table.prefix}/motion`;
    this.snapshotTopic = `${options.table.prefix}/motion/snapshot`;
  }

  get isWanted(): boolean {
    return this.qos !== undefined || this.snapshotQos !== undefined;
  }

  wantedChanged(): void {
    this.qos = this.options.interest.qosOf(this.topic);
    this.snapshotQos = this.options.interest.qosOf(this.snapshotTopic);
    if (!this.isWanted) this.last = new Map();
  }

  advanced(): void {
    if (!this.isWanted) return;
    const { cell, publish } = this.options;
    const { fresh, snapshot } = this.next(cell.motion());
    if (this.qos !== undefined && fresh !== undefined) publish(this.topic, fresh, this.qos);
    if (this.snapshotQos !== undefined && snapshot !== undefined) {
      publish(this.snapshotTopic, snapshot, this.snapshotQos);
    }
  }

  /** MotionMessage for `motion` and, when the set of moving things is another one, for `motion/snapshot`. */
  private next(segments: readonly MotionSegment[]): { fresh?: string; snapshot?: string } {
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
}

function isSame(a: MotionSegment, b: MotionSegment | undefined): boolean {
  if (!b || a === b) return a === b;
  return a.path === b.path && a.s0 === b.s0 && a.v === b.v && a.t0 === b.t0 && a.t1 === b.t1 && a.load === b.load;
}
