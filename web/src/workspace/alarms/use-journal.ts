import type { HappeningView } from '#contract/history.ts';
import { useCallback, useEffect, useRef } from 'react';
import { call } from '../../live/api.ts';
import { useAsk } from '../../live/use-ask.ts';
import { useKept } from '../../live/use-kept.ts';
import { useSession } from '../../live/use-session.ts';

export interface JournalEntry extends HappeningView {
  /** When this page heard of it, ms since 1970; undefined for what was there before. */
  readonly heardMs: number | undefined;
}
export interface Journal {
  readonly entries: readonly JournalEntry[];
  readonly fromUs: number;
  readonly toUs: number;
}

const SECOND_US = 1e6;
const WINDOW_US = 8 * 3600e6;
const SETTLES_MS = 200;

/** What happened to alarms in the last eight hours, asked for anew whenever one changes its state. */
export function useJournal(states: string) {
  const { cell, clock } = useSession();
  const [heard] = useKept('alarms.heard', () => new Map<string, number | undefined>());
  const isFirst = useRef(heard.size === 0);
  const asked = useAsk(
    useCallback(
      async (signal: AbortSignal): Promise<Journal> => {
        const toUs = clock.nowUs();
        const fromUs = Math.max(0, toUs - WINDOW_US);
        // A command moves a standing line on by microseconds that our clock has not heard of.
        const query = { fromUs, toUs: toUs + SECOND_US, event: 'Alarms.Alarm*' };
        const { events } = await call('happenings', { params: { cell: cell.id }, query, signal });
        const entries = events.map((event) => {
          const key = `${event.tUs} ${event.event} ${event.value}`;
          if (!heard.has(key)) heard.set(key, isFirst.current ? undefined : Date.now());
          return { ...event, heardMs: heard.get(key) };
        });
        isFirst.current = false;
        return { entries, fromUs, toUs };
      },
      [cell.id, clock, heard],
    ),
  );
  const { ask } = asked;
  useEffect(() => {
    // States come one by one: the question waits for the last of them.
    const soon = setTimeout(ask, SETTLES_MS);
    return () => clearTimeout(soon);
  }, [states, ask]);
  return asked;
}
