import { noise } from '#simulator/kernel/closed-form.ts';
import { type ObjectField, u32 } from '#simulator/kernel/fields.ts';
import { minutes, seconds } from '#simulator/kernel/time.ts';
import { distribution } from './distribution.ts';
import { loopStation } from './loop-station.ts';
import { count } from './parameters.ts';
import { LAYERS, Printer } from './printer.ts';
import { profile } from './profile.ts';
import { fault, Reason } from './reasons.ts';
import { held, type Signal, signal } from './signal.ts';
import { plantField } from './station.ts';
import { text } from './texts.ts';
import { variantAt } from './variants.ts';

const CLEARING_US = minutes(2);
const printer = (): ObjectField<Printer> =>
  plantField((site) => {
    const made = new Printer(site);
    made.finished.connect(site.station, ({ self }, t) => finishOrBegin(self, made, t));
    return made;
  });

interface Printers {
  covers: number;
  readonly coversPerBuild: number;
  readonly mostCovers: number;
  readonly buildTime: { draw(): number };
  readonly cycle: { retry(t: number): void };
}

/** Three printers fill a shelf with covers; the handler puts one onto every part of a variant that has a printed cover. */
export const amPrinters = loopStation('am-printers', {
  faults: [
    fault(501, 'handler-grip', 'Cover slipped from the handler', 'Locket gled ur hanteraren', 2),
    fault(502, 'plate-stuck', 'Build plate stuck', 'Byggplattan sitter fast', 1),
  ],
  load: profile([0, 0], [0.1, 1], [0.5, 0.4], [0.9, 1], [1, 0]),
  fields: {
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
    used: u32(),
    printer1: printer(),
    printer2: printer(),
    printer3: printer(),
    nozzleNoise: noise(seconds(3)),
  },
  start(s, t) {
    printersOf(s).forEach((each, k) => {
      each.settle(t);
      each.finished.at(t + seconds(30) + k * minutes(7));
    });
  },
  wants: (s, part) => part !== 0 && s.verdict.of(part) === 0 && variantAt(s.variant.of(part)).hasPrintedCover,
  ready: (s) => (s.covers > 0 ? Reason.Executing : Reason.NoMaterial),
  begun(s) {
    s.covers -= 1;
    s.used += 1;
  },
  signals: (s) => [
    held('Covers.Stock', '1', () => s.covers, { ...text('Covers on the shelf', 'Lock på hyllan'), range: [0, 200] }),
    ...printersOf(s).flatMap((each, k) => printerSignals(each, k + 1, s.nozzleNoise)),
  ],
});

const printersOf = (s: { printer1: Printer; printer2: Printer; printer3: Printer }): Printer[] => [
  s.printer1,
  s.printer2,
  s.printer3,
];

/** The timer of a printer ends a build, then the clearing of the plate; with a full shelf it looks again a little later. */
function finishOrBegin(s: Printers, each: Printer, t: number): void {
  if (each.isPrinting === 1) {
    each.end(t);
    s.covers += s.coversPerBuild;
    each.finished.at(t + CLEARING_US);
    s.cycle.retry(t);
  } else if (s.covers >= s.mostCovers) each.finished.at(t + CLEARING_US);
  else each.begin(s.buildTime.draw(), t);
}

function printerSignals(each: Printer, k: number, nozzleNoise: { smoothAt(t: number): number }): Signal[] {
  return [
    signal(`Printer${k}.Layer`, '1', (t) => each.layer(t), {
      ...text(`Layer that printer ${k} is at`, `Lager som skrivare ${k} är på`),
      range: [0, LAYERS],
      resolution: 1,
      scanS: 5,
      restarts: true,
    }),
    signal(
      `Printer${k}.NozzleTemperature`,
      'Cel',
      (t) => each.nozzleC.at(t) + 0.4 * nozzleNoise.smoothAt(t + k * 7e6),
      {
        ...text(`Nozzle temperature of printer ${k}`, `Munstyckstemperatur i skrivare ${k}`),
        range: [0, 320],
        resolution: 0.1,
      },
    ),
    signal(`Printer${k}.ChamberTemperature`, 'Cel', (t) => each.chamberC.at(t), {
      ...text(`Chamber temperature of printer ${k}`, `Kammartemperatur i skrivare ${k}`),
      range: [0, 120],
      scanS: 10,
      resolution: 0.1,
    }),
    held(`Printer${k}.Filament`, 'g', () => each.filamentG, {
      ...text(`Filament left on printer ${k}`, `Filament kvar i skrivare ${k}`),
      type: 'Double',
      resolution: 1,
      range: [0, 5000],
    }),
  ];
}
