/** Spot price of electricity in SEK/kWh by the hour of the day: a spring day in the Swedish price area SE4. A model, not a forecast. */
const SPOT = [
  ...[0.31, 0.28, 0.26, 0.27, 0.34, 0.48, 0.72, 0.98, 1.06, 0.86, 0.61, 0.44],
  ...[0.36, 0.34, 0.38, 0.52, 0.74, 1.02, 1.14, 1.04, 0.82, 0.61, 0.47, 0.38],
];
/** Carbon intensity of the grid in g/kWh by the hour of the day. */
const CO2 = [20, 19, 19, 20, 22, 25, 31, 38, 41, 36, 30, 26, 24, 23, 25, 29, 35, 43, 46, 42, 35, 29, 25, 22];
/** Energy tax of manufacturers in Sweden, in SEK/kWh (lagen om skatt på energi, 11 kap.). */
const TAX = 0.006;

/** Time of use: a higher fee for the grid on working days between two hours of the day. Fees in SEK/kWh. */
export interface GridFees {
  readonly peakFee: number;
  readonly offPeakFee: number;
  readonly peakFrom: number;
  readonly peakTo: number;
}

/** `hour` counts from Monday 00:00. */
export function isPeak({ peakFrom, peakTo }: GridFees, hour: number): boolean {
  const ofDay = hour % 24;
  const isWeekend = Math.floor(hour / 24) % 7 >= 5;
  return !isWeekend && ofDay >= peakFrom && ofDay < peakTo;
}

/** Spot price, tax and the fee of the grid, without VAT. */
export const priceSekPerKwh = (fees: GridFees, hour: number): number =>
  SPOT[hour % 24] + TAX + (isPeak(fees, hour) ? fees.peakFee : fees.offPeakFee);

export const co2GramsPerKwh = (hour: number): number => CO2[hour % 24];
