import type { Doorkeeper, LiveCell, Principal } from '#server/cells/live-cell.ts';
import type { CellsTable } from '#server/store/cells-table.ts';
import type { Participant, ParticipantsTable } from '#server/store/participants-table.ts';
import { hashOfToken, isSame, keyOf, newParticipantId, newToken } from './keys.ts';

export interface ParticipantsOptions {
  readonly table: ParticipantsTable;
  readonly cells: Pick<CellsTable, 'isMember'>;
  /** Wakes a cell for a door of this process. */
  readonly findCell: (id: string) => Promise<LiveCell | undefined>;
  /** From which all keys follow. */
  readonly secret: Buffer;
  /** Wall time in ms since 1970. */
  readonly now: () => number;
}

export const COOKIE_DAYS = 90;

/** Who takes part, what opens the doors for them, and which cells are theirs. */
export class Participants implements Doorkeeper {
  constructor(private readonly options: ParticipantsOptions) {}

  /** An anonymous participant who has no cell yet; `newId` is asked until nobody has that name. */
  async create(newId = newParticipantId): Promise<Participant> {
    const { table, now } = this.options;
    let id = newId();
    while (await table.find(id)) id = newId();
    await table.add(id, now());
    return { id, role: 'participant', keyVersion: 1, currentCell: undefined };
  }

  find(id: string): Promise<Participant | undefined> {
    return this.options.table.find(id);
  }

  keyOf({ id, keyVersion }: Participant): string {
    return keyOf(this.options.secret, id, keyVersion);
  }

  /** A new key in place of the one that may be known to others. Only the browser of this token stays signed in. */
  async renewKey(id: string, token: string): Promise<void> {
    await this.options.table.revokeKey(id, hashOfToken(token));
  }

  isMember(cell: string, participant: string): Promise<boolean> {
    return this.options.cells.isMember(cell, participant);
  }

  /** The participant of this id and key. A wrong id takes as long as a wrong key. */
  async identify(id: string, key: string): Promise<Participant | undefined> {
    const found = await this.options.table.find(id);
    const wanted = keyOf(this.options.secret, id, found?.keyVersion ?? 0);
    return isSame(wanted, key) ? found : undefined;
  }

  /** User name `p-7k3f9q` leads to the current cell, `p-7k3f9q.c-...` to another one of the participant's. */
  async admit(userName: string, key: string): Promise<Principal | undefined> {
    const dot = userName.indexOf('.');
    const id = dot < 0 ? userName : userName.slice(0, dot);
    const participant = await this.identify(id, key);
    return participant && this.lead(participant, dot < 0 ? undefined : userName.slice(dot + 1));
  }

  /** A browser that is signed in from now on: what goes into its cookie. */
  async signIn(participant: string): Promise<string> {
    const token = newToken();
    await this.options.table.addSession(hashOfToken(token), participant, this.options.now());
    return token;
  }

  /** Makes a cell the one to which the key leads. Nothing is checked: the caller knows that it is theirs. */
  moveTo(participant: string, cell: string): Promise<void> {
    return this.options.table.setCurrentCell(participant, cell);
  }

  async findSignedIn(token: string): Promise<Participant | undefined> {
    const { table, now } = this.options;
    const id = await table.findSession(hashOfToken(token), now() - COOKIE_DAYS * 86_400_000);
    return id === undefined ? undefined : table.find(id);
  }

  /** Where a login leads: the participant's current cell, or the one that was named if it is theirs. */
  async lead({ id, currentCell }: Participant, named?: string): Promise<Principal | undefined> {
    const cellId = named ?? currentCell;
    if (cellId === undefined || !(await this.isMember(cellId, id))) return undefined;
    const cell = await this.options.findCell(cellId);
    return cell && { participant: id, cell };
  }
}
