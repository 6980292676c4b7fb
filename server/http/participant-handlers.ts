import type { Me } from '#contract/participant.ts';
import { AppError } from '#server/errors.ts';
import type { CellHost } from '#server/cells/cell-host.ts';
import type { Participants } from '#server/classroom/participants.ts';
import type { Attempts } from '#server/labs/attempts.ts';
import type { Handlers } from './endpoint.ts';

export interface ParticipantHandlersOptions {
  readonly participants: Participants;
  readonly host: Pick<CellHost, 'openSandbox' | 'closeSessions' | 'closeSessionsOf' | 'isUnattended'>;
  readonly attempts: Pick<Attempts, 'findOfCell' | 'cellOf'>;
}

/** /api/try, /api/me with its key, and what leads the key to another cell. */
export function participantHandlers({
  participants,
  host,
  attempts,
}: ParticipantHandlersOptions): Handlers<'tryIt' | 'signIn' | 'me' | 'renewKey' | 'resume'> {
  async function me(id: string): Promise<Me> {
    const participant = await participants.find(id);
    if (!participant) throw new Error(`Participant ${id} is gone.`);
    const { role } = participant;
    const { currentCell } = participant;
    // A cell that was removed leads nowhere: whoever had it gets a new one.
    const isTheirs = currentCell !== undefined && (await participants.isMember(currentCell, id));
    const cell = isTheirs ? currentCell : await host.openSandbox(id);
    const attempt = await attempts.findOfCell(cell);
    return {
      ...{ id, key: participants.keyOf(participant), role, cell },
      ...(attempt !== undefined && { attempt }),
      ...(host.isUnattended(cell) && { isUnattended: true }),
    };
  }

  return {
    async tryIt({ signIn }) {
      const participant = await participants.create();
      await host.openSandbox(participant.id);
      await signIn(participant);
      return me(participant.id);
    },

    async signIn({ body: { id, key }, signIn }) {
      const participant = await participants.identify(id, key);
      if (!participant) {
        const hint = 'Copy both from "Connect your own tools" in the browser where you are signed in.';
        throw new AppError('wrong_key', 'The name or the key is wrong.', hint, 401);
      }
      await signIn(participant);
      return me(participant.id);
    },

    me: ({ caller }) => me(caller.participant.id),

    async renewKey({ caller: { participant, token = '' } }) {
      await participants.renewKey(participant.id, token);
      host.closeSessionsOf(participant.id, 'The key was replaced.');
      return me(participant.id);
    },

    async resume({ params, caller: { participant } }) {
      const cell = await attempts.cellOf(participant.id, params.attempt);
      const { currentCell } = participant;
      if (cell !== currentCell) {
        await participants.moveTo(participant.id, cell);
        if (currentCell) await host.closeSessions(currentCell, 'Your current cell is another one now.');
      }
      return me(participant.id);
    },
  };
}
