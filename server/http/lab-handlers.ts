import type { Attempts } from '#server/labs/attempts.ts';
import type { Handlers } from './endpoint.ts';

type LabRoutes =
  'labs' | 'lab' | 'startAttempt' | 'attempt' | 'saveAnswers' | 'checkStep' | 'showHint' | 'resetStep' | 'picture';
type RecordRoutes = 'curriculum' | 'record';

/** /api/labs and /api/attempts */
export function labHandlers(attempts: Attempts): Handlers<LabRoutes | RecordRoutes> {
  return {
    labs: async ({ query }) => attempts.list(query.language),

    curriculum: async ({ query }) => attempts.curriculum(query.language),

    record: ({ query, caller }) => attempts.record(caller.participant.id, query.language),

    lab: async ({ params: { area, lab }, query }) => attempts.summary(`${area}/${lab}`, query.language),

    startAttempt: ({ body, query, caller }) => attempts.start(caller.participant.id, body.lab, query.language),

    attempt: ({ params, query, caller }) => attempts.view(caller.participant.id, params.attempt, query.language),

    saveAnswers: ({ params: { attempt, step }, query, body, caller }) =>
      attempts.saveAnswers(caller.participant.id, attempt, step, body.answers, query.language, body.typedMs),

    checkStep: ({ params: { attempt, step }, query, caller }) =>
      attempts.check(caller.participant.id, attempt, step, query.language),

    showHint: ({ params: { attempt, step }, query, caller }) =>
      attempts.hint(caller.participant.id, attempt, step, query.language),

    picture: ({ params: { attempt, picture }, caller }) => attempts.picture(caller.participant.id, attempt, picture),

    resetStep: ({ params: { attempt, step }, query, caller }) =>
      attempts.resetStep(caller.participant.id, attempt, step, query.language),
  };
}
