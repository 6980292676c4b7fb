import type { Integral } from '#simulator/kernel/closed-form.ts';
import { exp } from '#simulator/kernel/math.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import type { Tally } from '#simulator/kernel/tally.ts';
import type { CaptureSource } from '#simulator/plant/capture.ts';
import { CAUSE_WORDS, CAUSES, Verdict } from '#simulator/plant/parts/scrap-causes.ts';
import { held, type Signal, signal } from '#simulator/plant/signal.ts';
import type { Station } from '#simulator/plant/station.ts';
import { text } from '#simulator/plant/texts.ts';
import type { WorkCycle } from '#simulator/plant/work-cycle.ts';
import type { Classifier } from './classifier.ts';
import type { Look } from './vision-features.ts';
import { pictureOf } from './vision-picture.ts';

/** Scrap by cause, as people group it. Together they are all of it. */
const SCRAP_SIGNALS = [
  {
    name: 'Press',
    causes: [Verdict.LeakTest, Verdict.Press],
    ...text('Scrapped for a leak or a bad press fit', 'Kasserade för läcka eller dålig pressning'),
  },
  { name: 'Bore', causes: [Verdict.Bore], ...text('Scrapped for the bore', 'Kasserade för hålet') },
  {
    name: 'Surface',
    causes: [Verdict.Scratch, Verdict.Burr],
    ...text('Scrapped for a scratch or a burr', 'Kasserade för repa eller grad'),
  },
  {
    name: 'Assembly',
    causes: [Verdict.Screw, Verdict.Seal, Verdict.WrongLid, Verdict.Cover],
    ...text('Scrapped for screw, seal, lid or cover', 'Kasserade för skruv, tätning eller lock'),
  },
];

/** What a vision station has to show. */
export interface Shown {
  readonly look: Look;
  readonly score: number;
  readonly cause: number;
  readonly looked: number;
  readonly rejects: number;
  readonly sentBack: number;
  readonly scraps: Tally;
  readonly dimming: Integral;
  readonly classifier: Classifier;
  readonly cycle: WorkCycle;
  readonly heatNoise: { smoothAt(t: number): number };
  readonly station: Station;
}

export const visionSignals = (s: Shown): Signal[] => [
  held('Image.Score', '1', () => s.score, {
    ...text('Defect score of the last part, 0 to 1', 'Senaste detaljens defektvärde, 0 till 1'),
    type: 'Double',
    range: [0, 1],
  }),
  held('Image.Bore', 'um', () => s.look.bore, {
    ...text('Deviation of the last bore as the camera sees it', 'Senaste hålets avvikelse enligt kameran'),
    type: 'Double',
    resolution: 0.1,
    range: [-100, 100],
  }),
  held('Image.Grey', '1', () => s.look.meanGrey, {
    ...text('Mean grey level of the last lid, 0 to 255', 'Senaste lockets medelgråvärde, 0 till 255'),
    type: 'Double',
    resolution: 0.1,
    range: [0, 255],
  }),
  held('Image.Contrast', '%', () => s.look.contrast, {
    ...text('Contrast of the last picture', 'Senaste bildens kontrast'),
    type: 'Double',
    resolution: 0.1,
    range: [0, 100],
  }),
  held('Image.Cause', '1', () => s.cause, {
    ...text('What the last part was rejected for; 0 is good', 'Vad senaste detaljen underkändes för; 0 är godkänd'),
    type: 'Int32',
    range: [0, CAUSES.length - 1],
    words: CAUSE_WORDS,
  }),
  signal('Light.Intensity', '%', (t) => 100 * exp(-s.dimming.at(t)), {
    ...text('Intensity of the ring light', 'Ringljusets intensitet'),
    range: [0, 110],
    scanS: 10,
    restarts: true,
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
  held('Counter.Rework', '1', () => s.sentBack, {
    ...text('Parts sent back to be put right', 'Detaljer skickade tillbaka för omarbete'),
    range: [0, 1e6],
  }),
  held('Counter.Scrap', '1', () => s.scraps.total, {
    ...text('Parts taken off as scrap, for any reason', 'Detaljer uttagna som kassation, av alla skäl'),
    range: [0, 1e6],
  }),
  ...SCRAP_SIGNALS.map(({ name, causes, ...shown }) =>
    held(`Scrap.${name}`, '1', () => causes.reduce((sum, cause) => sum + s.scraps.of(cause), 0), {
      ...shown,
      range: [0, 1e6],
    }),
  ),
  held('Quality.Yield', '%', () => (s.looked === 0 ? 100 : 100 - (100 * s.rejects) / s.looked), {
    ...text('Share of parts that the camera accepts', 'Andel detaljer som kameran godkänner'),
    type: 'Double',
    resolution: 0.01,
    range: [0, 100],
  }),
];

export const visionCaptures = (s: Shown): CaptureSource[] => [
  {
    name: 'Camera.Picture',
    ...text('Picture of the last part', 'Bild av senaste detaljen'),
    take: () => pictureOf(lastLook(s)),
  },
  {
    name: 'Camera.Features',
    ...text(
      'Features of the last part, its score, and the classifier',
      'Senaste detaljens egenskaper, defektvärde och klassificerare',
    ),
    take: () => ({
      kind: 'document',
      content: { ...lastLook(s).toJSON(), ...findings(s), classifier: s.classifier.config },
    }),
  },
];

/** What came of the last look. */
export const findings = ({ score, cause }: Shown) => ({
  score,
  verdict: cause === Verdict.Good ? 'good' : 'bad',
  cause: CAUSES[cause].name,
});

function lastLook({ look, station }: Shown): Look {
  if (look.serial > 0) return look;
  throw new Refusal(`${station.path} has not looked at any part yet.`, 'Wait for the first one.');
}
