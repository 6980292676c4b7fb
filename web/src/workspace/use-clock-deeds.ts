import type { ClockState, RunUntilRequest, SpeedRequest, StepRequest } from '#contract/clock.ts';
import { useCallback, useMemo, useState } from 'react';
import { call } from '../live/api.ts';
import { useSession } from '../live/use-session.ts';

export interface ClockDeeds {
  readonly problem: unknown;
  readonly setSpeed: (request: SpeedRequest) => void;
  readonly togglePause: () => void;
  readonly runUntil: (request: RunUntilRequest) => void;
  readonly step: (by: StepRequest['by']) => void;
  readonly reset: () => void;
}

/** What a participant may do to time. The clock shows the outcome at once, not when the broker says so. */
export function useClockDeeds(): ClockDeeds {
  const { cell, clock } = useSession();
  const [problem, setProblem] = useState<unknown>();
  const params = useMemo(() => ({ cell: cell.id }), [cell.id]);
  const deed = useCallback(
    (asked: Promise<ClockState>) => {
      setProblem(undefined);
      asked.then((state) => clock.set(state, true), setProblem);
    },
    [clock],
  );
  return useMemo(() => {
    const setSpeed = (body: SpeedRequest) => deed(call('speed', { params, body }));
    return {
      problem,
      setSpeed,
      togglePause: () => setSpeed({ paused: !clock.state.paused }),
      runUntil: (body: RunUntilRequest) => deed(call('runUntil', { params, body })),
      step: (by: StepRequest['by']) => deed(call('step', { params, body: { by } })),
      reset: () => deed(call('reset', { params })),
    };
  }, [problem, deed, params, clock]);
}
