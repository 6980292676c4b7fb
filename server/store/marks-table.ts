import type { KeptMark } from '#server/labs/marks.ts';
import type { Store } from './open-store.ts';

/** Points that people gave. Nothing is ever changed or deleted: the newest for a check or an item is the one that counts. */
export class MarksTable {
  constructor(private readonly store: Store) {}

  /** All of an attempt, oldest first. */
  async of(attempt: string): Promise<KeptMark[]> {
    const rows = await this.store.db
      .selectFrom('marks')
      .selectAll()
      .where('attempt', '=', attempt)
      .orderBy('n')
      .execute();
    return rows.map(({ kind, step, item, points, reason, given_by: by, given_ms: atMs }) => ({
      ...{ kind, step, item, points, reason, by, atMs },
    }));
  }

  add(attempt: string, { kind, step, item, points, reason, by, atMs }: KeptMark): Promise<void> {
    return this.store.commits.write(undefined, async (tx) => {
      const { last } = await tx
        .selectFrom('marks')
        .select((is) => is.fn.max('n').as('last'))
        .where('attempt', '=', attempt)
        .executeTakeFirstOrThrow();
      const row = { kind, step, item, points, reason, given_by: by, given_ms: Math.round(atMs) };
      await tx
        .insertInto('marks')
        .values({ attempt, n: (last ?? 0) + 1, ...row })
        .execute();
    });
  }
}
