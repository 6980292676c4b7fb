import { noise } from '#simulator/kernel/closed-form.ts';
import { type ObjectField, u32 } from '#simulator/kernel/fields.ts';
import { type Stream, stream, uniform } from '#simulator/kernel/random.ts';
import { minutes, seconds } from '#simulator/kernel/time.ts';
import { distribution } from '#simulator/plant/distribution.ts';
import { loopStation } from '#simulator/plant/loop/loop-station.ts';
import { count, quantity } from '#simulator/plant/parameters.ts';
import { variantAt } from '#simulator/plant/parts/variants.ts';
import { profile } from '#simulator/plant/profile.ts';
import { fault, Reason } from '#simulator/plant/reasons.ts';
import { held } from '#simulator/plant/signal.ts';
import { plantField } from '#simulator/plant/station.ts';
import { lotOf } from '#simulator/plant/store/lots.ts';
import { text } from '#simulator/plant/texts.ts';
import { type Shelf, shelf } from './print-job.ts';
import { printerSignals } from './printer-signals.ts';
import { LAYER_MM, LAYERS, Printer } from './printer.ts';

const CLEARING_US = minutes(2);
const SPOOL_CHANGE_US = minutes(4);
const COVER_G = 6.5;
const SPOOLS_PER_LOT = 4;
/** Filament on the spools at the beginning: they do not run out together. */
const FIRST_SPOOLS_G = [340, 620, 900];
/** From this shift of a layer on, no cover of a job fits. */
const FITTING_MM = 0.2;

const printer = (): ObjectField<Printer> =>
  plantField((site) => {
    const made = new Printer(site);
    made.finished.connect(site.station, ({ self }, t) => finishOrBegin(self, made, t));
    return made;
  });
/** Hidden, of each printer: how clogged its nozzle is, and by how many mm a layer shifts in each job. */
const clog = () => quantity('1', { fallback: 0, max: 1 });
const shift = () => quantity('mm', { fallback: 0, max: 5 });

/** Three printers fill a shelf with covers; the handler puts one onto every part of a variant that has a printed cover. */
export const amPrinters = loopStation('am-printers', {
  faults: [
    fault(501, 'handler-grip', 'Cover slipped from the handler', 'Locket gled ur hanteraren', 2),
    fault(502, 'plate-stuck', 'Build plate stuck', 'Byggplattan sitter fast', 1),
  ],
  load: profile([0, 0], [0.1, 1], [0.5, 0.4], [0.9, 1], [1, 0]),
  fields: {
    /** On the shelf at the beginning. */
    covers: count({ fallback: 20, max: 200 }),
    coversPerBuild: count({ fallback: 6, min: 1, max: 20 }),
    mostCovers: count({
      fallback: 24,
      min: 1,
      max: 100,
      shown: {
        path: 'Covers.Most',
        ...text('Covers on the shelf at which printing pauses', 'Lock på hyllan då utskriften pausar'),
      },
    }),
    buildTime: distribution({ triangular: [1380, 1500, 1740] }),
    nozzleClog1: clog(),
    nozzleClog2: clog(),
    nozzleClog3: clog(),
    layerShift1: shift(),
    layerShift2: shift(),
    layerShift3: shift(),
    shelf: shelf(),
    jobs: u32(),
    spools: u32(),
    printed: u32(),
    scrapped: u32(),
    used: u32(),
    printer1: printer(),
    printer2: printer(),
    printer3: printer(),
    flaws: stream(),
    nozzleNoise: noise(seconds(3)),
  },
  start(s, t) {
    s.shelf.put(s.covers, 0, 0);
    printersOf(s).forEach((each, k) => {
      each.settle(t);
      loadSpool(s, each);
      each.filamentG = FIRST_SPOOLS_G[k];
      each.finished.at(t + seconds(30) + k * minutes(7));
    });
  },
  wants: (s, part) => part !== 0 && s.verdict.of(part) === 0 && variantAt(s.variant.of(part)).hasPrintedCover,
  ready: (s) => (s.shelf.covers > 0 ? Reason.Executing : Reason.NoMaterial),
  begun(s) {
    s.shelf.take();
    s.used += 1;
  },
  trace: ({ shelf }) => ({ job: shelf.job, filamentLot: shelf.lot }),
  signals: (s) => [
    held('Covers.Stock', '1', () => s.shelf.covers, {
      ...text('Covers on the shelf', 'Lock på hyllan'),
      range: [0, 300],
    }),
    held('Covers.Printed', '1', () => s.printed, {
      ...text('Covers printed since the start', 'Utskrivna lock sedan start'),
      range: [0, 1e7],
    }),
    held('Covers.Used', '1', () => s.used, {
      ...text('Covers put onto parts since the start', 'Lock monterade på detaljer sedan start'),
      range: [0, 1e7],
    }),
    held('Covers.Scrapped', '1', () => s.scrapped, {
      ...text('Printed covers thrown away since the start', 'Utskrivna lock kasserade sedan start'),
      range: [0, 1e7],
    }),
    held('Job.Layers', '1', () => LAYERS, {
      ...text('Layers of a print job', 'Lager i ett utskriftsjobb'),
      range: [0, 1000],
    }),
    held('Job.LayerHeight', 'mm', () => LAYER_MM, {
      ...text('Height of a layer', 'Lagerhöjd'),
      type: 'Double',
      resolution: 0.01,
      range: [0, 1],
    }),
    ...printersOf(s).flatMap((each, k) => printerSignals(each, k + 1, s.nozzleNoise, () => clogOf(s, each))),
  ],
});

