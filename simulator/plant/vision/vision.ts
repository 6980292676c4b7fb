import { integral, noise } from '#simulator/kernel/closed-form.ts';
import { f64, u32, u8 } from '#simulator/kernel/fields.ts';
import { event } from '#simulator/kernel/journal.ts';
import { exp } from '#simulator/kernel/math.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { tally } from '#simulator/kernel/tally.ts';
import { hours, seconds } from '#simulator/kernel/time.ts';
import { jsonObject } from '#simulator/plant/command-argument.ts';
import { loopStation } from '#simulator/plant/loop/loop-station.ts';
import { quantity } from '#simulator/plant/parameters.ts';
import { feature, Flag } from '#simulator/plant/parts/parts.ts';
import { causeOf, CAUSES, isSentBack, sentBackFor, Verdict } from '#simulator/plant/parts/scrap-causes.ts';
import type { Plant } from '#simulator/plant/plant.ts';
import { profile } from '#simulator/plant/profile.ts';
import { fault } from '#simulator/plant/reasons.ts';
import { text } from '#simulator/plant/texts.ts';
import { classifier } from './classifier.ts';
import { type DefectShares, look, suspectOf } from './vision-features.ts';
import { findings, type Shown, visionCaptures, visionSignals } from './vision-signals.ts';

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
    /** How many times as fast as it should the ring light decays. */
    lightDecay: quantity('1', { fallback: 1, max: 1e6 }),
    scratchShare: quantity('1', { fallback: 0.005, max: 1 }),
    burrShare: quantity('1', { fallback: 0.004, max: 1 }),
    screwShare: quantity('1', { fallback: 0.003, max: 1 }),
    sealShare: quantity('1', { fallback: 0.003, max: 1 }),
    coverShare: quantity('1', { fallback: 0.004, max: 1 }),
    look: look(),
    classifier: classifier(),
    /** The light is down to e^-dimming of what it was when new. */
    dimming: integral(),
    score: f64(),
    /** Why the last part was rejected, by the camera or before; Good if it was not. */
    cause: u8(),
    looked: u32(),
    rejects: u32(),
    sentBack: u32(),
    /** Truth: bad parts passed and good ones rejected by the camera. */
    falseAccepts: u32(),
    falseRejects: u32(),
    /** Scrap by the cause that it was taken off for. */
    scraps: tally(CAUSES.length),
    partScrapped: event('PartScrapped'),
    partSentBack: event('PartSentBack'),
    heatNoise: noise(seconds(6)),
  },
  start: (s, t) => s.dimming.flow(s.lightDecay / LIGHT_LIFE_US, t),
  changed: (s, t) => s.dimming.flow(s.lightDecay / LIGHT_LIFE_US, t),
  wants: (_, part) => part !== 0,
  completed(s, part, t, carrier) {
    const { parts } = s.plant;
    const given = s.verdict.of(part);
    lookAt(s, part, t);
    s.cause = given === Verdict.Good ? judge(s) : causeOf(given);
    if (s.cause === Verdict.Good) return;
    if (given === Verdict.Good && canGoBack(s.cause, parts.flagsOf(part))) {
      s.verdict.set(part, sentBackFor(s.cause));
      s.sentBack += 1;
      s.partSentBack.raise(t, parts.serial(part));
      return;
    }
    s.scraps.add(s.cause);
    s.partScrapped.raise(t, parts.serial(part));
    s.loop.carriers.unload(carrier);
    const wasFoundBefore = given !== Verdict.Good && !isSentBack(given);
    parts.remove(part, t, wasFoundBefore ? given : s.look.condition || Verdict.FalseReject);
  },
  commands: {
    Classifier: {
      obey: (s, _, value) => s.classifier.set(value),
      wants: jsonObject(
        'Classifier',
        'The classifier: {"kind":"thresholds"}, {"kind":"linear","bias":..,"weights":{..}} or {"kind":"tree","nodes":[..]}',
        'Klassificeraren: {"kind":"thresholds"}, {"kind":"linear","bias":..,"weights":{..}} eller {"kind":"tree","nodes":[..]}',
        '{"kind":"linear","bias":-6,"weights":{"burrArea":1.2}}',
      ),
      ...text(
        'Replace the classifier: thresholds, linear weights or a decision tree',
        'Byt klassificerare: trösklar, linjära vikter eller ett beslutsträd',
      ),
    },
    ChangeLight: {
      obey(s, t) {
        if (s.cycle.isWorking) {
          const hint = 'Hold the machine first: call Hold, wait for Held.';
          throw new Refusal(`${s.station.path} cannot change its ring light in state Execute.`, hint);
        }
        s.dimming.sum = 0;
        s.dimming.sinceUs = t;
      },
      ...text('Fit a new ring light', 'Sätt i ett nytt ringljus'),
    },
  },
  signals: visionSignals,
  captures: visionCaptures,
  trace: (s) => ({ ...s.look.features, ...findings(s) }),
});

/** What judging needs of the station. */
interface Camera extends Shown, DefectShares {
  score: number;
  looked: number;
  rejects: number;
  falseAccepts: number;
  falseRejects: number;
  readonly scoreLimit: number;
  readonly boreLimit: number;
  readonly gaugeError: number;
  readonly bore: { of(part: number): number };
  readonly variant: { of(part: number): number };
  readonly plant: Plant;
}

function lookAt(s: Camera, part: number, t: number): void {
  const { look, plant } = s;
  look.serial = plant.parts.serial(part);
  look.variant = s.variant.of(part);
  look.flags = plant.parts.flagsOf(part);
  look.take(s.bore.of(part), exp(-s.dimming.at(t)), s.gaugeError, s);
  s.score = s.classifier.score(s.look, s.boreLimit);
}

/** The verdict of the camera. Whether it is right is counted for the truth. */
function judge(s: Camera): number {
  const isBad = s.look.condition !== Verdict.Good;
  s.looked += 1;
  if (s.score <= s.scoreLimit) {
    if (isBad) s.falseAccepts += 1;
    return Verdict.Good;
  }
  s.rejects += 1;
  if (!isBad) s.falseRejects += 1;
  return suspectOf(s.look);
}

const canGoBack = (cause: number, flags: number): boolean =>
  CAUSES[cause].canBeReworked && (flags & Flag.Reworked) === 0;
