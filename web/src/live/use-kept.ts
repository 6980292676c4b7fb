import { useCallback, useState } from 'react';
import type { CellSession } from './cell-session.ts';
import { useSession } from './use-session.ts';

const kept = new WeakMap<CellSession, Map<string, unknown>>();

/** State that outlives its component as long as the line stays open: what someone set up in a tab is there when they return. */
export function useKept<T>(name: string, initial: () => T): readonly [T, (next: T) => void] {
  const session = useSession();
  const all = kept.get(session) ?? new Map<string, unknown>();
  kept.set(session, all);
  const [value, setValue] = useState<T>(() => (all.has(name) ? (all.get(name) as T) : initial()));
  const keep = useCallback(
    (next: T) => {
      all.set(name, next);
      setValue(next);
    },
    [all, name],
  );
  return [value, keep];
}
