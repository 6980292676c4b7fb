import { noise } from '#simulator/kernel/closed-form.ts';
import { f64, u32 } from '#simulator/kernel/fields.ts';
import { event } from '#simulator/kernel/journal.ts';
import { exp } from '#simulator/kernel/math.ts';
import { normal, stream } from '#simulator/kernel/random.ts';
import { seconds } from '#simulator/kernel/time.ts';
import { loopStation, Verdict } from './loop-station.ts';
import { quantity } from './parameters.ts';
import { feature } from './parts.ts';
import { profile } from './profile.ts';
import { fault } from './reasons.ts';
import { held, signal } from './signal.ts';
import { text } from './texts.ts';

/** Ram down to contact, press, dwell, back; then the leak test: fill, settle, measure, vent. */
const STROKE = profile([0, 0], [0.14, 0.72], [0.34, 1], [0.4, 1], [0.52, 0], [1, 0]);
/** Force over the cycle as a share of its peak: nothing before contact, steeper once the bearing seats. */
const FORCE = profile([0, 0], [0.14, 0], [0.18, 0.16], [0.3, 0.62], [0.34, 1], [0.4, 0.9], [0.43, 0], [1, 0]);
const TEST = profile([0, 0], [0.54, 0], [0.64, 1], [0.7, 0.985], [0.92, 0.98], [0.98, 0], [1, 0]);
const STROKE_MM = 84;
const TEST_KPA = 150;

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
    nominalForce: quantity('kN', { fallback: 12 }),
    stiffness: quantity('kN/um', { fallback: 0.28 }),
    leakLimit: quantity('mL/min', {
      fallback: 3,
      min: 0.5,
      max: 20,
      shown: {
        path: 'Leak.Limit',
        ...text('Highest leak rate of a good part', 'Högsta läckflöde för en godkänd detalj'),
      },
    }),
    peakKn: f64(),
    leakRate: f64(),
    rejects: u32(),
    fits: stream(),
    leaks: stream(),
    leakFound: event('LeakFound'),
    pressureNoise: noise(seconds(0.8)),
    oilNoise: noise(seconds(8)),
  },
  begun(s, part) {
    s.peakKn = s.nominalForce - s.stiffness * s.bore.of(part) + 0.3 * normal(s.fits.next());
  },
  completed(s, part, t) {
    // Log-normal with a median of 0.8 mL/min; a loose fit leaks more.
    s.leakRate = 0.8 * exp(0.48 * normal(s.leaks.next()) + 0.035 * s.bore.of(part));
    if (s.leakRate <= s.leakLimit) return;
    s.verdict.set(part, Verdict.LeakTest);
    s.rejects += 1;
    s.leakFound.raise(t, s.plant.parts.serial(part));
  },
  signals: (s) => {
    const { cycle, drive } = s;
    const at = (way: typeof STROKE, t: number) => way.at(cycle.progress(t));
    return [
      signal('Ram.Position', 'mm', (t) => STROKE_MM * STROKE.easedAt(cycle.progress(t)), {
        ...text('Stroke of the ram', 'Stämpelns slaglängd'),
        range: [0, 100],
        scanS: 0.1,
      }),
      signal('Ram.Force', 'kN', (t) => s.peakKn * at(FORCE, t) * drive.at(t), {
        ...text('Press force', 'Presskraft'),
        range: [0, 40],
        scanS: 0.1,
      }),
      held('Ram.PeakForce', 'kN', () => s.peakKn, {
        ...text(
          'Highest force of the part being pressed or last pressed',
          'Högsta kraft för aktuell eller senaste detalj',
        ),
        type: 'Double',
        resolution: 0.01,
        range: [0, 40],
      }),
      signal(
        'Hydraulics.Pressure',
        'bar',
        (t) => (34 + drive.at(t) * (52 + 74 * at(FORCE, t))) * (1 + 0.006 * s.pressureNoise.smoothAt(t)),
        {
          ...text('Pressure of the hydraulic unit', 'Hydraulaggregatets tryck'),
          range: [0, 250],
          resolution: 0.1,
        },
      ),
      signal('Oil.Temperature', 'Cel', (t) => cycle.control.temperatureC.at(t) + 0.1 * s.oilNoise.smoothAt(t), {
        ...text('Temperature of the hydraulic oil', 'Hydrauloljans temperatur'),
        range: [0, 100],
        scanS: 5,
        resolution: 0.1,
      }),
      signal('Leak.Pressure', 'kPa', (t) => TEST_KPA * at(TEST, t), {
        ...text('Pressure in the part during the leak test', 'Tryck i detaljen under läcktestet'),
        range: [0, 300],
        scanS: 0.5,
        resolution: 0.1,
      }),
      held('Leak.Rate', 'mL/min', () => s.leakRate, {
        ...text('Leak rate of the last part', 'Läckflöde för senaste detalj'),
        type: 'Double',
        resolution: 0.01,
        range: [0, 1000],
      }),
      held('Counter.LeakRejects', '1', () => s.rejects, {
        ...text('Parts that failed the leak test', 'Detaljer som underkänts i läcktestet'),
        range: [0, 1e6],
      }),
    ];
  },
});
