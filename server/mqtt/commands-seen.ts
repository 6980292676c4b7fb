const REMEMBERED = 1000;

interface Seen {
  readonly actor: string;
  readonly atMs: number;
}

/** Ids of commands that came lately: a sender may repeat its own, and is answered as before, but nobody that of another. */
export class CommandsSeen {
  private readonly byId = new Map<string, Seen>();

  /** Whether somebody else sent this id within that time. Remembers it if not. */
  isRepeated(id: string, actor: string, nowMs: number, withinMs: number): boolean {
    const known = this.byId.get(id);
    if (known && known.actor !== actor && nowMs - known.atMs <= withinMs) return true;
    this.byId.delete(id);
    this.byId.set(id, { actor, atMs: nowMs });
    if (this.byId.size > REMEMBERED) this.byId.delete(this.byId.keys().next().value ?? id);
    return false;
  }
}
