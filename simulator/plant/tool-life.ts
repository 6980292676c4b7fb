/** Taylor: V T^n = C, with n = 0.25 and C = 300 (V in m/min, T in min). */
const C = 300;
/** Flank wear at the end of a tool's life in mm (ISO 8688-2). */
export const LIFE_WEAR_MM = 0.3;

/** Seconds of cutting until the end of a tool's life. 1/n = 4, so no power function is needed. */
export function taylorLifeS(cuttingSpeedMPerMin: number): number {
  const ratio = C / cuttingSpeedMPerMin;
  return 60 * ratio * ratio * ratio * ratio;
}

/** Flank wear in mm of one part: proportional to its cutting time, and to the square of the feed (1 is nominal). */
export const wearPerPart = (cuttingS: number, cuttingSpeedMPerMin: number, feed: number): number =>
  (LIFE_WEAR_MM * feed * feed * cuttingS) / taylorLifeS(cuttingSpeedMPerMin);
