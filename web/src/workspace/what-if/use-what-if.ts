import type { ParameterView } from '#contract/cell-view.ts';
import type { WhatIfRequest, WhatIfResult } from '#contract/what-if.ts';
import { useCallback, useMemo } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { call } from '../../live/api.ts';
import { type Asked, type Deed, useAsk, useDeed } from '../../live/use-ask.ts';
import { useDraft } from '../../live/use-draft.ts';
import { useKept } from '../../live/use-kept.ts';
import { useSession } from '../../live/use-session.ts';
import { announce } from '../../ui/announcer.tsx';
import { FIRST_PLAN, Plan, requestOf } from './plan.ts';

export type Setting = number | string | boolean;

/** An answer, and the question that it was given to. */
export interface Answered {
  readonly plan: Plan;
  readonly result: WhatIfResult;
}

export interface WhatIfDesk {
  readonly plan: Plan;
  readonly change: (more: Partial<Plan>) => void;
  /** The storage of this browser is full. */
  readonly isUnkept: boolean;
  readonly parameters: ReadonlyMap<string, ParameterView>;
  /** The question as the server takes it, if nothing is wrong with it. */
  readonly request: WhatIfRequest | undefined;
  /** The present values of all settings, by path. */
  readonly present: Asked<ReadonlyMap<string, Setting>>;
  readonly running: Deed<[WhatIfRequest], void>;
  readonly answered: Answered | undefined;
}

/** The question that is being put together and the last answer; both are still there when one comes back to the tab. */
export function useWhatIf(): WhatIfDesk {
  const { t } = useWords();
  const { cell } = useSession();
  const { value: plan, type, isUnkept } = useDraft('what-if', Plan, FIRST_PLAN);
  const [answered, setAnswered] = useKept<Answered | undefined>('whatIf.answered', () => undefined);
  const parameters = useMemo(
    () => new Map(cell.stations.flatMap((station) => station.parameters.map((each) => [each.path, each] as const))),
    [cell],
  );
  const present = useAsk(
    useCallback(
      async (signal: AbortSignal) => {
        const { settings } = await call('configuration', { params: { cell: cell.id }, signal });
        return new Map(settings.map(({ path, value }) => [path, value]));
      },
      [cell.id],
    ),
  );
  const running = useDeed(
    useCallback(
      async (body: WhatIfRequest) => {
        const result = await call('whatIf', { params: { cell: cell.id }, body });
        setAnswered({ plan, result });
        announce(t('whatIf.done'));
      },
      [cell.id, plan, setAnswered, t],
    ),
  );
  return {
    ...{ plan, isUnkept, parameters, present, running, answered },
    change: useCallback((more) => type({ ...plan, ...more }), [type, plan]),
    request: requestOf(plan, parameters, t('whatIf.asItIs')),
  };
}
