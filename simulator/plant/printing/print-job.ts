import { field, type ObjectField, record, type Site, u32 } from '#simulator/kernel/fields.ts';

const PLACES = 24;
/** Jobs that may be under way when another begins. */
const UNDER_WAY = 3;

/** Covers that wait to be used, in batches of one print job each; the oldest go first. */
export class Shelf extends record({
  covers: u32(),
  batches: u32(),
  head: u32(),
  /** Job and filament lot of the cover that was taken last; what was there from the beginning is of job 0. */
  job: u32(),
  lot: u32(),
}) {
  private readonly jobAt: number;
  private readonly lotAt: number;
  private readonly leftAt: number;

  constructor(site: Site) {
    super(site);
    const { layout } = site.kernel;
    this.jobAt = layout.take('u32', PLACES, `${site.path}.jobs`);
    this.lotAt = layout.take('u32', PLACES, `${site.path}.lots`);
    this.leftAt = layout.take('u8', PLACES, `${site.path}.left`);
  }

  /** There may be no place for one more batch beside those under way. */
  get isFull(): boolean {
    return this.batches > PLACES - UNDER_WAY;
  }

  /** Puts up to 255 covers of one job there. */
  put(covers: number, job: number, lot: number): void {
    if (covers === 0) return;
    const place = (this.head + this.batches) % PLACES;
    this.u32[this.jobAt + place] = job;
    this.u32[this.lotAt + place] = lot;
    this.u8[this.leftAt + place] = covers;
    this.batches += 1;
    this.covers += covers;
  }

  /** Takes one cover of the oldest batch. There must be one. */
  take(): void {
    const { head } = this;
    this.job = this.u32[this.jobAt + head];
    this.lot = this.u32[this.lotAt + head];
    this.covers -= 1;
    const left = (this.u8[this.leftAt + head] -= 1);
    if (left > 0) return;
    this.head = (head + 1) % PLACES;
    this.batches -= 1;
  }
}

export const shelf = (): ObjectField<Shelf> => field((site) => new Shelf(site));
