import type { ProcessedRequest, ProcessedResult, ProcessedValue } from '#contract/processed.ts';
import { walkOn } from '#simulator/cell/history.ts';
import type { Cell } from '#simulator/cell/cell.ts';
import type { Model } from '#simulator/cell/model.ts';
import type { Sample } from '#simulator/cell/sample.ts';
import { aggregate, interpolative, type Interval } from './aggregate.ts';
import type { Life } from './job.ts';
import { relive } from './relive.ts';
import { addSample, beginTally, isUsable, type Tally } from './tally.ts';

type Column = ProcessedRequest['columns'][number];

/** What one column has come to. */
interface Progress {
  readonly column: Column;
  readonly index: number;
  readonly values: ProcessedValue[];
  tally: Tally;
  newest: Sample | undefined;
}

/**
 * Aggregates over the very samples that a raw read of history gives: those that differ from the one before, oldest first.
 * There is data from plant time 0 to the present of the life.
 */
export function processedJob(
  model: Model,
  life: Life,
  { columns, edgesUs, anchor }: ProcessedRequest,
): ProcessedResult {
  const cell = relive(model, life);
  const progress = columns.map((column): Progress => {
    const tally = beginTally(0, undefined, false);
    return { column, index: model.indexOf(column.signal), values: [], tally, newest: undefined };
  });
  const [firstUs = 0] = edgesUs;
  if (firstUs > 0) {
    cell.runUntil(Math.min(firstUs - 1, life.nowUs));
    for (const each of progress) bound(cell, each, firstUs);
  }
  for (let k = 0; k + 1 < edgesUs.length; k++) {
    const [askedFromUs, askedToUs] = [edgesUs[k], edgesUs[k + 1]];
    const fromUs = Math.max(0, askedFromUs);
    const toUs = Math.min(askedToUs, life.nowUs + 1);
    const isPartial = fromUs !== askedFromUs || toUs !== askedToUs;
    if (fromUs >= toUs) for (const { values } of progress) values.push(NO_DATA);
    else through(cell, progress, { fromUs, toUs, isPartial }, anchor);
  }
  return { columns: progress.map(({ values }) => values) };
}

const NO_DATA: ProcessedValue = { status: 'BadNoData', source: 'calculated', isPartial: false, isMulti: false };

/** The value that holds just before the first interval. Of a bad sample, `value` is the last that was usable. */
function bound(cell: Cell, each: Progress, atUs: number): void {
  const sample = cell.sample(each.index);
  each.tally = beginTally(atUs, sample.value, !isUsable(sample, each.column.rules));
  each.newest = sample;
}

function through(
  cell: Cell,
  progress: readonly Progress[],
  interval: Interval,
  anchor: ProcessedRequest['anchor'],
): void {
  const { fromUs, toUs } = interval;
  for (const each of progress) each.tally = beginTally(fromUs, each.tally.held, each.tally.isStale);
  const first = new Map<Progress, ProcessedValue>();
  walkOn(cell, [...new Set(progress.map(({ index }) => index))], fromUs, toUs - 1, (index, sample) => {
    for (const each of progress) {
      if (each.index !== index) continue;
      if (sample.tUs > fromUs && !first.has(each)) first.set(each, atInstant(each, fromUs));
      if (isNews(each.newest, sample)) addSample(each.tally, sample, each.column.rules);
      each.newest = sample;
    }
  });
  for (const each of progress) {
    const { column, values, tally } = each;
    const instant = anchor === 'last' ? atInstant(each, toUs - 1) : (first.get(each) ?? atInstant(each, fromUs));
    const isInstant = column.aggregate === 'Interpolative';
    values.push(isInstant ? instant : aggregate(column.aggregate, tally, interval, column.rules));
  }
}

const atInstant = ({ tally, newest }: Progress, tUs: number): ProcessedValue =>
  interpolative(tally, newest?.tUs === tUs);

const isNews = (before: Sample | undefined, now: Sample): boolean =>
  before === undefined || before.value !== now.value || before.status !== now.status;
