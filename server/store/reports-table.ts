import { randomBytes } from 'node:crypto';
import type { Report } from '#contract/report.ts';
import { AppError } from '#server/errors.ts';
import type { Store } from './open-store.ts';

export interface KeptReport extends Report {
  readonly receivedMs: number;
}

/** Whoever reads them should have done so by then. */
const MOST_REPORTS = 2_000;

/** Barriers that people reported. Who sent one is not kept, unless they wrote it. */
export class ReportsTable {
  constructor(private readonly store: Store) {}

  /** Durable once fulfilled. */
  async add(report: Report, receivedMs: number): Promise<void> {
    const { kept } = await this.store.db
      .selectFrom('reports')
      .select((is) => is.fn.countAll<number>().as('kept'))
      .executeTakeFirstOrThrow();
    if (kept >= MOST_REPORTS) {
      const hint = 'Tell whoever runs this server: `verkstad reports --clear` empties it.';
      throw new AppError('reports_full', 'The list of reports is full.', hint, 507);
    }
    const row = { id: randomBytes(8).toString('hex'), received_ms: Math.round(receivedMs), ...report };
    await this.store.commits.write(undefined, (tx) => tx.insertInto('reports').values(row).execute());
  }

  /** Oldest first. */
  async list(): Promise<KeptReport[]> {
    const rows = await this.store.db.selectFrom('reports').selectAll().orderBy('received_ms').execute();
    return rows.map(({ received_ms: receivedMs, page, text, contact }) => ({ receivedMs, page, text, contact }));
  }

  clear(): Promise<void> {
    return this.store.commits.write(undefined, (tx) => tx.deleteFrom('reports').execute());
  }
}
