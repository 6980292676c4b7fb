import type { AnswerEcho, StepView } from '#contract/lab-view.ts';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { TakenLab } from './use-attempt.ts';

const SAVE_AFTER_MS = 500;

export interface StepAnswers {
  readonly typed: Readonly<Record<string, string>>;
  readonly echoOf: (ask: string) => AnswerEcho | undefined;
  readonly type: (ask: string, text: string) => void;
  /** Stores what is not stored yet. */
  readonly flush: () => Promise<void>;
  readonly isSaving: boolean;
  readonly problem: unknown;
}

/** The answers of a step: kept as typed, stored half a second after the last key, or before a check. */
export function useAnswers(step: StepView, echoes: readonly AnswerEcho[], taken: TakenLab): StepAnswers {
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(echoes.map((echo) => [echo.ask, echo.typed])),
  );
  const [isSaving, setSaving] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const unsaved = useRef<Readonly<Record<string, string>>>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const inFlight = useRef<Promise<void>>(Promise.resolve());
  const save = useRef(taken.save);
  useEffect(() => {
    save.current = taken.save;
  });

  const flush = useCallback(async () => {
    clearTimeout(timer.current);
    const answers = unsaved.current;
    unsaved.current = undefined;
    if (answers) {
      // One after the other, so that the newest answers are the last to arrive.
      inFlight.current = inFlight.current
        .catch(() => undefined)
        .then(async () => {
          setSaving(true);
          await save.current(step.id, answers);
          setProblem(undefined);
        })
        .catch((error: unknown) => {
          unsaved.current ??= answers;
          setProblem(error);
          throw error;
        })
        .finally(() => setSaving(false));
    }
    await inFlight.current;
  }, [step.id]);

  // Leaving the step, or the page, must not lose the last words.
  useEffect(() => {
    const leave = () => void flush().catch(() => undefined);
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      leave();
    };
  }, [flush]);

  return useMemo(
    () => ({
      typed,
      echoOf: (ask) => echoes.find((echo) => echo.ask === ask && echo.typed === (typed[ask] ?? '')),
      type(ask, text) {
        const next = { ...typed, [ask]: text };
        setTyped(next);
        unsaved.current = next;
        clearTimeout(timer.current);
        timer.current = setTimeout(() => void flush().catch(() => undefined), SAVE_AFTER_MS);
      },
      flush,
      isSaving,
      problem,
    }),
    [typed, echoes, flush, isSaving, problem],
  );
}
