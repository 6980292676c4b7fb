import type { CellHost } from '#server/cells/cell-host.ts';
import type { Handlers } from './endpoint.ts';

/** /api/cells/:cell/sql */
export function sqlHandlers(host: CellHost): Handlers<'sql'> {
  return {
    async sql({ params: { cell }, body, caller: { participant, client } }) {
      const result = await host.sql(cell, body, participant.id);
      const { tables, signals, fromUs, toUs } = result.read;
      const who = { participant: participant.id, client };
      const rows = result.rows.length;
      await host.record(cell, { kind: 'sql', ...who, query: body.sql, tables, signals, fromUs, toUs, rows });
      if (signals.length > 0)
        await host.record(cell, { kind: 'history.read', via: 'sql', ...who, signals, fromUs, toUs });
      return result;
    },
  };
}
