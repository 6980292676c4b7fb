import type { MotionSegment } from '#contract/cell-view.ts';
import type { Qos } from './interest.ts';
import type { PublisherOptions } from './live-publisher.ts';

/** After so many steps of the cell without an event it is looked all the same: a crane goes on by itself. */
const SLEEPS = 4;

/**
 * Tells what moves and how: the segments that are new, and all of them when things came or went. They are looked at when
 * something has happened in the cell or a movement has ended, which is rare beside ten steps a second.
 */
export class MotionMessages {
  private readonly topic: string;
  private readonly snapshotTopic: string;
  private qos: Qos | undefined;
  private snapshotQos: Qos | undefined;
  private last = new Map<string, MotionSegment>();
  /** A signal that is sampled at each event of the cell. */
  private readonly eventful: number;
  private seenUs = NaN;
  private endsUs = -Infinity;
  private slept = 0;

  constructor(private readonly options: Pick<PublisherOptions, 'cell' | 'table' | 'interest' | 'publish'>) {
    this.topic = `${options.table.prefix}/motion`;
    this.snapshotTopic = `${options.table.prefix}/motion/snapshot`;
    const { signals } = options.cell.model;
    this.eventful = signals.findIndex(({ station, kind }) => station === 'Line' && kind === 'held');
  }

  get isWanted(): boolean {
    return this.qos !== undefined || this.snapshotQos !== undefined;
  }

  wantedChanged(): void {
    this.qos = this.options.interest.qosOf(this.topic);
    this.snapshotQos = this.options.interest.qosOf(this.snapshotTopic);
    this.seenUs = NaN;
    if (!this.isWanted) this.last = new Map();
  }

  advanced(nowUs: number): void {
    if (!this.isWanted || !this.isDue(nowUs)) return;
    const { cell, publish } = this.options;
    const { fresh, snapshot } = this.next(cell.motion());
    if (this.qos !== undefined && fresh !== undefined) publish(this.topic, fresh, this.qos);
    if (this.snapshotQos !== undefined && snapshot !== undefined) {
      publish(this.snapshotTopic, snapshot, this.snapshotQos);
    }
  }

  private isDue(nowUs: number): boolean {
    const { cell } = this.options;
    const eventUs = this.eventful < 0 ? NaN : cell.version(this.eventful);
    this.slept += 1;
    if (eventUs === this.seenUs && nowUs < this.endsUs && this.slept < SLEEPS) return false;
    this.seenUs = eventUs;
    this.slept = 0;
    return true;
  }

  /** MotionMessage for `motion` and, when the set of moving things is another one, for `motion/snapshot`. */
  private next(segments: readonly MotionSegment[]): { fresh?: string; snapshot?: string } {
    const known = this.last;
    this.endsUs = endOf(segments, this.options.cell.clock.simUs);
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

/** When the first of them that still moves comes to its end. */
function endOf(segments: readonly MotionSegment[], nowUs: number): number {
  let endsUs = Infinity;
  for (const { t1 } of segments) if (t1 > nowUs && t1 < endsUs) endsUs = t1;
  return endsUs;
}

function isSame(a: MotionSegment, b: MotionSegment | undefined): boolean {
  if (!b || a === b) return a === b;
  return a.path === b.path && a.s0 === b.s0 && a.v === b.v && a.t0 === b.t0 && a.t1 === b.t1 && a.load === b.load;
}
