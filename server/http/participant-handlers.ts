import type { Me } from '#contract/participant.ts';
import type { CellHost } from '#server/cells/cell-host.ts';
import type { Participants } from '#server/classroom/participants.ts';
import type { Attempts } from '#server/labs/attempts.ts';
import type { Handlers } from './endpoint.ts';

export interface ParticipantHandlersOptions {
  readonly participants: Participants;
  readonly host: Pick<CellHost, 'openSandbox'>;
  readonly attempts: Pick<Attempts, 'findOfCell'>;
}

/** /api/try and /api/me */
export function participantHandlers({
  participants,
  host,
  attempts,
}: ParticipantHandlersOptions): Handlers<'tryIt' | 'me'> {
  async function me(id: string): Promise<Me> {
    const participant = await participants.find(id);
    if (!participant) throw new Error(`Participant ${id} is gone.`);
    const { role } = participant;
    const cell = participant.currentCell ?? (await host.openSandbox(id));
    const attempt = await attempts.findOfCell(cell);
    return { id, key: participants.keyOf(participant), role, cell, ...(attempt !== undefined && { attempt }) };
  }

  return {
    async tryIt({ signIn }) {
      const participant = await participants.create();
      await host.openSandbox(participant.id);
      await signIn(participant);
      return me(participant.id);
    },

    me: ({ caller }) => me(caller.participant.id),
  };
}
