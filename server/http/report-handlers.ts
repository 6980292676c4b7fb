import type { ReportsTable } from '#server/store/reports-table.ts';
import type { Handlers } from './endpoint.ts';

/** /api/reports */
export function reportHandlers(reports: Pick<ReportsTable, 'add'>, now: () => number): Handlers<'report'> {
  return {
    async report({ body }) {
      const receivedMs = now();
      await reports.add(body, receivedMs);
      return { receivedMs };
    },
  };
}
