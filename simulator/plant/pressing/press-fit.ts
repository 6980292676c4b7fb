import { noise } from '#simulator/kernel/closed-form.ts';
import { u32, u8 } from '#simulator/kernel/fields.ts';
import { event } from '#simulator/kernel/journal.ts';
import { exp } from '#simulator/kernel/math.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { seconds } from '#simulator/kernel/time.ts';
import { loopStation } from '#simulator/plant/loop/loop-station.ts';
import { quantity } from '#simulator/plant/parameters.ts';
import { feature } from '#simulator/plant/parts/parts.ts';
import { Verdict } from '#simulator/plant/parts/scrap-causes.ts';
import { profile } from '#simulator/plant/profile.ts';
import { fault } from '#simulator/plant/reasons.ts';
import { held, signal } from '#simulator/plant/signal.ts';
import { ARTICLES } from '#simulator/plant/store/articles.ts';
import { castingLink, lotOf } from '#simulator/plant/store/lots.ts';
import { text } from '#simulator/plant/texts.ts';
import { HIGHEST_LEAK, pressureAt, pressureCurve, pressureDrop } from './leak-test.ts';
import {
  ASKEW_SEAT_MM,
  DWELL_LEFT,
  END_MM,
  fit,
  type Fit,
  LUCK_PER_SERIAL,
  pressLuck,
  SEAT_MM,
  SEATING_KN,
} from './press-curve.ts';
import { fitSignals } from './press-signals.ts';
import { pressWindows, WINDOW_WORDS } from './press-windows.ts';

/** Ram down to contact, press, dwell, back; the leak test comes after. */
const PRESSED = 0.34;
const RELIEVED = 0.4;
const STROKE = profile([0, 0], [0.14, 0.72], [PRESSED, 1], [RELIEVED, 1], [0.52, 0], [1, 0]);
/** Force against that of the stroke: it creeps down while the ram dwells, and goes when the ram lifts. */
const RELIEF = profile([0, 1], [PRESSED, 1], [RELIEVED, DWELL_LEFT], [0.43, 0], [1, 0]);
/** Numbers of the luck of a serial after those of its curve. */
const [BEARING, SEAT, LEAK] = [10, 11, 12];
/** Outer diameter of a bearing about the mean of its lot, and seat about its place: standard deviations. */
const BEARING_UM = 1.2;
const SEAT_SPREAD_MM = 0.04;
const MEAN_POROSITY = 0.6;

