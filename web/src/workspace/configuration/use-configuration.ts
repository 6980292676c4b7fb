import type { SettingState } from '#contract/configuration.ts';
import { useCallback, useEffect, useMemo } from 'react';
import { call } from '../../live/api.ts';
import { useAsk } from '../../live/use-ask.ts';
import { useClock, useSession } from '../../live/use-session.ts';

/** Others may set things too, over other doors. */
const AGAIN_MS = 5000;

export interface KnownSettings {
  readonly byPath: ReadonlyMap<string, SettingState>;
  readonly problem: unknown;
  readonly ask: () => void;
}

/** All settings as they are now, asked again every few seconds and after a reset. */
export function useConfiguration(): KnownSettings {
  const { cell } = useSession();
  const { run } = useClock();
  const question = useCallback(
    (signal: AbortSignal) => call('configuration', { params: { cell: cell.id }, signal }),
    // A reset begins with usual settings.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [cell.id, run],
  );
  const { answer, problem, ask } = useAsk(question);
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && ask(), AGAIN_MS);
    return () => clearInterval(timer);
  }, [ask]);
  const byPath = useMemo(() => new Map(answer?.settings.map((each) => [each.path, each])), [answer]);
  return { byPath, problem, ask };
}
