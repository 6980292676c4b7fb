import type { SettingState } from '#contract/configuration.ts';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { call } from '../../live/api.ts';
import { useAsk } from '../../live/use-ask.ts';
import { useSession } from '../../live/use-session.ts';

export interface SetPoints<E extends HTMLElement> {
  /** To the element that shows them. */
  readonly place: RefObject<E | null>;
  readonly valueOf: (path: string) => SettingState['value'] | undefined;
  /** Reads them again. */
  readonly ask: () => void;
}

/** What the parameters of the line are set to; read once their place comes into sight, which it may never do. */
export function useSetPoints<E extends HTMLElement>(): SetPoints<E> {
  const { cell } = useSession();
  const place = useRef<E>(null);
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    const watcher = new IntersectionObserver(([entry]) => entry?.isIntersecting && setSeen(true));
    if (place.current) watcher.observe(place.current);
    return () => watcher.disconnect();
  }, []);
  const { answer, ask } = useAsk(
    useCallback(
      async (signal: AbortSignal) =>
        isSeen ? call('configuration', { params: { cell: cell.id }, signal }) : undefined,
      [cell.id, isSeen],
    ),
  );
  return { place, ask, valueOf: (path) => answer?.settings.find((setting) => setting.path === path)?.value };
}
