import { noise } from '#simulator/kernel/closed-form.ts';
import { f64, u32 } from '#simulator/kernel/fields.ts';
import { event } from '#simulator/kernel/journal.ts';
import { exp } from '#simulator/kernel/math.ts';
import { normal, stream } from '#simulator/kernel/random.ts';
import { hours, seconds } from '#simulator/kernel/time.ts';
import { loopStation, Verdict } from './loop-station.ts';
import { quantity } from './parameters.ts';
import { feature } from './parts.ts';
import { profile } from './profile.ts';
import { fault } from './reasons.ts';
import { held, signal } from './signal.ts';
import { text } from './texts.ts';

/** The ring light loses 1/e of its intensity in this time. */
const LIGHT_LIFE_US = hours(20_000);

/** Looks at every part, and takes scrap off the loop: what it rejects itself and what failed the leak test. */
export const vision = loopStation('vision', {
  faults: [
    fault(801, 'camera-timeout', 'Camera does not answer', 'Kameran svarar inte', 2),
    fault(802, 'light-failure', 'Ring light failed', 'Ringljuset har slocknat', 1),
    fault(803, 'scrap-chute', 'Scrap chute full', 'Kassationsrännan full', 2),
  ],
  load: profile([0, 0], [0.2, 0.3], [0.3, 1], [0.6, 1], [0.7, 0.3], [1, 0]),
  fields: {
    bore: feature('bore'),
    scoreLimit: quantity('1', {
      fallback: 0.8,
      min: 0.1,
      max: 1,
      shown: {
        path: 'Threshold.Score',
        ...text('Highest defect score of a good part', 'Högsta defektvärde för en godkänd detalj'),
      },
    }),
    boreLimit: quantity('um', {
      fallback: 12,
      min: 1,
      max: 100,
      shown: {
        path: 'Threshold.Bore',
        ...text('Largest deviation of a good bore', 'Största avvikelse för ett godkänt hål'),
      },
    }),
    gaugeError: quantity('um', { fallback: 0.8 }),
    gauge: stream(),
    surfaces: stream(),
    score: f64(),
    measured: f64(),
    looked: u32(),
    rejects: u32(),
    scrapped: u32(),
    partScrapped: event('PartScrapped'),
    heatNoise: noise(seconds(6)),
  },
  wants: (_, part) => part !== 0,
  completed(s, part, t, carrier) {
    if (s.verdict.of(part) === Verdict.Good) inspect(s, part);
    if (s.verdict.of(part) === Verdict.Good) return;
    s.scrapped += 1;
    s.partScrapped.raise(t, s.plant.parts.serial(part));
    s.loop.carriers.unload(carrier);
    s.plant.parts.remove(part, t, true);
  },
  signals: (s) => [
    held('Image.Score', '1', () => s.score, {
      ...text('Defect score of the last part, 0 to 1', 'Senaste detaljens defektvärde, 0 till 1'),
      type: 'Double',
      range: [0, 1],
    }),
    held('Image.Bore', 'um', () => s.measured, {
      ...text('Deviation of the last bore as the camera sees it', 'Senaste hålets avvikelse enligt kameran'),
      type: 'Double',
      resolution: 0.1,
      range: [-100, 100],
    }),
    signal('Light.Intensity', '%', (t) => 100 * exp(-t / LIGHT_LIFE_US), {
      ...text('Intensity of the ring light', 'Ringljusets intensitet'),
      range: [0, 110],
      scanS: 10,
    }),
    signal('Camera.Temperature', 'Cel', (t) => s.cycle.control.temperatureC.at(t) + 0.1 * s.heatNoise.smoothAt(t), {
      ...text('Temperature of the camera', 'Kamerans temperatur'),
      range: [0, 90],
      scanS: 5,
      resolution: 0.1,
    }),
    held('Counter.Rejects', '1', () => s.rejects, {
      ...text('Parts that the camera rejected', 'Detaljer som kameran underkänt'),
      range: [0, 1e6],
    }),
    held('Counter.Scrap', '1', () => s.scrapped, {
      ...text('Parts taken off as scrap, for any reason', 'Detaljer uttagna som kassation, av alla skäl'),
      range: [0, 1e6],
    }),
    held('Quality.Yield', '%', () => (s.looked === 0 ? 100 : 100 - (100 * s.rejects) / s.looked), {
      ...text('Share of parts that the camera accepts', 'Andel detaljer som kameran godkänner'),
      type: 'Double',
      resolution: 0.01,
      range: [0, 100],
    }),
  ],
});

interface Camera {
  score: number;
  measured: number;
  looked: number;
  rejects: number;
  readonly scoreLimit: number;
  readonly boreLimit: number;
  readonly gaugeError: number;
  readonly bore: { of(part: number): number };
  readonly verdict: { set(part: number, value: number): void };
  readonly gauge: { next(): number };
  readonly surfaces: { next(): number };
}

function inspect(s: Camera, part: number): void {
  s.looked += 1;
  s.score = 1 / (1 + exp(2.6 - 1.75 * normal(s.surfaces.next())));
  s.measured = s.bore.of(part) + s.gaugeError * normal(s.gauge.next());
  if (s.score <= s.scoreLimit && Math.abs(s.measured) <= s.boreLimit) return;
  s.rejects += 1;
  s.verdict.set(part, Verdict.Vision);
}
