import type { Store } from './open-store.ts';

export interface Participant {
  readonly id: string;
  readonly role: 'participant' | 'teacher';
  readonly keyVersion: number;
  readonly currentCell: string | undefined;
}

/** People and the browsers in which they are signed in. */
export class ParticipantsTable {
  constructor(private readonly store: Store) {}

  add(id: string, nowMs: number): Promise<void> {
    return this.store.commits.write(undefined, (tx) =>
      tx.insertInto('participants').values({ id, role: 'participant', key_version: 1, created_ms: nowMs }).execute(),
    );
  }

  async find(id: string): Promise<Participant | undefined> {
    const row = await this.store.db.selectFrom('participants').selectAll().where('id', '=', id).executeTakeFirst();
    if (!row) return undefined;
    return { id, role: row.role, keyVersion: row.key_version, currentCell: row.current_cell ?? undefined };
  }

  setCurrentCell(id: string, cell: string): Promise<void> {
    return this.store.commits.write(undefined, (tx) =>
      tx.updateTable('participants').set({ current_cell: cell }).where('id', '=', id).execute(),
    );
  }

  /**
   * Makes the key of a participant worthless, a new one follows from the new version; and signs all their browsers out but
   * the one of this token.
   */
  async revokeKey(id: string, exceptTokenHash: string): Promise<void> {
    await this.store.commits.write(undefined, async (tx) => {
      const next = tx.updateTable('participants').set((is) => ({ key_version: is('key_version', '+', 1) }));
      await next.where('id', '=', id).execute();
      const browsers = tx.deleteFrom('sessions').where('participant', '=', id);
      await browsers.where('token_hash', '!=', exceptTokenHash).execute();
    });
  }

  addSession(tokenHash: string, participant: string, nowMs: number): Promise<void> {
    const row = { token_hash: tokenHash, participant, created_ms: nowMs, seen_ms: nowMs };
    return this.store.commits.write(undefined, (tx) => tx.insertInto('sessions').values(row).execute());
  }

  async findSession(tokenHash: string, notBeforeMs: number): Promise<string | undefined> {
    const row = await this.store.db
      .selectFrom('sessions')
      .select('participant')
      .where('token_hash', '=', tokenHash)
      .where('created_ms', '>=', notBeforeMs)
      .executeTakeFirst();
    return row?.participant;
  }
}
