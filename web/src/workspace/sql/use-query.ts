import type { SqlRequest, SqlResult } from '#contract/sql.ts';
import { useCallback, useState } from 'react';
import { z } from 'zod';
import { call } from '../../live/api.ts';
import { useDeed } from '../../live/use-ask.ts';
import { useDraft } from '../../live/use-draft.ts';
import { useKept } from '../../live/use-kept.ts';
import { useSession } from '../../live/use-session.ts';
import { EXAMPLES } from './examples.ts';

const HOUR_US = 3600e6;
const FIRST = { sql: EXAMPLES.cycles, hours: 8 };

const Wish = z
  .object({
    sql: z.string(),
    /** Hours back from now; absent for all. */
    hours: z.number().optional(),
    everyS: z.number().optional(),
  })
  .readonly();
type Wish = z.infer<typeof Wish>;

interface Answered {
  readonly request: SqlRequest;
  readonly result: SqlResult;
}

/** What the participant asks and what came of it. The query stays as typed, also once it was run, and after a reload. */
export function useQuery() {
  const { cell, clock } = useSession();
  const { value: wish, type, isUnkept } = useDraft('sql', Wish, FIRST);
  const [answered, setAnswered] = useKept<Answered | undefined>('data.answer', () => undefined);
  const [asked, setAsked] = useState('');
  const deed = useDeed(
    useCallback(
      async ({ sql, hours, everyS }: Wish) => {
        const fromUs = hours === undefined ? 0 : Math.max(0, Math.round(clock.nowUs() - hours * HOUR_US));
        const request: SqlRequest = { sql, fromUs, ...(everyS !== undefined && { everyS }) };
        setAsked(sql);
        const result = await call('sql', { params: { cell: cell.id }, query: {}, body: request });
        setAnswered({ request: { ...request, toUs: result.read.toUs }, result });
        return result;
      },
      [cell.id, clock, setAnswered],
    ),
  );
  const change = useCallback((next: Partial<Wish>) => type({ ...wish, ...next }), [type, wish]);
  return { wish, change, isUnkept, answered, asked, ...deed };
}
