import { type AggregateConfiguration, AggregateFunction, type NodeId, type StatusCode, StatusCodes } from 'node-opcua';
import { type Aggregate, type AggregateRules, AGGREGATES } from '#contract/processed.ts';
import type { CellSignal } from '#simulator/cell/sampling.ts';

/** Intervals that are still to be computed of one signal. Plant time in microseconds. */
export interface ProcessedRead {
  readonly path: string;
  readonly aggregate: Aggregate;
  readonly rules: AggregateRules;
  /** An end earlier than the start reads backwards. */
  readonly startUs: number;
  readonly endUs: number;
  readonly stepUs: number;
  /** The interval to go on from. */
  readonly next: number;
}

/** Intervals of one answer, in the order of the answer, and how a worker is asked for them. */
export interface ProcessedPage {
  /** Where each interval begins: its timestamp. */
  readonly stampsUs: readonly number[];
  readonly edgesUs: readonly number[];
  readonly anchor: 'first' | 'last';
  /** The very last interval is cut short by the end of what was asked for. */
  readonly isCut: boolean;
  readonly rest: number | undefined;
}

const LARGEST_PAGE = 1000;
const LONGEST_PAGE_US = 24 * 3600e6;

/** OPC 10000-13, 4.2.1.2, as it recommends them. */
export const DEFAULT_RULES: AggregateRules = { treatUncertainAsBad: true, percentDataBad: 100, percentDataGood: 100 };

/** An aggregate by the NodeId of its function, OPC 10000-13 table 9. */
export const findAggregate = ({ namespace, value }: NodeId): Aggregate | undefined =>
  namespace === 0 ? AGGREGATES.find((name) => AggregateFunction[name] === value) : undefined;

/** The rules of a request, or undefined if they contradict themselves (OPC 10000-13, 4.2.1.2). */
export function aggregateRules(given: AggregateConfiguration | null): AggregateRules | undefined {
  if (!given || given.useServerCapabilitiesDefaults) return DEFAULT_RULES;
  const { treatUncertainAsBad, percentDataBad, percentDataGood } = given;
  const isShare = (percent: number) => percent >= 0 && percent <= 100;
  if (!isShare(percentDataBad) || !isShare(percentDataGood) || percentDataGood < 100 - percentDataBad) return undefined;
  return { treatUncertainAsBad, percentDataBad, percentDataGood };
}

/** Whether a signal has an aggregate: there is nothing between true and false. */
export const suits = (aggregate: Aggregate, { type }: CellSignal): boolean =>
  type !== 'Boolean' || aggregate === 'Count' || aggregate === 'Interpolative';

/** Times of a read, or why there is none (OPC 10000-11, 6.5.4). An interval of 0 is the whole of it. */
export function planIntervals(
  startUs: number | undefined,
  endUs: number | undefined,
  intervalMs: number,
): Pick<ProcessedRead, 'startUs' | 'endUs' | 'stepUs' | 'next'> | { status: StatusCode } {
  if (startUs === undefined || endUs === undefined || startUs === endUs) {
    return { status: StatusCodes.BadInvalidTimestampArgument };
  }
  if (!(intervalMs >= 0)) return { status: StatusCodes.BadAggregateInvalidInputs };
  const spanUs = Math.abs(endUs - startUs);
  const stepUs = Math.round(intervalMs * 1000);
  return { startUs, endUs, stepUs: stepUs === 0 ? spanUs : Math.min(stepUs, spanUs), next: 0 };
}

/**
 * The next page of a read. Time that runs backwards has its intervals the other way round: the later end belongs to
 * them, the earlier one does not. All instants are whole microseconds, so that is one microsecond further on.
 */
export function pageOf({ startUs, endUs, stepUs, next }: ProcessedRead): ProcessedPage {
  const count = Math.ceil(Math.abs(endUs - startUs) / stepUs);
  const most = Math.min(LARGEST_PAGE, Math.max(1, Math.floor(LONGEST_PAGE_US / stepUs)));
  const until = Math.min(count, next + most);
  const numbers = Array.from({ length: until - next }, (_, k) => next + k);
  const rest = until < count ? until : undefined;
  const isCut = rest === undefined && Math.abs(endUs - startUs) % stepUs !== 0;
  if (startUs <= endUs) {
    const stampsUs = numbers.map((k) => startUs + k * stepUs);
    return {
      stampsUs,
      edgesUs: [...stampsUs, Math.min(endUs, startUs + until * stepUs)],
      anchor: 'first',
      isCut,
      rest,
    };
  }
  const stampsUs = numbers.map((k) => startUs - k * stepUs);
  const edges = [...stampsUs, Math.max(endUs, startUs - until * stepUs)].map((t) => t + 1);
  return { stampsUs, edgesUs: edges.reverse(), anchor: 'last', isCut, rest };
}
