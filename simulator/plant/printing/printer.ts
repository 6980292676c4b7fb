import { timer } from '#simulator/kernel/calendar.ts';
import { integral, relaxing } from '#simulator/kernel/closed-form.ts';
import { f64, record, u32, u8 } from '#simulator/kernel/fields.ts';
import { minutes } from '#simulator/kernel/time.ts';
import { AMBIENT_C } from '#simulator/plant/control.ts';
import { addConsumer, steady } from '#simulator/plant/meters.ts';
import type { PlantSite } from '#simulator/plant/station.ts';

const STANDBY_KW = 0.12;
const PRINTING_KW = 0.95;
const NOZZLE_C = 245;
const BED_C = 100;
const CHAMBER_C = 62;
export const SPOOL_G = 1000;
export const LAYERS = 180;
export const LAYER_MM = 0.1;
/** A nozzle that is quite clogged lets this share less through. */
const CLOGGED = 0.6;

/** One printer: jobs of some covers each, layer by layer (material extrusion, ISO/ASTM 52900), and a pause in between. */
export class Printer extends record({
  isPrinting: u8(),
  startedUs: f64(),
  durationUs: f64(),
  /** The job in hand or the last one; 0 is none yet. */
  job: u32(),
  /** Lot of the spool, its filament at the beginning of the job, and what the job takes of it. */
  lot: u32(),
  filamentG: f64(SPOOL_G),
  takesG: f64(),
  nozzleC: relaxing(),
  bedC: relaxing(),
  chamberC: relaxing(),
  power: integral(),
  finished: timer(),
}) {
  constructor(site: PlantSite) {
    super(site);
    addConsumer(site.station, steady(this.power));
  }

  settle(t: number): void {
    for (const each of [this.nozzleC, this.bedC, this.chamberC]) each.settle(AMBIENT_C, t);
    this.power.flow(STANDBY_KW, t);
  }

  /** @param grams of filament that the job wants @param clog 0 to 1 */
  begin(job: number, durationUs: number, grams: number, clog: number, t: number): void {
    this.isPrinting = 1;
    this.job = job;
    this.startedUs = t;
    this.durationUs = durationUs;
    this.takesG = grams * flowShare(clog);
    this.nozzleC.aimFor(NOZZLE_C, minutes(1), t);
    this.bedC.aimFor(BED_C, minutes(3), t);
    this.chamberC.aimFor(CHAMBER_C, minutes(6), t);
    this.power.flow(PRINTING_KW, t);
    this.finished.at(t + durationUs);
  }

  end(t: number): void {
    this.isPrinting = 0;
    this.filamentG = Math.max(0, this.filamentG - this.takesG);
    this.nozzleC.aimFor(AMBIENT_C, minutes(2), t);
    this.bedC.aimFor(AMBIENT_C, minutes(8), t);
    this.chamberC.aimFor(AMBIENT_C, minutes(15), t);
    this.power.flow(STANDBY_KW, t);
  }

  load(lot: number): void {
    this.lot = lot;
    this.filamentG = SPOOL_G;
  }

  progress(t: number): number {
    return this.isPrinting === 0 ? 0 : Math.min(1, (t - this.startedUs) / this.durationUs);
  }

  /** Layers that are finished. */
  layer(t: number): number {
    if (this.isPrinting === 0) return this.job === 0 ? 0 : LAYERS;
    return Math.floor(LAYERS * this.progress(t));
  }

  filamentAt(t: number): number {
    return Math.max(0, this.filamentG - this.takesG * this.progress(t));
  }
}

/** What comes out of a nozzle against what is wanted, by how clogged it is. */
export const flowShare = (clog: number): number => 1 - CLOGGED * clog;
