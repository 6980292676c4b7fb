import { useMemo } from 'react';
import { remember, usePlace } from '../../ui/place.ts';
import { useSelection } from '../selection.tsx';

export const MAX_SIGNALS = 8;

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
