import type { Grading } from '#server/labs/grading.ts';
import type { Handlers } from './endpoint.ts';

/** /api/grading: what teachers do with attempts. */
export function gradingHandlers(
  grading: Grading,
): Handlers<'attemptsToGrade' | 'gradedAttempt' | 'giveMark' | 'setTeam'> {
  return {
    attemptsToGrade: ({ query }) => grading.list(query.lab, query.language),

    gradedAttempt: ({ params, query }) => grading.view(params.attempt, query.language),

    giveMark: ({ params, query, body, caller }) =>
      grading.mark(caller.participant.id, params.attempt, body, query.language),

    setTeam: ({ params, query, body, caller }) =>
      grading.team(caller.participant.id, params.attempt, body.members.map(member), query.language),
  };
}

const member = ({ participant, role }: { participant: string; role?: string | undefined }) => ({
  participant,
  ...(role !== undefined && { role }),
});
