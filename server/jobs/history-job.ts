import type { HistoryColumn, HistoryRequest, HistoryResult } from '#contract/history.ts';
import { history, walkOn } from '#simulator/cell/history.ts';
import { keptPlaces } from '#simulator/cell/thin.ts';
import type { Model } from '#simulator/cell/model.ts';
import { GOOD, type Sample } from '#simulator/cell/sample.ts';
import { seconds } from '#simulator/kernel/time.ts';
import type { Life } from './job.ts';
import { relive } from './relive.ts';

/** Samples in one answer, over all its columns. */
const SAMPLES = 200_000;

/** Samples of signals in a window, as they were published, or the values that held at whole multiples of `everyS`. */
export function historyJob(model: Model, life: Life, request: HistoryRequest): HistoryResult {
  const indices = request.signals.map((path) => model.indexOf(path));
  const most = Math.floor(SAMPLES / indices.length);
  const window = { fromUs: request.fromUs, toUs: Math.min(request.toUs, life.nowUs) };
  if (window.fromUs > window.toUs) return { columns: request.signals.map((signal) => emptyColumn(signal)) };
  if (request.everyS === undefined) {
    const { pixels } = request;
    if (pixels !== undefined) return { columns: thinColumns(model, life, indices, window, pixels) };
    return { columns: rawColumns(model, life, indices, window, most) };
  }
  return { columns: gridColumns(model, life, indices, window, seconds(request.everyS), most) };
}

interface Window {
  readonly fromUs: number;
  readonly toUs: number;
}

/**
 * Each column begins with the sample that held at `fromUs`, which may be older, and goes on with those whose value
 * differs from the one before: what a subscriber was sent.
 */
function rawColumns(model: Model, life: Life, indices: readonly number[], { fromUs, toUs }: Window, most: number) {
  const cell = relive(model, life);
  cell.runUntil(fromUs);
  const columns = new Map<number, HistoryColumn>();
  const add = (index: number, sample: Sample): boolean => {
    const { tUs, value, status = GOOD, copies = 1 } = sample;
    const column = columns.get(index) ?? emptyColumn(model.signals[index].path);
    columns.set(index, column);
    if (tUs <= (column.tUs.at(-1) ?? -1)) return true;
    if (value === column.values.at(-1) && status === (column.statuses?.at(-1) ?? GOOD)) return true;
    if (column.tUs.length >= most) return false;
    for (let n = 0; n < copies; n++) push(column, sample);
    return true;
  };
  for (const index of indices) add(index, cell.sample(index));
  let isCut = false;
  walkOn(cell, [...new Set(indices)], fromUs, toUs, (index, sample) => {
    const goesOn = add(index, sample);
    isCut ||= !goesOn;
    return goesOn;
  });
  return indices.map((index) => ({ ...(columns.get(index) as HistoryColumn), truncated: isCut }));
}

/** A column is thinned each time that it holds so many more samples than it would keep. */
const THIN_AT = 6;

/** Both ends of every stretch in which nothing moves, and of the rest what so many pixels can show. */
function thinColumns(model: Model, life: Life, indices: readonly number[], { fromUs, toUs }: Window, pixels: number) {
  const stretchUs = Math.max(1, Math.ceil((toUs - fromUs) / pixels));
  const cell = relive(model, life);
  cell.runUntil(fromUs);
  const columns = new Map(indices.map((index) => [index, emptyColumn(model.signals[index].path)]));
  const add = (index: number, sample: Sample): void => {
    const column = columns.get(index)!;
    const { tUs, values } = column;
    const status = sample.status ?? GOOD;
    const isLike = (place: number) =>
      values.at(place) === sample.value && (column.statuses?.at(place) ?? GOOD) === status;
    if (sample.tUs <= (tUs.at(-1) ?? -1)) return;
    if (tUs.length > 1 && isLike(-1) && isLike(-2)) tUs[tUs.length - 1] = sample.tUs;
    else push(column, { tUs: sample.tUs, value: sample.value, ...(sample.status && { status: sample.status }) });
    if (tUs.length >= THIN_AT * 4 * pixels) columns.set(index, thinned(column, stretchUs));
  };
  for (const index of columns.keys()) add(index, cell.sample(index));
  walkOn(cell, [...columns.keys()], fromUs, toUs, add);
  return indices.map((index) => thinned(columns.get(index)!, stretchUs));
}

function thinned(column: HistoryColumn, stretchUs: number): HistoryColumn {
  const { tUs, values, statuses } = column;
  const isSeam = (k: number) => statuses !== undefined && statuses[k] !== statuses[k - 1];
  const places = keptPlaces({ times: tUs, values }, stretchUs, isSeam);
  return {
    ...column,
    tUs: places.map((k) => tUs[k]),
    values: places.map((k) => values[k]),
    ...(statuses && { statuses: places.map((k) => statuses[k]) }),
  };
}

/** Statuses and times of the device come into a column with the first sample that needs them. */
function push(column: HistoryColumn, { tUs, value, status, stampUs }: Sample): void {
  if (status !== undefined) column.statuses ??= column.tUs.map(() => GOOD);
  if (stampUs !== undefined) column.stampsUs ??= column.tUs.slice();
  column.tUs.push(tUs);
  column.values.push(value);
  column.statuses?.push(status ?? GOOD);
  column.stampsUs?.push(stampUs ?? tUs);
}

function gridColumns(
  model: Model,
  life: Life,
  indices: readonly number[],
  window: Window,
  everyUs: number,
  most: number,
): HistoryColumn[] {
  const fromUs = Math.ceil(window.fromUs / everyUs) * everyUs;
  const lastUs = fromUs + (most - 1) * everyUs;
  const toUs = Math.min(window.toUs, lastUs);
  const cell = relive(model, life);
  cell.runUntil(fromUs);
  const statuses = new Map<number, string[]>();
  const rows = Math.max(0, Math.floor((toUs - fromUs) / everyUs) + 1);
  const values = history(cell, indices, { fromUs, toUs, everyUs }, (column, row, status) => {
    const own = statuses.get(column) ?? Array.from({ length: rows }, () => GOOD);
    statuses.set(column, own);
    own[row] = status;
  });
  const tUs = Array.from(values[0], (_, k) => fromUs + k * everyUs);
  return values.map((column, k) => ({
    signal: model.signals[indices[k]].path,
    tUs,
    values: Array.from(column),
    ...(statuses.has(k) && { statuses: statuses.get(k) }),
    truncated: window.toUs > lastUs,
  }));
}

const emptyColumn = (signal: string): HistoryColumn => ({ signal, tUs: [], values: [], truncated: false });
