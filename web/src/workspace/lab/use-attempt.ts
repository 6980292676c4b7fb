import type { AttemptView, StepResult } from '#contract/lab-view.ts';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { Account } from '../../live/account.ts';
import { answerBook } from '../../live/answer-book.ts';
import { call } from '../../live/api.ts';

export interface TakenLab {
  readonly attempt: AttemptView | undefined;
  readonly problem: unknown;
  readonly ask: () => void;
  readonly check: (step: string) => Promise<StepResult>;
  readonly hint: (step: string) => Promise<StepResult>;
  /** Begins a step anew: its answers go, and what was judged of it and did not pass. */
  readonly reset: (step: string) => Promise<StepResult>;
}

/**
 * The attempt that is open on this line, in the reader's language; undefined answers while there is none. Answers are in
 * the answer book. A check may bring another line, because the tries on this one were used up: `account` knows of it then.
 */
export function useAttempt(id: string | undefined, { own, refresh }: Pick<Account, 'own' | 'refresh'>): TakenLab {
  const { language } = useWords();
  const [attempt, setAttempt] = useState<AttemptView>();
  const [problem, setProblem] = useState<unknown>();
  const [round, setRound] = useState(0);
  const ask = useCallback(() => setRound((n) => n + 1), []);

  useEffect(() => {
    if (id === undefined) return;
    const abort = new AbortController();
    const mark = answerBook.mark();
    call('attempt', { params: { attempt: id }, query: { language }, signal: abort.signal }).then(
      (found) => {
        answerBook.learn(id, found.answers, mark);
        setAttempt(found);
        setProblem(undefined);
      },
      (error: unknown) => {
        if (!abort.signal.aborted) setProblem(error);
      },
    );
    return () => abort.abort();
  }, [id, language, round]);

  // What was done in another tab, or meanwhile on another device.
  useEffect(() => {
    const leave = answerBook.onJudgedElsewhere((judged) => judged === id && ask());
    const seen = () => !document.hidden && ask();
    document.addEventListener('visibilitychange', seen);
    return () => {
      leave();
      document.removeEventListener('visibilitychange', seen);
    };
  }, [id, ask]);

  return useMemo(() => {
    const done = async (name: 'checkStep' | 'showHint' | 'resetStep', step: string) => {
      const result = await call(name, { params: { attempt: id ?? '', step }, query: { language } });
      setAttempt((before) => before && withResult(before, result));
      if (id !== undefined) {
        if (result.redrawn || name === 'resetStep') answerBook.forget(id, step);
        answerBook.tellJudged(id);
      }
      // Points and the verdict on the whole lab are the server's to add up.
      if (name !== 'showHint') ask();
      if (result.redrawn === 'line') await refresh();
      return result;
    };
    return {
      attempt,
      problem,
      ask,
      check: (step) => own(() => done('checkStep', step)),
      hint: (step) => done('showHint', step),
      reset: (step) => own(() => done('resetStep', step)),
    };
  }, [attempt, problem, ask, id, language, own, refresh]);
}

const withResult = (attempt: AttemptView, result: StepResult): AttemptView => ({
  ...attempt,
  results: [...attempt.results.filter(({ step }) => step !== result.step), result],
});