/** Presses the bearing into the bore and tests the housing for leaks: the wider the bore, the less force and the more leak. */
export const pressFit = loopStation('press-fit', {
  faults: [
    fault(701, 'hydraulic-pressure', 'Hydraulic pressure low', 'Hydraultrycket lågt', 3),
    fault(702, 'light-curtain', 'Light curtain interrupted', 'Ljusridån bruten', 2),
    fault(703, 'tool-worn', 'Press tool worn', 'Pressverktyget slitet', 1),
    fault(704, 'test-seal', 'Seal of the leak test damaged', 'Läcktestets tätning skadad', 2),
  ],
  load: profile([0, 0], [0.13, 0.25], [0.18, 0.5], [0.34, 1], [0.4, 0.95], [0.44, 0.2], [0.98, 0.15], [1, 0]),
  fields: {
    bore: feature('bore'),
    casting: castingLink(),
    /** Peak force of a nominal fit, and what one um of bore or bearing changes it by. */
    nominalForce: quantity('kN', { fallback: 12, min: 5, max: 30 }),
    stiffness: quantity('kN/um', { fallback: 0.28, max: 2 }),
    /** How askew the tool holds the bearing: 0 straight, 1 quite askew. */
    misalignment: quantity('1', { fallback: 0, max: 1 }),
    /** Between the mean outer diameters of bearing lots. */
    lotSpread: quantity('um', { fallback: 1.2, max: 50 }),
    /** What escapes at the seals of the fixture besides. */
    fixtureLeak: quantity('mL/min', { fallback: 0, max: HIGHEST_LEAK }),
    testVolume: quantity('mL', { fallback: 250, min: 50, max: 10_000 }),
    leakLimit: quantity('mL/min', {
      fallback: 3,
      min: 0.5,
      max: 20,
      shown: {
        path: 'Leak.Limit',
        ...text('Highest leak rate of a good part', 'Högsta läckflöde för en godkänd detalj'),
      },
    }),
    windows: pressWindows(),
    /** The part in hand or the last one, and the last one that was done. */
    pressing: fit(),
    pressed: fit(),
    missed: u8(),
    pressRejects: u32(),
    rejects: u32(),
    luck: pressLuck(),
    lotLuck: noise(1),
    windowMissed: event('WindowMissed'),
    leakFound: event('LeakFound'),
    pressureNoise: noise(seconds(0.8)),
    oilNoise: noise(seconds(8)),
  },
  begun(s, part) {
    const { casting, luck, misalignment, pressing } = s;
    const serial = s.plant.parts.serial(part);
    const own = LUCK_PER_SERIAL * serial;
    const boreUm = s.bore.of(part);
    const bearingUm = s.lotSpread * s.lotLuck.at(bearingLot(serial)) + BEARING_UM * luck.at(own + BEARING);
    const tight = s.nominalForce - SEATING_KN + s.stiffness * (bearingUm - boreUm);
    // Log-normal with a median of 0.8 mL/min: loose and askew fits and porous castings leak more.
    const loose = 0.45 * luck.at(own + LEAK) + 0.035 * boreUm + 1.5 * misalignment;
    const leak = 0.8 * exp(loose + 1.2 * (casting.porosityOf(part) - MEAN_POROSITY));
    pressing.serial = serial;
    pressing.pressInKn = Math.min(25, Math.max(0.1, tight * casting.hardnessOf(part)));
    pressing.askew = misalignment;
    pressing.seatMm = SEAT_MM + SEAT_SPREAD_MM * luck.at(own + SEAT) - ASKEW_SEAT_MM * misalignment;
    pressing.leakRate = Math.min(HIGHEST_LEAK, leak + s.fixtureLeak);
    pressing.cycleUs = s.cycle.processUs;
  },
  completed(s, part, t) {
    const { pressed } = s;
    pressed.take(s.pressing);
    s.missed = s.windows.missedBy(pressed);
    if (s.missed !== 0) {
      s.verdict.set(part, Verdict.Press);
      s.pressRejects += 1;
      s.windowMissed.raise(t, pressed.serial);
    } else if (pressed.leakRate > s.leakLimit) {
      s.verdict.set(part, Verdict.LeakTest);
      s.rejects += 1;
      s.leakFound.raise(t, pressed.serial);
    }
  },
  trace: ({ pressed }) => ({
    peakForce: pressed.peakKn,
    midForce: pressed.midKn,
    slope: pressed.slope,
    work: pressed.workJ,
    seat: pressed.seatMm,
    leakRate: pressed.leakRate,
  }),
  captures: (s) => [
    {
      name: 'Ram.ForceCurve',
      ...text('Force over distance, last bearing', 'Kraft över väg, senaste lagret'),
      take: () => done(s).curve(s.luck),
    },
    {
      name: 'Leak.PressureCurve',
      ...text('Pressure over time of the last leak test', 'Tryck över tid för senaste läcktest'),
      take: () => pressureCurve(testOf(done(s), s.testVolume)),
    },
  ],
  signals: (s) => {
    const { cycle, drive, pressed, pressing } = s;
    const position = (t: number) => END_MM * STROKE.easedAt(cycle.progress(t));
    const force = (t: number) => RELIEF.at(cycle.progress(t)) * pressing.forceKn(position(t), s.luck) * drive.at(t);
    return [
      signal('Ram.Position', 'mm', position, {
        ...text('Stroke of the ram', 'Stämpelns slaglängd'),
        range: [0, 100],
        scanS: 0.1,
      }),
      signal('Ram.Force', 'kN', force, {
        ...text('Press force', 'Presskraft'),
        range: [0, 40],
        scanS: 0.1,
      }),
      ...fitSignals(pressed),
      held('Ram.Result', '1', () => s.missed, {
        ...text('Window that the last part missed', 'Fönster som senaste detalj missade'),
        type: 'Int32',
        range: [0, 4],
        words: WINDOW_WORDS,
      }),
      held('Bearing.Lot', '1', () => (pressed.serial === 0 ? 0 : bearingLot(pressed.serial)), {
        ...text('Lot of the last bearing', 'Senaste lagrets parti'),
        range: [0, 1e6],
      }),
      signal(
        'Hydraulics.Pressure',
        'bar',
        (t) => (34 + 52 * drive.at(t) + 6.2 * force(t)) * (1 + 0.006 * s.pressureNoise.smoothAt(t)),
        {
          ...text('Pressure of the hydraulic unit', 'Hydraulaggregatets tryck'),
          range: [0, 400],
          resolution: 0.1,
        },
      ),
      signal('Oil.Temperature', 'Cel', (t) => cycle.control.temperatureC.at(t) + 0.1 * s.oilNoise.smoothAt(t), {
        ...text('Temperature of the hydraulic oil', 'Hydrauloljans temperatur'),
        range: [0, 100],
        scanS: 5,
        resolution: 0.1,
      }),
      signal('Leak.Pressure', 'kPa', (t) => pressureAt(cycle.progress(t), testOf(pressing, s.testVolume)), {
        ...text('Pressure in the part during the leak test', 'Tryck i detaljen under läcktestet'),
        range: [0, 300],
        scanS: 0.5,
        resolution: 0.001,
      }),
      held('Leak.Rate', 'mL/min', () => pressed.leakRate, {
        ...text('Leak rate of the last part', 'Läckflöde för senaste detalj'),
        type: 'Double',
        resolution: 0.01,
        range: [0, HIGHEST_LEAK],
      }),
      held('Leak.PressureDrop', 'kPa', () => pressureDrop(testOf(pressed, s.testVolume)), {
        ...text('Drop of pressure over the measuring time, last part', 'Tryckfall under mättiden, senaste detalj'),
        type: 'Double',
        resolution: 0.0001,
        range: [0, 300],
      }),
      held('Counter.PressRejects', '1', () => s.pressRejects, {
        ...text('Parts whose fit missed a window', 'Detaljer vars pressning missade ett fönster'),
        range: [0, 1e6],
      }),
      held('Counter.LeakRejects', '1', () => s.rejects, {
        ...text('Parts that failed the leak test', 'Detaljer som underkänts i läcktestet'),
        range: [0, 1e6],
      }),
    ];
  },
});

/** The last fit that was done. */
function done({ station, pressed }: Press): Fit {
  if (pressed.serial > 0) return pressed;
  throw new Refusal(`${station.path} has pressed nothing yet.`, 'Wait until its first part is done.');
}

interface Press {
  readonly station: { readonly path: string };
  readonly pressed: Fit;
}

/** The lot of the bearing that the store put beside the part. */
const bearingLot = (serial: number): number => lotOf(serial, ARTICLES.bearings.perLot);

const testOf = ({ leakRate, cycleUs }: Fit, volumeMl: number) => ({ leakRate, cycleUs, volumeMl });
