import type { Aggregate, AggregateRules, ProcessedValue } from '#contract/processed.ts';
import { passTime, type Tally } from './tally.ts';

/** An interval as it was asked for, and how much of it there is data for. Whole microseconds, the end left out. */
export interface Interval {
  readonly fromUs: number;
  readonly toUs: number;
  readonly isPartial: boolean;
}

type Found = Pick<ProcessedValue, 'value' | 'status'> & Partial<ProcessedValue>;

const NOTHING: Found = { status: 'BadNoData' };

/** The aggregate of a tally that has all samples of the interval (OPC 10000-13, 5.4.3). */
export function aggregate(name: Aggregate, tally: Tally, interval: Interval, rules: AggregateRules): ProcessedValue {
  const found = calculations[name](tally, interval, rules);
  return { source: 'calculated', isMulti: false, isPartial: interval.isPartial, ...found };
}

/** 5.4.3.9 and others: `Interpolative` is the value at one instant, for which the interval does not count. */
export function interpolative({ held, isStale }: Tally, isRaw: boolean): ProcessedValue {
  const common = { isMulti: false, isPartial: false };
  if (held === undefined) return { ...common, status: 'BadNoData', source: 'calculated' };
  const status = isStale ? 'UncertainDataSubNormal' : 'Good';
  return { ...common, value: held, status, source: isRaw && !isStale ? 'raw' : 'interpolated' };
}

const calculations: Readonly<Record<Aggregate, (tally: Tally, interval: Interval, rules: AggregateRules) => Found>> = {
  Average: (tally, _, rules) => (tally.good === 0 ? NOTHING : { value: tally.mean, status: byShare(tally, rules) }),
  TimeAverage(tally, { toUs }) {
    passTime(tally, toUs);
    if (tally.heldUs === 0) return NOTHING;
    const status = tally.notGood > 0 || tally.begunStale ? 'UncertainDataSubNormal' : 'Good';
    return { value: tally.area / tally.heldUs, status };
  },
  Minimum: (tally, interval) => extreme(tally, tally.least, interval),
  Maximum: (tally, interval) => extreme(tally, tally.most, interval),
  Range: (tally) =>
    tally.good === 0 ? NOTHING : { value: tally.most.value - tally.least.value, status: ifAllGood(tally) },
  Count: (tally, _, rules) => ({ value: tally.good, status: byShare(tally, rules) }),
  Interpolative: (tally) => interpolative(tally, false),
  Delta: (tally) => (tally.good === 0 ? NOTHING : { value: tally.last - tally.first, status: ifAllGood(tally) }),
  StandardDeviationSample: (tally, _, rules) => deviation(tally, tally.good - 1, rules),
  StandardDeviationPopulation: (tally, _, rules) => deviation(tally, tally.good, rules),
};

function extreme(tally: Tally, { value, tUs, times }: Tally['least'], { fromUs }: Interval): Found {
  if (tally.good === 0) return NOTHING;
  const status = ifAllGood(tally);
  const source = tUs === fromUs && status === 'Good' ? 'raw' : 'calculated';
  return { value, status, source, isMulti: times > 1 };
}

function deviation(tally: Tally, over: number, rules: AggregateRules): Found {
  if (tally.good === 0) return NOTHING;
  return { value: over <= 0 ? 0 : Math.sqrt(tally.squares / over), status: byShare(tally, rules) };
}

const ifAllGood = ({ notGood }: Tally): ProcessedValue['status'] => (notGood > 0 ? 'UncertainDataSubNormal' : 'Good');

/** 5.3.2: by the share of values that are good, and of those that are not. */
function byShare({ good, notGood }: Tally, rules: AggregateRules): ProcessedValue['status'] {
  const all = good + notGood;
  if (all === 0 || (100 * good) / all >= rules.percentDataGood) return 'Good';
  return (100 * notGood) / all >= rules.percentDataBad ? 'Bad' : 'UncertainDataSubNormal';
}
