import { useSyncExternalStore } from 'react';

let message = '';
const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** Lets screen readers say something that others see. */
export function announce(text: string): void {
  // The same words again are only read if the text differs.
  message = text === message ? `${text}\u00a0` : text;
  for (const listener of listeners) listener();
}

/** Stands once in the page. */
export const Announcer = () => (
  <p className="sr" role="status" aria-live="polite">
    {useSyncExternalStore(subscribe, () => message)}
  </p>
);
