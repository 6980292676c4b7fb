import type { TeamMember } from '#contract/facts.ts';
import type { TeamChange } from '#contract/grading.ts';
import type { Tx } from './group-commit.ts';
import type { Store } from './open-store.ts';

/** Who works on an attempt together, now and before. Whoever works alone has no team. */
export class TeamsTable {
  constructor(private readonly store: Store) {}

  /** Those who are in it now, in the order in which they came; undefined if there is no team. */
  async find(attempt: string): Promise<readonly TeamMember[] | undefined> {
    const rows = await this.store.db
      .selectFrom('team_members')
      .select(['participant', 'role'])
      .where('attempt', '=', attempt)
      .where('left_ms', 'is', null)
      .orderBy('n')
      .execute();
    if (rows.length === 0) return undefined;
    return rows.map(({ participant, role }) => ({ participant, ...(role !== '' && { role }) }));
  }

  /** Everyone who ever was in it, and who changed that, oldest first. */
  async history(attempt: string): Promise<TeamChange[]> {
    const rows = await this.store.db
      .selectFrom('team_members')
      .selectAll()
      .where('attempt', '=', attempt)
      .orderBy('n')
      .execute();
    return rows.map(({ participant, role, joined_ms: joinedMs, left_ms: leftMs, changed_by: by }) => ({
      ...{ participant, joinedMs, by },
      ...(role !== '' && { role }),
      ...(leftMs !== null && { leftMs }),
    }));
  }

  /** The team from now on. Its members may use the cell of the attempt; who has left, may no more. */
  set(attempt: string, members: readonly TeamMember[], by: string, nowMs: number): Promise<void> {
    return this.store.commits.write(undefined, async (tx) => {
      const { cell, participant: owner } = await tx
        .selectFrom('attempts')
        .select(['cell', 'participant'])
        .where('id', '=', attempt)
        .executeTakeFirstOrThrow();
      const before = await tx.selectFrom('team_members').selectAll().where('attempt', '=', attempt).execute();
      const atMs = Math.round(nowMs);
      const stays = ({ participant, role }: { participant: string; role: string }) =>
        members.some((one) => one.participant === participant && (one.role ?? '') === role);
      const inIt = before.filter(({ left_ms }) => left_ms === null);
      for (const { n } of inIt.filter((one) => !stays(one)))
        await tx
          .updateTable('team_members')
          .set({ left_ms: atMs, changed_by: by })
          .where('attempt', '=', attempt)
          .where('n', '=', n)
          .execute();
      const come = members.filter((one) => !inIt.some((old) => stays(old) && old.participant === one.participant));
      let n = before.length;
      for (const { participant, role = '' } of come) {
        const row = { attempt, n: ++n, participant, role, joined_ms: atMs, left_ms: null, changed_by: by };
        await tx.insertInto('team_members').values(row).execute();
      }
      const gone = inIt.map(({ participant }) => participant).filter((one) => one !== owner);
      if (gone.length > 0)
        await tx.deleteFrom('members').where('cell', '=', cell).where('participant', 'in', gone).execute();
      await admit(tx, cell, members);
    });
  }
}

/** Lets the members of a team use a cell. */
export async function admit(tx: Tx, cell: string, team: readonly Pick<TeamMember, 'participant'>[]): Promise<void> {
  if (team.length === 0) return;
  await tx
    .insertInto('members')
    .values(team.map(({ participant }) => ({ cell, participant })))
    .onConflict((same) => same.columns(['cell', 'participant']).doNothing())
    .execute();
}
