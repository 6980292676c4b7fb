import type { Happening } from '#simulator/kernel/journal.ts';
import { type Feature, Flag, type Parts } from '#simulator/plant/parts/parts.ts';
import { isSentBack, Verdict } from '#simulator/plant/parts/scrap-causes.ts';
import type { Station } from '#simulator/plant/station.ts';

/** Items that a station itself found bad. */
export interface Rejects {
  readonly scrapped: number;
  /** Sent to rework. */
  readonly sentBack: number;
}

interface Judging {
  readonly verdict: Feature;
  readonly rejects: { scrapped: number; sentBack: number };
}

/** Hears which station rejects which part, and which parts leave after rework. */
export class QualityLogs {
  /** Parts that left the plant having been reworked, and those of them that left as good. */
  leftAfterRework = 0;
  finishedAfterRework = 0;
  private readonly byEvent = new Map<string, Judging>();
  /** The verdict that each part had when a station last was done with it, by place. */
  private readonly known = new Map<number, number>();
  private finished: number;
  /** Serial of the last part that left as scrap. */
  private scrap = 0;

  /** Of the open slab. */
  constructor(
    private readonly parts: Parts,
    stations: Iterable<Station>,
  ) {
    this.finished = parts.finished;
    for (const { path, self } of stations) {
      const { verdict } = self as { verdict?: Feature };
      if (verdict === undefined) continue;
      this.byEvent.set(`${path}.PartDone`, { verdict, rejects: { scrapped: 0, sentBack: 0 } });
      for (const part of parts.present()) this.known.set(part, verdict.of(part));
    }
  }

  hear({ event, value: serial }: Happening): void {
    if (event === 'Line.PartLeft') this.leave(serial);
    else {
      const judging = this.byEvent.get(event);
      if (judging !== undefined) this.judge(judging, serial);
    }
  }

  of(station: string): Rejects {
    return this.byEvent.get(`${station}.PartDone`)?.rejects ?? { scrapped: 0, sentBack: 0 };
  }

  private leave(serial: number): void {
    const { parts } = this;
    const isGood = parts.finished > this.finished;
    this.finished = parts.finished;
    if (!isGood) this.scrap = serial;
    if ((parts.flagsOf(parts.find(serial)) & Flag.Reworked) === 0) return;
    this.leftAfterRework += 1;
    if (isGood) this.finishedAfterRework += 1;
  }

  /** A part leaves before the station is done with it, so what left as scrap and was not rejected before is of this one. */
  private judge({ verdict, rejects }: Judging, serial: number): void {
    const part = this.parts.find(serial);
    const before = this.known.get(part) ?? Verdict.Good;
    const now = verdict.of(part);
    this.known.set(part, now);
    const wasRejected = before !== Verdict.Good && !isSentBack(before);
    if (wasRejected) return;
    if (serial === this.scrap || (now !== Verdict.Good && !isSentBack(now))) rejects.scrapped += 1;
    else if (isSentBack(now) && now !== before) rejects.sentBack += 1;
  }
}
