import { timer } from '#simulator/kernel/calendar.ts';
import { integral, relaxing } from '#simulator/kernel/closed-form.ts';
import { f64, record, u32, u8 } from '#simulator/kernel/fields.ts';
import { minutes } from '#simulator/kernel/time.ts';
import { AMBIENT_C } from './control.ts';
import { addConsumer, steady } from './meters.ts';
import type { PlantSite } from './station.ts';

const STANDBY_KW = 0.12;
const PRINTING_KW = 0.95;
const NOZZLE_C = 245;
const CHAMBER_C = 62;
const GRAMS_PER_BUILD = 168;
const SPOOL_G = 2000;
export const LAYERS = 180;

/** One printer: builds of some covers each, layer by layer, and a pause in between to clear the plate. */
export class Printer extends record({
  isPrinting: u8(),
  startedUs: f64(),
  durationUs: f64(),
  build: u32(),
  filamentG: f64(SPOOL_G),
  nozzleC: relaxing(),
  chamberC: relaxing(),
  power: integral(),
  finished: timer(),
}) {
  constructor(site: PlantSite) {
    super(site);
    addConsumer(site.station, steady(this.power));
  }

  settle(t: number): void {
    this.nozzleC.settle(AMBIENT_C, t);
    this.chamberC.settle(AMBIENT_C, t);
    this.power.flow(STANDBY_KW, t);
  }

  begin(durationUs: number, t: number): void {
    if (this.filamentG < GRAMS_PER_BUILD) this.filamentG = SPOOL_G;
    this.isPrinting = 1;
    this.build += 1;
    this.startedUs = t;
    this.durationUs = durationUs;
    this.nozzleC.aimFor(NOZZLE_C, minutes(1), t);
    this.chamberC.aimFor(CHAMBER_C, minutes(6), t);
    this.power.flow(PRINTING_KW, t);
    this.finished.at(t + durationUs);
  }

  end(t: number): void {
    this.isPrinting = 0;
    this.filamentG -= GRAMS_PER_BUILD;
    this.nozzleC.aimFor(AMBIENT_C, minutes(2), t);
    this.chamberC.aimFor(AMBIENT_C, minutes(15), t);
    this.power.flow(STANDBY_KW, t);
  }

  layer(t: number): number {
    if (this.isPrinting === 0) return this.build === 0 ? 0 : LAYERS;
    return Math.min(LAYERS, Math.floor((LAYERS * (t - this.startedUs)) / this.durationUs));
  }
}
