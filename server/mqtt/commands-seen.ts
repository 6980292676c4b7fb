import { LRUCache } from 'lru-cache';

const REMEMBERED = 1000;

interface Seen {
  readonly actor: string;
  readonly atMs: number;
}

/** Ids of commands that came lately: a sender may repeat its own, and is answered as before, but nobody that of another. */
export class CommandsSeen {
  /** Made for the first command: it takes its whole room at once, and most lines get none by MQTT. */
  private byId: LRUCache<string, Seen> | undefined;

  /** Whether somebody else sent this id within that time. Remembers it if not. */
  isRepeated(id: string, actor: string, nowMs: number, withinMs: number): boolean {
    this.byId ??= new LRUCache({ max: REMEMBERED });
    const known = this.byId.peek(id);
    if (known && known.actor !== actor && nowMs - known.atMs <= withinMs) return true;
    this.byId.set(id, { actor, atMs: nowMs });
    return false;
  }
}
