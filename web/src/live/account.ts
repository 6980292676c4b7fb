import type { AttemptView } from '#contract/lab-view.ts';
import type { Me } from '#contract/participant.ts';
import type { Language } from '#contract/text.ts';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { call } from './api.ts';
import { RequestProblem } from './problem.ts';

export interface Account {
  /** Undefined while unknown, null for nobody. */
  readonly me: Me | null | undefined;
  readonly problem: unknown;
  /** Opens a participant with a line of their own. */
  readonly tryIt: () => Promise<Me>;
  /** Starts a lab; it brings a line of its own. */
  readonly startLab: (lab: string, language: Language) => Promise<AttemptView>;
  /** Asks again who is signed in and where the key leads. */
  readonly refresh: () => Promise<void>;
}

const KNOWN = 'verkstad.known';

/** Who is signed in. A browser that never was does not even ask, so its console stays clean. */
export function useAccount(mustAsk: boolean): Account {
  const [me, setMe] = useState<Me | null>();
  const [problem, setProblem] = useState<unknown>();

  const know = useCallback((found: Me | null) => {
    if (found) localStorage.setItem(KNOWN, '1');
    else localStorage.removeItem(KNOWN);
    setMe((before) => (JSON.stringify(before) === JSON.stringify(found) ? before : found));
    setProblem(undefined);
  }, []);

  const refresh = useCallback(async () => {
    try {
      know(await call('me', {}));
    } catch (error) {
      if (error instanceof RequestProblem && error.status === 401) know(null);
      else setProblem(error);
    }
  }, [know]);

  useEffect(() => {
    if (mustAsk || localStorage.getItem(KNOWN)) void refresh();
    else setMe(null);
  }, [mustAsk, refresh]);

  return useMemo(
    () => ({
      me,
      problem,
      refresh,
      async tryIt() {
        const made = await call('tryIt', {});
        know(made);
        return made;
      },
      async startLab(lab, language) {
        const attempt = await call('startAttempt', { body: { lab }, query: { language } });
        await refresh();
        return attempt;
      },
    }),
    [me, problem, refresh, know],
  );
}
