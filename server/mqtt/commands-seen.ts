import { LRUCache } from 'lru-cache';

const REMEMBERED = 1000;

interface Seen {
  readonly actor: string;
  readonly atMs: number;
}

/** Ids of commands that came lately: a sender may repeat its own, and is answered as before, but nobody that of another. */
export class CommandsSeen {
  private readonly byId = new LRUCache<string, Seen>({ max: REMEMBERED });

  /** Whether somebody else sent this id within that time. Remembers it if not. */
  isRepeated(id: string, actor: string, nowMs: number, withinMs: number): boolean {
    const known = this.byId.peek(id);
    if (known && known.actor !== actor && nowMs - known.atMs <= withinMs) return true;
    this.byId.set(id, { actor, atMs: nowMs });
    return false;
  }
}
