import type { SqlRequest, SqlResult } from '#contract/sql.ts';
import { useCallback, useState } from 'react';
import { call } from '../../live/api.ts';
import { useDeed } from '../../live/use-ask.ts';
import { useKept } from '../../live/use-kept.ts';
import { useSession } from '../../live/use-session.ts';
import { EXAMPLES } from './examples.ts';

const KEY = 'verkstad.sql';
const HOUR_US = 3600e6;

interface Wish {
  readonly sql: string;
  /** Hours back from now; undefined for all. */
  readonly hours: number | undefined;
  readonly everyS: number | undefined;
}

interface Answered {
  readonly request: SqlRequest;
  readonly result: SqlResult;
}

/** What the participant asks and what came of it. The query stays as typed, here and after a reload. */
export function useQuery() {
  const { cell, clock } = useSession();
  const [wish, setWish] = useKept<Wish>('data.wish', () => ({ sql: stored(), hours: 8, everyS: undefined }));
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
  const change = useCallback(
    (next: Partial<Wish>) =>
      setWish((before) => {
        const made = { ...before, ...next };
        localStorage.setItem(KEY, made.sql);
        return made;
      }),
    [setWish],
  );
  return { wish, change, answered, asked, ...deed };
}

const stored = (): string => localStorage.getItem(KEY) ?? EXAMPLES.cycles;