interface Printers extends ByPrinter {
  jobs: number;
  spools: number;
  printed: number;
  scrapped: number;
  readonly shelf: Shelf;
  readonly coversPerBuild: number;
  readonly mostCovers: number;
  readonly buildTime: { draw(): number };
  readonly flaws: Stream;
  readonly cycle: { retry(t: number): void };
}

interface ByPrinter {
  readonly printer1: Printer;
  readonly printer2: Printer;
  readonly printer3: Printer;
  readonly nozzleClog1: number;
  readonly nozzleClog2: number;
  readonly nozzleClog3: number;
  readonly layerShift1: number;
  readonly layerShift2: number;
  readonly layerShift3: number;
}

const printersOf = (s: ByPrinter): Printer[] => [s.printer1, s.printer2, s.printer3];
const clogOf = (s: ByPrinter, each: Printer): number =>
  each === s.printer1 ? s.nozzleClog1 : each === s.printer2 ? s.nozzleClog2 : s.nozzleClog3;
const shiftOf = (s: ByPrinter, each: Printer): number =>
  each === s.printer1 ? s.layerShift1 : each === s.printer2 ? s.layerShift2 : s.layerShift3;

/** The timer of a printer ends a job, then the clearing of the plate; with a full shelf it looks again a little later. */
function finishOrBegin(s: Printers, each: Printer, t: number): void {
  if (each.isPrinting === 1) finish(s, each, t);
  else if (s.shelf.covers >= s.mostCovers || s.shelf.isFull) each.finished.at(t + CLEARING_US);
  else {
    s.jobs += 1;
    each.begin(s.jobs, s.buildTime.draw(), COVER_G * s.coversPerBuild, clogOf(s, each), t);
  }
}

/** The good covers go onto the shelf, and a spool that does not last for another job is changed. */
function finish(s: Printers, each: Printer, t: number): void {
  each.end(t);
  const bad = flawed(s, each);
  s.printed += s.coversPerBuild;
  s.scrapped += bad;
  s.shelf.put(s.coversPerBuild - bad, each.job, each.lot);
  const isEmpty = each.filamentG < COVER_G * s.coversPerBuild;
  if (isEmpty) loadSpool(s, each);
  each.finished.at(t + CLEARING_US + (isEmpty ? SPOOL_CHANGE_US : 0));
  s.cycle.retry(t);
}

/** Covers of the job that are thrown away: a clog leaves gaps in some of them, a shifted layer spoils them all. */
function flawed(s: Printers, each: Printer): number {
  const clog = clogOf(s, each);
  if (shiftOf(s, each) >= FITTING_MM) return s.coversPerBuild;
  if (clog === 0) return 0;
  let bad = 0;
  for (let k = 0; k < s.coversPerBuild; k++) if (uniform(s.flaws.next()) < clog) bad += 1;
  return bad;
}

function loadSpool(s: Printers, each: Printer): void {
  s.spools += 1;
  each.load(lotOf(s.spools, SPOOLS_PER_LOT));
}
