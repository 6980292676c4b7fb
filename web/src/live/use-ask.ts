import { useCallback, useEffect, useState } from 'react';

export interface Asked<T> {
  readonly answer: T | undefined;
  readonly problem: unknown;
  readonly ask: () => void;
}

/** Asks the server when `question` changes, or again by `ask`. A newer question makes the older one void. */
export function useAsk<T>(question: (signal: AbortSignal) => Promise<T>): Asked<T> {
  const [answer, setAnswer] = useState<T>();
  const [problem, setProblem] = useState<unknown>();
  const [round, setRound] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    question(abort.signal).then(
      (given) => {
        if (abort.signal.aborted) return;
        setAnswer(given);
        setProblem(undefined);
      },
      (error: unknown) => {
        if (!abort.signal.aborted) setProblem(error);
      },
    );
    return () => abort.abort();
  }, [question, round]);
  const ask = useCallback(() => setRound((n) => n + 1), []);
  return { answer, problem, ask };
}

export interface Deed<A extends unknown[], R> {
  /** Runs it; undefined if it failed, and `problem` says why. */
  readonly run: (...args: A) => Promise<R | undefined>;
  readonly isRunning: boolean;
  readonly problem: unknown;
}

/** Something a person sets off: whether it runs, and what went wrong. */
export function useDeed<A extends unknown[], R>(deed: (...args: A) => Promise<R>): Deed<A, R> {
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const run = useCallback(
    async (...args: A) => {
      setRunning(true);
      setProblem(undefined);
      try {
        return await deed(...args);
      } catch (error) {
        setProblem(error);
        return undefined;
      } finally {
        setRunning(false);
      }
    },
    [deed],
  );
  return { run, isRunning, problem };
}
