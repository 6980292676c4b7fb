import { Whereabouts } from '#contract/whereabouts.ts';
import type { Store } from './open-store.ts';

/** Where participants are in their attempts. */
export class WhereaboutsTable {
  constructor(private readonly store: Store) {}

  /** Nowhere in particular for an attempt that nobody has moved about in. */
  async of(attempt: string): Promise<Whereabouts> {
    const row = await this.store.db
      .selectFrom('whereabouts')
      .select('place')
      .where('attempt', '=', attempt)
      .executeTakeFirst();
    return row ? Whereabouts.parse(JSON.parse(row.place)) : {};
  }

  put(attempt: string, whereabouts: Whereabouts): Promise<void> {
    const place = JSON.stringify(whereabouts);
    return this.store.commits.write(undefined, (tx) =>
      tx
        .insertInto('whereabouts')
        .values({ attempt, place })
        .onConflict((same) => same.column('attempt').doUpdateSet({ place }))
        .execute(),
    );
  }
}
