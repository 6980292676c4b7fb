import type { HistoryColumn } from '#contract/history.ts';
import type { LiveCell } from '#server/cells/live-cell.ts';
import { GOOD, type Sample, type SampleStatus } from '#simulator/cell/sample.ts';
import type { Fetch } from './raw-read.ts';

/** As many signals as one request for history may name. */
const MOST_SIGNALS = 50;

/** Samples of one signal; nothing is missing before `untilUs`. */
interface Stretch {
  readonly samples: readonly Sample[];
  readonly untilUs: number;
}

interface Waiting {
  readonly path: string;
  readonly resolve: (stretch: Stretch) => void;
  readonly reject: (error: unknown) => void;
}

/** Recomputes history; signals that are asked for together, for the same window, share one replay. */
export function historyFetch(cell: LiveCell, participant: string): Fetch {
  const waiting = new Map<string, Waiting[]>();

  const stretch = (path: string, fromUs: number, toUs: number): Promise<Stretch> =>
    new Promise((resolve, reject) => {
      const window = `${fromUs} ${toUs}`;
      const batch = waiting.get(window) ?? [];
      batch.push({ path, resolve, reject });
      if (batch.length > 1) return;
      waiting.set(window, batch);
      queueMicrotask(() => {
        waiting.delete(window);
        for (let n = 0; n < batch.length; n += MOST_SIGNALS) replay(batch.slice(n, n + MOST_SIGNALS), fromUs, toUs);
      });
    });

  /** Asks from just before the window, so that a sample at its very beginning is given only if it is a change. */
  const replay = (batch: readonly Waiting[], fromUs: number, toUs: number): void => {
    const signals = [...new Set(batch.map(({ path }) => path))];
    cell.history({ signals, fromUs: Math.max(0, fromUs - 1), toUs }, participant).then(
      ({ columns }) => {
        const untilUs = completeUntil(columns, toUs);
        for (const { path, resolve } of batch) {
          const column = columns.find(({ signal }) => signal === path);
          resolve({ samples: column ? samplesOf(column, fromUs, untilUs) : [], untilUs });
        }
      },
      (error: unknown) => {
        for (const { reject } of batch) reject(error);
      },
    );
  };

  return async (path, fromUs, toUs) => {
    const samples: Sample[] = [];
    for (let next = fromUs; next <= toUs;) {
      const got = await stretch(path, next, toUs);
      samples.push(...got.samples);
      next = Math.max(got.untilUs, next + 1);
    }
    return samples;
  };
}

/** A cut answer was walked in the order of time: all its columns are complete up to its very last instant. */
const completeUntil = (columns: readonly HistoryColumn[], toUs: number): number =>
  columns.some(({ truncated }) => truncated) ? Math.max(...columns.map(({ tUs }) => tUs.at(-1) ?? 0)) : toUs + 1;

const samplesOf = ({ tUs, values, statuses, stampsUs }: HistoryColumn, fromUs: number, untilUs: number): Sample[] =>
  tUs.flatMap((t, n) => {
    if (t < fromUs || t >= untilUs) return [];
    const status = statuses?.[n] ?? GOOD;
    return [
      {
        ...{ tUs: t, value: values[n] },
        ...(status !== GOOD && { status: status as SampleStatus }),
        ...(stampsUs && { stampUs: stampsUs[n] }),
      },
    ];
  });
