import type { AttemptView, StepResult } from '#contract/lab-view.ts';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { call } from '../../live/api.ts';

export interface TakenLab {
  readonly attempt: AttemptView | undefined;
  readonly problem: unknown;
  readonly ask: () => void;
  /** Stores answers of a step as typed. */
  readonly save: (step: string, answers: Readonly<Record<string, string>>) => Promise<void>;
  readonly check: (step: string) => Promise<StepResult>;
  readonly hint: (step: string) => Promise<StepResult>;
}

/**
 * The attempt that is open on this line, in the reader's language; undefined answers while there is none. `onNewLine`
 * is called when a check brought another line, because the tries on this one were used up.
 */
export function useAttempt(id: string | undefined, onNewLine: () => void): TakenLab {
  const { language } = useWords();
  const [attempt, setAttempt] = useState<AttemptView>();
  const [problem, setProblem] = useState<unknown>();
  const [round, setRound] = useState(0);

  useEffect(() => {
    if (id === undefined) return;
    const abort = new AbortController();
    call('attempt', { params: { attempt: id }, query: { language }, signal: abort.signal }).then(
      (found) => {
        setAttempt(found);
        setProblem(undefined);
      },
      (error: unknown) => {
        if (!abort.signal.aborted) setProblem(error);
      },
    );
    return () => abort.abort();
  }, [id, language, round]);

  const ask = useCallback(() => setRound((n) => n + 1), []);
  return useMemo(() => {
    const query = { language };
    const judged = async (name: 'checkStep' | 'showHint', step: string) => {
      const result = await call(name, { params: { attempt: id ?? '', step }, query });
      setAttempt((before) => before && withResult(before, result));
      // Points and the verdict on the whole lab are the server's to add up.
      if (name === 'checkStep') setRound((n) => n + 1);
      if (result.redrawn === 'line') onNewLine();
      return result;
    };
    return {
      attempt,
      problem,
      ask,
      async save(step, answers) {
        const echoes = await call('saveAnswers', { params: { attempt: id ?? '', step }, query, body: { answers } });
        setAttempt((before) => before && { ...before, answers: { ...before.answers, [step]: echoes } });
      },
      check: (step) => judged('checkStep', step),
      hint: (step) => judged('showHint', step),
    };
  }, [attempt, problem, ask, id, language, onNewLine]);
}

const withResult = (attempt: AttemptView, result: StepResult): AttemptView => ({
  ...attempt,
  results: [...attempt.results.filter(({ step }) => step !== result.step), result],
});
