import { field, type NumberField, type ObjectField, record } from '#simulator/kernel/fields.ts';
import { quantity } from '#simulator/plant/parameters.ts';
import type { Text } from '#simulator/plant/signal.ts';
import { text } from '#simulator/plant/texts.ts';
import type { Fit } from './press-curve.ts';

const limit = (path: string, unit: string, fallback: number, most: number, en: string, sv: string): NumberField => {
  const atMost = path.endsWith('Low') && { atMost: { path: `Window.${path.replace(/Low$/, 'High')}` } };
  return quantity(unit, { fallback, max: most, shown: { path: `Window.${path}`, ...text(en, sv), ...atMost } });
};

/** Which window a fit missed; 0 is none. */
export const WINDOW_WORDS: Readonly<Record<number, Text>> = {
  0: { en: 'Within all windows', sv: 'Inom alla fönster' },
  1: { en: 'Peak force outside its window', sv: 'Toppkraften utanför sitt fönster' },
  2: { en: 'Force at 75 mm outside its window', sv: 'Kraften vid 75 mm utanför sitt fönster' },
  3: { en: 'Work outside its window', sv: 'Arbetet utanför sitt fönster' },
  4: { en: 'Seat outside its window', sv: 'Bottenläget utanför sitt fönster' },
};

/** Limits of the features of a force curve, as press monitors have them: a fit is good if all lie in their windows. */
class PressWindows extends record({
  peakLow: limit('PeakForceLow', 'kN', 7, 40, 'Lowest peak force', 'Lägsta toppkraft'),
  peakHigh: limit('PeakForceHigh', 'kN', 17, 40, 'Highest peak force', 'Högsta toppkraft'),
  midLow: limit('MidForceLow', 'kN', 1.5, 40, 'Lowest force at 75 mm', 'Lägsta kraft vid 75 mm'),
  midHigh: limit('MidForceHigh', 'kN', 8, 40, 'Highest force at 75 mm', 'Högsta kraft vid 75 mm'),
  workLow: limit('WorkLow', 'J', 35, 1000, 'Least work of the press-in', 'Minsta arbete vid inpressningen'),
  workHigh: limit('WorkHigh', 'J', 160, 1000, 'Most work of the press-in', 'Största arbete vid inpressningen'),
  seatLow: limit('SeatLow', 'mm', 83.3, 84, 'Least distance of the seat', 'Minsta väg till bottenläget'),
  seatHigh: limit('SeatHigh', 'mm', 83.9, 84, 'Greatest distance of the seat', 'Största väg till bottenläget'),
}) {
  /** The first window that the fit misses, in the order of `WINDOW_WORDS`. */
  missedBy(fit: Fit): number {
    const { peakKn, midKn, workJ, seatMm } = fit;
    if (peakKn < this.peakLow || peakKn > this.peakHigh) return 1;
    if (midKn < this.midLow || midKn > this.midHigh) return 2;
    if (workJ < this.workLow || workJ > this.workHigh) return 3;
    return seatMm < this.seatLow || seatMm > this.seatHigh ? 4 : 0;
  }
}

export const pressWindows = (): ObjectField<PressWindows> => field((site) => new PressWindows(site));
