import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { Text } from '#contract/text.ts';
import { z } from 'zod';
import { call } from '../../live/api.ts';
import { useAsk } from '../../live/use-ask.ts';
import { useFollowedSignals, useSession } from '../../live/use-session.ts';

const SETTLES_MS = 200;

/** An alarm as `Alarms.All` describes it; lengths of time in seconds of plant time. */
const AlarmView = z.object({
  ...{ number: z.number(), id: z.string(), signal: z.string(), kind: z.string(), state: z.number() },
  ...{ enabled: z.boolean(), limit: z.number(), deadband: z.number(), onDelayS: z.number(), offDelayS: z.number() },
  ...{ priority: z.enum(['low', 'medium', 'high', 'urgent']), class: z.string(), consequence: Text },
  ...{ raised: z.number(), latching: z.boolean(), created: z.boolean(), maxShelfS: z.number() },
  quality: z.enum(['Good', 'Bad']),
  setpoint: z.union([z.number(), z.string()]).optional(),
  suppressedIf: z.string().optional(),
  shelvedUntilS: z.number().optional(),
});
export type AlarmView = z.infer<typeof AlarmView>;
const Listed = z.object({ alarms: z.array(AlarmView) });

const STATE = /^Alarms\.\w+\.State$/;

/** All states of alarms as one text: it changes whenever one of them does. */
export function useAlarmStates(): string {
  const session = useSession();
  const paths = useMemo(
    () => session.signalsOf('Alarms').flatMap(({ path }) => (STATE.test(path) ? path : [])),
    [session],
  );
  useFollowedSignals(paths);
  const watch = useCallback(
    (listener: () => void) => {
      const leave = paths.map((path) => session.signals.watch(path, listener));
      return () => leave.forEach((stop) => stop());
    },
    [session, paths],
  );
  return useSyncExternalStore(watch, () => paths.map((path) => session.signals.get(path)?.value ?? '').join(' '));
}

/** The alarms of the line, asked for anew whenever one of them changes its state. */
export function useAlarms(states: string) {
  const { cell } = useSession();
  const asked = useAsk(
    useCallback(
      async (signal: AbortSignal): Promise<readonly AlarmView[]> => {
        const { capture } = await call('capture', {
          params: { cell: cell.id, capture: 'Alarms.All' },
          query: {},
          signal,
        });
        return capture.kind === 'document' ? Listed.parse(capture.content).alarms : [];
      },
      [cell.id],
    ),
  );
  const { ask } = asked;
  useEffect(() => {
    // States come one by one: the question waits for the last of them.
    const soon = setTimeout(ask, SETTLES_MS);
    return () => clearTimeout(soon);
  }, [states, ask]);
  return asked;
}
