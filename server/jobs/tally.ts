import type { AggregateRules } from '#contract/processed.ts';
import type { Sample } from '#simulator/cell/sample.ts';

/** An extreme value, when it came first and how often. */
interface Extreme {
  value: number;
  tUs: number;
  times: number;
}

/** What is counted of the raw samples of one interval. All samples hold until the next one (Stepped, OPC 10000-11, 5.2.3). */
export interface Tally {
  good: number;
  notGood: number;
  mean: number;
  /** Sum of the squared distances from the mean (Welford). */
  squares: number;
  least: Extreme;
  most: Extreme;
  first: number;
  last: number;
  /** Value x time, in microseconds, of what held; and the time for which anything did. */
  area: number;
  heldUs: number;
  /** What holds at present, since when, and whether a bad value has come after it. */
  held: number | undefined;
  sinceUs: number;
  isStale: boolean;
  /** The same at the beginning of the interval. */
  readonly begunStale: boolean;
}

export function beginTally(fromUs: number, held: number | undefined, isStale: boolean): Tally {
  const none = { value: NaN, tUs: NaN, times: 0 };
  return {
    ...{ good: 0, notGood: 0, mean: 0, squares: 0, first: NaN, last: NaN, area: 0, heldUs: 0 },
    ...{ least: { ...none }, most: { ...none }, held, sinceUs: fromUs, isStale },
    begunStale: isStale,
  };
}

export const isUsable = ({ status }: Sample, { treatUncertainAsBad }: AggregateRules): boolean =>
  status === undefined || (!treatUncertainAsBad && status.startsWith('Uncertain'));

export function addSample(tally: Tally, sample: Sample, rules: AggregateRules): void {
  const { value, tUs, copies = 1 } = sample;
  if (!isUsable(sample, rules)) {
    tally.notGood += copies;
    tally.isStale = true;
    return;
  }
  passTime(tally, tUs);
  tally.held = value;
  tally.isStale = false;
  for (let n = 0; n < copies; n++) addGood(tally, value, tUs);
}

function addGood(tally: Tally, value: number, tUs: number): void {
  tally.good += 1;
  if (tally.good === 1) tally.first = value;
  tally.last = value;
  const distance = value - tally.mean;
  tally.mean += distance / tally.good;
  tally.squares += distance * (value - tally.mean);
  note(tally.least, value, tUs, (a, b) => a < b);
  note(tally.most, value, tUs, (a, b) => a > b);
}

function note(extreme: Extreme, value: number, tUs: number, beats: (a: number, b: number) => boolean): void {
  if (value === extreme.value) extreme.times += 1;
  else if (extreme.times === 0 || beats(value, extreme.value)) Object.assign(extreme, { value, tUs, times: 1 });
}

/** What holds went on holding until `tUs`. */
export function passTime(tally: Tally, tUs: number): void {
  if (tally.held !== undefined) {
    tally.area += tally.held * (tUs - tally.sinceUs);
    tally.heldUs += tUs - tally.sinceUs;
  }
  tally.sinceUs = tUs;
}
