import { useCallback, useEffect, useMemo, useState } from 'react';
import { type TimeWindow, isRange } from '../../live/use-tape.ts';
import { remember, usePlace } from '../../ui/place.ts';
import { useSelection } from '../selection.tsx';
import { DEFAULT_SPAN_S, windowIn } from './window-text.ts';

export const MAX_SIGNALS = 8;
export const TREND_FORMS = ['curves', 'spc', 'histogram', 'spectrum', 'gantt'] as const;
export type TrendForm = (typeof TREND_FORMS)[number];

/** Whoever turns the wheel does not write every window on the way into the address. */
const SETTLE_MS = 250;

/** The signals in the trends, kept in the address. Until someone chooses, the selected signal is shown. */
export function useTrendSignals() {
  const { params } = usePlace();
  const { signal } = useSelection();
  const chosen = params.get('trends');
  return useMemo(() => {
    const paths = chosen === null ? [signal].filter(Boolean) : chosen.split(',').filter(Boolean);
    const set = (next: readonly string[]) => remember({ trends: next.join(',') });
    return {
      paths,
      isChosen: chosen !== null,
      add: (path: string) => {
        const kept = chosen === null ? [] : paths;
        if (!kept.includes(path)) set([...kept, path].slice(-MAX_SIGNALS));
      },
      toggle: (path: string) => {
        set(paths.includes(path) ? paths.filter((other) => other !== path) : [...paths, path].slice(0, MAX_SIGNALS));
      },
    };
  }, [chosen, signal]);
}

/** The window of the trends: the newest so many seconds (`span`), or from and to in ISO 8601. It goes into the address. */
export function useTrendWindow(): readonly [TimeWindow, (next: TimeWindow) => void] {
  const { params } = usePlace();
  const [window, setWindow] = useState<TimeWindow>(() => windowIn(params));
  const text = wordsOf(window);
  useEffect(() => {
    const settled = setTimeout(() => remember(text), SETTLE_MS);
    return () => clearTimeout(settled);
  }, [text]);
  return [window, setWindow];
}

/** What else of the trends stands in the address, by name. */
export function useTrendSetting<T extends string = string>(
  name: string,
  fallback: NoInfer<T>,
): readonly [T, (next: T) => void] {
  const { params } = usePlace();
  const value = (params.get(name) ?? fallback) as T;
  const set = useCallback((next: T) => remember({ [name]: next === fallback ? undefined : next }), [name, fallback]);
  return [value, set];
}

const known = new Map<string, Readonly<Record<string, string | undefined>>>();

/** The same window gives the same object, so that it is written once. */
function wordsOf(window: TimeWindow): Readonly<Record<string, string | undefined>> {
  const words = isRange(window)
    ? { span: undefined, from: isoOf(window.fromMs), to: isoOf(window.toMs) }
    : {
        span: window.spanMs === DEFAULT_SPAN_S * 1000 ? undefined : String(window.spanMs / 1000),
        from: undefined,
        to: undefined,
      };
  const key = JSON.stringify(words);
  const same = known.get(key) ?? words;
  known.clear();
  known.set(key, same);
  return same;
}

const isoOf = (ms: number): string => new Date(Math.round(ms)).toISOString();
