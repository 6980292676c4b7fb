/** How many alarms come, after ISA-18.2-2016, table 5 and EEMUA 191: rates per operator and ten minutes. */
export interface AlarmLoad {
  readonly lastTen: number;
  /** Mean per ten minutes over the window. */
  readonly mean: number;
  /** Most in any ten minutes. */
  readonly peak: number;
  /** Share of the ten-minute periods with more than ten. */
  readonly floodShare: number;
}

const TEN_US = 600e6;
/** More in ten minutes is a flood. */
const FLOOD = 10;

/** @param raisedUs when alarms were raised, oldest first. */
export function loadOf(raisedUs: readonly number[], fromUs: number, toUs: number): AlarmLoad {
  const periods = Math.max(1, Math.ceil((toUs - fromUs) / TEN_US));
  const counts = Array.from({ length: periods }, () => 0);
  let peak = 0;
  let first = 0;
  raisedUs.forEach((t, k) => {
    counts[Math.min(periods - 1, Math.max(0, Math.floor((t - fromUs) / TEN_US)))] += 1;
    while (raisedUs[first] <= t - TEN_US) first += 1;
    peak = Math.max(peak, k - first + 1);
  });
  return {
    lastTen: raisedUs.filter((t) => t > toUs - TEN_US).length,
    mean: raisedUs.length / Math.max(1, (toUs - fromUs) / TEN_US),
    peak,
    floodShare: counts.filter((count) => count > FLOOD).length / periods,
  };
}

/** Up to 1 in ten minutes on average is very likely acceptable, up to 2 the most that can be managed. */
export const judgeMean = (mean: number): 'good' | 'much' | 'tooMuch' =>
  mean <= 1 ? 'good' : mean <= 2 ? 'much' : 'tooMuch';
