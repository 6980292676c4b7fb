import type { Text } from '#simulator/plant/signal.ts';
import { text } from '#simulator/plant/texts.ts';

/** A function of rules as its author reads it. */
export interface FunctionText {
  readonly name: string;
  /** What stands between its parentheses, to be written over. */
  readonly example: string;
  readonly text: Text;
}

const of = (name: string, example: string, en: string, sv: string): FunctionText => ({
  name,
  example,
  ...text(en, sv),
});

/** All functions of rules, in the order in which they are learnt. */
export const FUNCTION_TEXTS: readonly FunctionText[] = [
  of('value', 'ST03.Spindle.Load', 'The newest value', 'Det nyaste värdet'),
  of('mean', 'ST03.Spindle.Load, "10 min"', 'Mean over the window', 'Medelvärde över fönstret'),
  of('min', 'ST03.Spindle.Load, "10 min"', 'Lowest value', 'Lägsta värdet'),
  of('max', 'ST03.Spindle.Load, "10 min"', 'Highest value', 'Högsta värdet'),
  of('std', 'ST03.Bore.Deviation, "25 parts"', 'Standard deviation', 'Standardavvikelse'),
  of('delta', 'ST03.Spindle.Temperature, "10 min"', 'Change over the window', 'Ändring över fönstret'),
  of('last', 'ST03.Bore.Deviation, "5 parts"', 'The value a window ago', 'Värdet ett fönster tidigare'),
  of(
    'slope',
    'ST03.Spindle.Temperature, "10 min"',
    'Slope per second, or per part',
    'Lutning per sekund, eller per detalj',
  ),
  of('ewma', 'ST03.Spindle.Load, "5 min"', 'Exponentially weighted mean', 'Exponentiellt viktat medelvärde'),
  of(
    'zscore',
    'ST03.Bore.Deviation, "25 parts"',
    'Standard deviations from the mean',
    'Standardavvikelser från medelvärdet',
  ),
  of('integral', 'ST03.Meter.Power, "1 h"', 'Value times seconds', 'Värde gånger sekunder'),
  of('count', 'ST03.Spindle.Load > 80, "10 min"', 'How often it was true', 'Hur ofta det var sant'),
  of(
    'share',
    'ST03.Spindle.Load > 80, "10 min"',
    'Share of the window in which it was true, 0 to 1',
    'Andel av fönstret då det var sant, 0 till 1',
  ),
  of(
    'spc.range',
    'ST03.Bore.Deviation, "5 parts"',
    'Range of the last parts',
    'Variationsbredd för de senaste detaljerna',
  ),
  of(
    'spc.outside',
    'ST03.Bore.Deviation, "25 parts"',
    'Whether the newest part is outside of the control limits of those before it',
    'Om den nyaste detaljen ligger utanför styrgränserna för dem före',
  ),
];
