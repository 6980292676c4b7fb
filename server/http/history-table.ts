import type { HistoryColumn, HistoryRequest, HistoryResult } from '#contract/history.ts';
import type { HistoryTable, HistoryTableRequest } from '#contract/history-table.ts';
import type { SqlValue } from '#contract/sql.ts';
import type { SignalView } from '#contract/cell-view.ts';
import { AppError } from '#server/errors.ts';

/** The plant as far as a table of samples needs it. */
export interface Plant {
  readonly signals: readonly SignalView[];
  /** Plant time 0 as ms since 1970. */
  readonly anchorMs: number;
  readonly nowUs: number;
}

/** What to ask of the history. Throws `bad_window` if nothing lies between the instants. */
export function windowOf(
  { signals, from, to, lastS, everyS }: HistoryTableRequest,
  { anchorMs, nowUs }: Plant,
): HistoryRequest {
  const usOf = (text: string): number =>
    text.trim() !== '' && !Number.isNaN(Number(text))
      ? Math.round(Number(text) * 1e6)
      : Math.round((Date.parse(text) - anchorMs) * 1000);
  const toUs = Math.max(0, Math.min(to === undefined ? nowUs : usOf(to), nowUs));
  const fromUs = Math.max(0, from === undefined ? Math.round(toUs - lastS * 1e6) : usOf(from));
  if (fromUs > toUs) {
    const message = `The window begins at ${fromUs / 1e6} s and ends at ${toUs / 1e6} s of plant time.`;
    throw new AppError('bad_window', message, `Give a "from" before "to"; the line is at ${nowUs / 1e6} s.`, 400);
  }
  const paths = [...new Set(signals.split(',').map((path) => path.trim()))].filter(Boolean);
  return { signals: paths, fromUs, toUs, ...(everyS !== undefined && { everyS }) };
}

/** All columns beside each other. Throws `too_many_rows` if the end is missing: a file could not say so. */
export function tableOf({ columns }: HistoryResult, { signals, anchorMs }: Plant): HistoryTable {
  if (columns.some(({ truncated }) => truncated)) {
    const message = 'There are more samples than one table holds.';
    throw new AppError('too_many_rows', message, 'Give a shorter window, fewer signals, or "everyS".', 413);
  }
  const parts = columns.map(partOf);
  return {
    columns: [
      { name: 'time' },
      { name: 't', unit: 's' },
      ...columns.flatMap(({ signal }, k) => [
        { name: signal, unit: signals.find(({ path }) => path === signal)?.unit ?? '1' },
        ...(parts[k].hasQuality ? [{ name: `${signal} quality` }] : []),
      ]),
    ],
    rows: [...rowsOf(parts, anchorMs)],
    truncated: false,
  };
}

interface Part {
  readonly tUs: readonly number[];
  readonly hasQuality: boolean;
  /** Its cells at the sample `k`; nothing at undefined. */
  readonly at: (k: number | undefined) => SqlValue[];
}

function partOf({ tUs, values, statuses }: HistoryColumn): Part {
  const value = (k: number) => (statuses?.[k].startsWith('Bad') ? null : values[k]);
  return {
    tUs,
    hasQuality: statuses !== undefined,
    at: (k) => [
      k === undefined ? null : value(k),
      ...(statuses === undefined ? [] : [k === undefined ? null : statuses[k]]),
    ],
  };
}

function* rowsOf(parts: readonly Part[], anchorMs: number): Iterable<SqlValue[]> {
  const next = parts.map(() => 0);
  for (;;) {
    const us = Math.min(...parts.map(({ tUs }, k) => tUs[next[k]] ?? Infinity));
    if (us === Infinity) return;
    const cells = parts.flatMap(({ tUs, at }, k) => at(tUs[next[k]] === us ? next[k]++ : undefined));
    yield [isoOf(us, anchorMs), us / 1e6, ...cells];
  }
}

/** ISO 8601 with microseconds: two samples may lie closer together than a millisecond. */
function isoOf(us: number, anchorMs: number): string {
  const ms = Math.floor(us / 1000);
  const rest = Math.round(us - ms * 1000);
  return new Date(anchorMs + ms).toISOString().replace('Z', `${String(rest).padStart(3, '0')}Z`);
}
