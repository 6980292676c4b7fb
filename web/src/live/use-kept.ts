import { useCallback, useState } from 'react';
import { useSession } from './use-session.ts';

/** State that outlives its component as long as the line stays open: what someone set up in a tab is there when they return. */
export function useKept<T>(name: string, initial: () => T): readonly [T, (next: T | ((before: T) => T)) => void] {
  const { kept } = useSession();
  const [first] = useState<T>(initial);
  const [value, setValue] = useState<T>(() => (kept.has(name) ? (kept.get(name) as T) : first));
  const keep = useCallback(
    (next: T | ((before: T) => T)) => {
      const before = kept.has(name) ? (kept.get(name) as T) : first;
      const made = next instanceof Function ? next(before) : next;
      kept.set(name, made);
      setValue(made);
    },
    [kept, name, first],
  );
  return [value, keep];
}
