import { held, type Signal } from '#simulator/plant/signal.ts';
import { text } from '#simulator/plant/texts.ts';
import type { Fit } from './press-curve.ts';

/** The features of the last force curve, as a press monitor computes them from it. */
export const fitSignals = (pressed: Fit): Signal[] => [
  feature('PeakForce', 'kN', () => pressed.peakKn, [0, 60], 'Highest force, last part', 'Högsta kraft, senaste detalj'),
  feature(
    'MidForce',
    'kN',
    () => pressed.midKn,
    [0, 40],
    'Force at 75 mm, last part',
    'Kraft vid 75 mm, senaste detalj',
  ),
  feature(
    'Slope',
    'kN/mm',
    () => pressed.slope,
    [-1, 3],
    'Slope of the press-in from 66 to 80 mm, last part',
    'Inpressningens lutning från 66 till 80 mm, senaste detalj',
  ),
  feature(
    'Work',
    'J',
    () => pressed.workJ,
    [0, 1000],
    'Work of the press-in, last part',
    'Inpressningens arbete, senaste detalj',
  ),
  feature(
    'Seat',
    'mm',
    () => pressed.seatMm,
    [0, 90],
    'Distance at which the last bearing met its seat',
    'Väg då senaste lagret nådde sitt säte',
  ),
];

function feature(
  name: string,
  unit: string,
  of: () => number,
  range: readonly [number, number],
  en: string,
  sv: string,
): Signal {
  return held(`Ram.${name}`, unit, of, { ...text(en, sv), type: 'Double', resolution: 0.001, range });
}
