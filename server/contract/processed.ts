/** Aggregates of OPC 10000-13 that history can be asked for, by their names there. */
export const AGGREGATES = [
  'Average',
  'TimeAverage',
  'Minimum',
  'Maximum',
  'Range',
  'Count',
  'Interpolative',
  'Delta',
  'StandardDeviationSample',
  'StandardDeviationPopulation',
] as const;
export type Aggregate = (typeof AGGREGATES)[number];

/** OPC 10000-13, 4.2.1.2: what becomes of values that are not good. */
export interface AggregateRules {
  readonly treatUncertainAsBad: boolean;
  /** 0 to 100: with so much bad, or more, the aggregate is bad. */
  readonly percentDataBad: number;
  /** 0 to 100: with so much good, or more, the aggregate is good. */
  readonly percentDataGood: number;
}

/** Aggregates over intervals of plant time, one replay for all of them. */
export interface ProcessedRequest {
  readonly columns: readonly {
    readonly signal: string;
    readonly aggregate: Aggregate;
    readonly rules: AggregateRules;
  }[];
  /** Ascending, in microseconds: each interval is from one edge up to, and without, the next. */
  readonly edgesUs: readonly number[];
  /** Whether the value at an instant is that of the first or of the last instant of the interval. */
  readonly anchor: 'first' | 'last';
}

/** One interval. Bits of OPC 10000-4, 7.39.1. */
export interface ProcessedValue {
  /** Without one there is no data. */
  readonly value?: number;
  readonly status: 'Good' | 'UncertainDataSubNormal' | 'BadNoData' | 'Bad';
  readonly source: 'raw' | 'calculated' | 'interpolated';
  readonly isPartial: boolean;
  readonly isMulti: boolean;
}

/** By column, then by interval. */
export interface ProcessedResult {
  readonly columns: readonly (readonly ProcessedValue[])[];
}
