import type { Attempts } from '#server/labs/attempts.ts';
import type { WhereaboutsTable } from '#server/store/whereabouts-table.ts';
import type { Handlers } from './endpoint.ts';

/** /api/attempts/:attempt/whereabouts */
export function whereaboutsHandlers(
  attempts: Pick<Attempts, 'cellOf' | 'expectCheck'>,
  table: WhereaboutsTable,
): Handlers<'whereabouts' | 'putWhereabouts'> {
  return {
    async whereabouts({ params: { attempt }, caller }) {
      await attempts.cellOf(caller.participant.id, attempt);
      return table.of(attempt);
    },

    async putWhereabouts({ params: { attempt }, body, caller }) {
      await attempts.cellOf(caller.participant.id, attempt);
      await table.put(attempt, body);
      if (body.step !== undefined) attempts.expectCheck(caller.participant.id, attempt, body.step);
      return body;
    },
  };
}
