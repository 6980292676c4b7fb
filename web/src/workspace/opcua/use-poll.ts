import { type Dispatch, useEffect, useState } from 'react';

const POLL_MS = 1000;

/**
 * Reads something once a second while the pane is on screen.
 *
 * @param read hands over what it read by itself; a new function begins anew
 * @returns why the last reading failed, if it did; and how to say that something else did, until the next one
 */
export function usePoll(read: (signal: AbortSignal) => Promise<void>): [lost: unknown, setLost: Dispatch<unknown>] {
  const [lost, setLost] = useState<unknown>();
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const poll = async () => {
      try {
        if (!document.hidden) {
          await read(abort.signal);
          setLost(undefined);
        }
      } catch (error) {
        if (abort.signal.aborted) return;
        setLost(error);
      }
      timer = setTimeout(() => void poll(), POLL_MS);
    };
    void poll();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [read]);
  return [lost, setLost];
}
