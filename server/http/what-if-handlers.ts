import type { CellHost } from '#server/cells/cell-host.ts';
import type { Handlers } from './endpoint.ts';

/** /api/cells/:cell/what-if */
export function whatIfHandlers(host: CellHost): Handlers<'whatIf'> {
  return {
    async whatIf({ params: { cell }, body, caller: { participant, client } }) {
      const result = await host.whatIf(cell, body, participant.id);
      const { forks, hours, variants } = body;
      const targets = [...new Set(variants.flatMap(({ changes }) => changes.map(({ target }) => target)))];
      await host.record(cell, {
        ...{ kind: 'what-if', participant: participant.id, client },
        ...{ forks, hours, variants: variants.length, targets },
      });
      return result;
    },
  };
}
