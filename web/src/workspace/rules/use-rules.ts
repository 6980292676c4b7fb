import { useCallback } from 'react';
import { z } from 'zod';
import { call } from '../../live/api.ts';
import { useAsk } from '../../live/use-ask.ts';
import { useSession } from '../../live/use-session.ts';

const Listed = z.object({
  rules: z.array(z.object({ number: z.number(), id: z.string(), definition: z.unknown() })),
});
export type ListedRule = z.infer<typeof Listed>['rules'][number];

/** The rules of the line, as they were defined. */
export function useRules() {
  const { cell } = useSession();
  return useAsk(
    useCallback(
      async (signal: AbortSignal): Promise<readonly ListedRule[]> => {
        const { capture } = await call('capture', {
          params: { cell: cell.id, capture: 'Rules.All' },
          query: {},
          signal,
        });
        return capture.kind === 'document' ? Listed.parse(capture.content).rules : [];
      },
      [cell.id],
    ),
  );
}
