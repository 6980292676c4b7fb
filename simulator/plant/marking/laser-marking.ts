import { noise } from '#simulator/kernel/closed-form.ts';
import { f64, u32, u8 } from '#simulator/kernel/fields.ts';
import { normal, stream } from '#simulator/kernel/random.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { seconds } from '#simulator/kernel/time.ts';
import type { Picture } from '#simulator/plant/capture.ts';
import { loopStation } from '#simulator/plant/loop/loop-station.ts';
import { quantity } from '#simulator/plant/parameters.ts';
import { feature, Flag } from '#simulator/plant/parts/parts.ts';
import { passportOf } from '#simulator/plant/parts/passport.ts';
import { BEST_CONTRAST, elementString, gradeOf, markText } from '#simulator/plant/parts/product-mark.ts';
import { profile } from '#simulator/plant/profile.ts';
import { fault } from '#simulator/plant/reasons.ts';
import { held, signal } from '#simulator/plant/signal.ts';
import type { Station } from '#simulator/plant/station.ts';
import { castingLink } from '#simulator/plant/store/lots.ts';
import { text } from '#simulator/plant/texts.ts';
import { dataMatrixOf, type Matrix } from './data-matrix.ts';

const BEAM = profile([0, 0], [0.22, 0], [0.24, 1], [0.5, 0.96], [0.52, 0.7], [0.84, 0.74], [0.86, 0], [1, 0]);

const QUIET_MODULES = 1;
const PIXELS_PER_MODULE = 4;
/** Grey of the bare metal in the picture of the code. */
const METAL = 210;

/** Marks serial number and data matrix (ISO/IEC 16022), reads the code back and grades it, and issues the passport. */
export const laserMarking = loopStation('laser-marking', {
  faults: [
    fault(901, 'interlock', 'Laser interlock open', 'Laserförreglingen öppen', 2),
    fault(902, 'fume-extraction', 'Fume extraction too weak', 'Utsuget för svagt', 2),
  ],
  load: BEAM,
  fields: {
    power: quantity('%', {
      fallback: 82,
      min: 20,
      max: 100,
      shown: { path: 'Laser.PowerSetpoint', ...text('Wanted laser power', 'Önskad lasereffekt') },
    }),
    bore: feature('bore'),
    casting: castingLink(),
    codes: stream(),
    /** Of the last mark: contrast of its cells in percent, whose it is, and what its passport tells. */
    contrast: f64(BEST_CONTRAST),
    serial: u32(),
    markedVariant: u8(),
    wasReworked: u8(),
    boreUm: f64(),
    markedUs: f64(),
    castingLot: u32(),
    beamNoise: noise(seconds(0.5)),
    fanNoise: noise(seconds(3)),
  },
  completed(s, part, t) {
    const { parts } = s.plant;
    s.contrast = 28.1 - 0.0055 * (s.power - 82) * (s.power - 82) + 1.25 * normal(s.codes.next());
    s.serial = parts.serial(part);
    s.markedVariant = s.variant.of(part);
    s.wasReworked = parts.flagsOf(part) & Flag.Reworked;
    s.boreUm = s.bore.of(part);
    s.markedUs = t;
    s.castingLot = s.casting.lots?.lotOf(part) ?? 0;
  },
  signals: (s) => {
    const { cycle, drive } = s;
    return [
      signal(
        'Laser.Power',
        'W',
        (t) => 0.5 * s.power * BEAM.at(cycle.progress(t)) * drive.at(t) * (1 + 0.01 * s.beamNoise.smoothAt(t)),
        {
          ...text('Optical power of the laser', 'Laserns optiska effekt'),
          range: [0, 60],
          scanS: 0.5,
          resolution: 0.1,
        },
      ),
      signal('Laser.Temperature', 'Cel', (t) => cycle.control.temperatureC.at(t) + 0.05 * s.beamNoise.smoothAt(t), {
        ...text('Temperature of the laser source', 'Laserkällans temperatur'),
        range: [0, 80],
        scanS: 5,
        resolution: 0.1,
      }),
      signal('Exhaust.Flow', 'm3/h', (t) => (90 + 170 * drive.at(t)) * (1 + 0.01 * s.fanNoise.smoothAt(t)), {
        ...text('Flow of the fume extraction', 'Utsugets flöde'),
        range: [0, 400],
        resolution: 1,
      }),
      held('Code.Contrast', '%', () => Math.max(0, s.contrast), {
        ...text('Cell contrast of the last data matrix', 'Cellkontrast i senaste datamatris'),
        type: 'Double',
        resolution: 0.1,
        range: [0, 100],
      }),
      held('Code.Grade', '1', () => gradeOf(s.contrast), {
        ...text('Grade of the last data matrix, 0 to 4', 'Betyg för senaste datamatris, 0 till 4'),
        type: 'Double',
        resolution: 0.1,
        range: [0, 4],
      }),
    ];
  },
  captures: (s) => [
    {
      name: 'Mark.DataMatrix',
      ...text('Data matrix of the last pump', 'Senaste pumpens datamatris'),
      take: () => pictureOf(dataMatrixOf(elementString(...lastMark(s)), true), s.contrast),
    },
    {
      name: 'Passport.Last',
      ...text('Digital product passport of the last pump', 'Senaste pumpens digitala produktpass'),
      take(t) {
        lastMark(s);
        return { kind: 'document', content: passportOf(s, t) };
      },
    },
  ],
  trace: (s) => ({
    mark: markText(s.markedVariant, s.serial),
    code: elementString(s.markedVariant, s.serial, true),
    contrast: s.contrast,
    grade: gradeOf(s.contrast),
  }),
});

interface Marked {
  readonly serial: number;
  readonly markedVariant: number;
  readonly station: Station;
}

function lastMark({ serial, markedVariant, station }: Marked): [variant: number, serial: number] {
  if (serial > 0) return [markedVariant, serial];
  throw new Refusal(`${station.path} has not marked any pump yet.`, 'Wait for the first one.');
}

/** The code as its reader sees it: dark cells as far below the bare metal as their contrast says. */
function pictureOf({ size, modules }: Matrix, contrast: number): Picture {
  const side = (size + 2 * QUIET_MODULES) * PIXELS_PER_MODULE;
  const dark = Math.round(METAL * (1 - Math.max(0, contrast) / 100));
  const pixels = new Uint8Array(side * side).map((_, n) => {
    const row = Math.floor(Math.floor(n / side) / PIXELS_PER_MODULE) - QUIET_MODULES;
    const column = Math.floor((n % side) / PIXELS_PER_MODULE) - QUIET_MODULES;
    const isInside = row >= 0 && row < size && column >= 0 && column < size;
    return isInside && modules[row * size + column] === 1 ? dark : METAL;
  });
  return { kind: 'picture', width: side, height: side, pixels };
}
