import type { Whereabouts } from '#contract/whereabouts.ts';
import { useEffect, useRef } from 'react';
import { call } from '../../live/api.ts';
import { remember, usePlace } from '../../ui/place.ts';

const KEPT = ['step', 'view', 'station', 'signal'] as const;
const KEEP_AFTER_MS = 1_000;

/** What of the address is kept with an attempt. */
const whereaboutsIn = (params: URLSearchParams): Whereabouts =>
  Object.fromEntries(KEPT.flatMap((name) => (params.has(name) ? [[name, params.get(name) ?? '']] : [])));

/** Goes where the participant was in an attempt, in whatever browser, unless the address says where to go. */
export async function findAgain(attempt: string | undefined, signal: AbortSignal): Promise<void> {
  const isToldWhere = KEPT.some((name) => new URLSearchParams(location.search).has(name));
  if (attempt === undefined || isToldWhere) return;
  const place = await call('whereabouts', { params: { attempt }, signal }).catch(() => ({}));
  if (!signal.aborted) remember(place);
}

/** Somebody is about to press Check: by the time they do, the judge may be ready. Never worth a word if it is not. */
export function comingToCheck(attempt: string, step: string): void {
  const body = { ...whereaboutsIn(new URLSearchParams(location.search)), step };
  call('putWhereabouts', { params: { attempt }, body }).catch(() => {});
}

/** Keeps where the participant is, a moment after they last moved. */
export function useKeptWhereabouts(attempt: string | undefined): void {
  const { params } = usePlace();
  const place = JSON.stringify(whereaboutsIn(params));
  const kept = useRef(place);
  useEffect(() => {
    if (attempt === undefined || place === kept.current) return undefined;
    const keep = () => {
      kept.current = place;
      // Not worth a word: the next move tries again.
      call('putWhereabouts', { params: { attempt }, body: JSON.parse(place) as Whereabouts }).catch(
        () => (kept.current = ''),
      );
    };
    const timer = setTimeout(keep, KEEP_AFTER_MS);
    return () => clearTimeout(timer);
  }, [attempt, place]);
}
