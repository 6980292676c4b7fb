import { useCallback, useMemo, useState } from 'react';
import type { z } from 'zod';
import { dropDraft, findDraft, keepDraft } from './kept-drafts.ts';
import { useSession } from './use-session.ts';

interface Draft<T> {
  readonly value: T;
  /** As typed: kept in this browser for this viewer and line, until it is sent. */
  readonly type: (next: T) => void;
  /** Puts something in the form that nobody typed, and forgets what was. */
  readonly put: (next: T) => void;
  /** It was sent: nothing is kept any more, and the form stays as it is. */
  readonly settle: () => void;
  /** The storage of this browser is full: it is in this page only. */
  readonly isUnkept: boolean;
}

/** The state of a form that is there again when its pane is opened again, also after the page was left. */
export function useDraft<T>(name: string, shape: z.ZodType<T>, initial: T): Draft<T> {
  const { kept, me, cell } = useSession();
  const place = useMemo(() => ({ viewer: me.id, cell: cell.id, name }), [me.id, cell.id, name]);
  const inPage = `draft/${name}`;
  const [value, setValue] = useState<T>(() => {
    if (kept.has(inPage)) return kept.get(inPage) as T;
    return shape.safeParse(findDraft(place)).data ?? initial;
  });
  const [isUnkept, setUnkept] = useState(false);
  const show = useCallback(
    (next: T) => {
      kept.set(inPage, next);
      setValue(next);
    },
    [kept, inPage],
  );
  const settle = useCallback(() => {
    dropDraft(place);
    setUnkept(false);
  }, [place]);
  return {
    ...{ value, settle, isUnkept },
    type: useCallback(
      (next: T) => {
        show(next);
        setUnkept(!keepDraft(place, next));
      },
      [show, place],
    ),
    put: useCallback(
      (next: T) => {
        show(next);
        settle();
      },
      [show, settle],
    ),
  };
}
