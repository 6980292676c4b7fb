import { useSyncExternalStore } from 'react';

/** Where the reader is: the path picks the screen, parameters what is open in it. */
export interface Place {
  readonly path: string;
  readonly params: URLSearchParams;
}

const listeners = new Set<() => void>();
let current = read();

function read(): Place {
  return { path: location.pathname, params: new URLSearchParams(location.search) };
}

function moved(): void {
  current = read();
  for (const listener of listeners) listener();
}
addEventListener('popstate', moved);

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const usePlace = (): Place => useSyncExternalStore(subscribe, () => current);

/** Opens another screen; the browser's back button returns. */
export function go(path: string): void {
  history.pushState(null, '', path);
  moved();
}

/** Remembers what is open in the screen, so that a reload or a sent link shows the same. */
export function remember(change: Readonly<Record<string, string | undefined>>): void {
  const params = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) params.delete(name);
    else params.set(name, value);
  }
  const search = params.toString();
  history.replaceState(null, '', search ? `${location.pathname}?${search}` : location.pathname);
  moved();
}
