import type { Kysely, Transaction } from 'kysely';
import { AppError } from '#server/errors.ts';
import type { Schema } from './schema.ts';

export type Tx = Transaction<Schema>;

/** Who writes rows of a cell. The write is refused once another host, or a later life of this one, has claimed it. */
export interface Owner {
  readonly cell: string;
  readonly host: string;
  readonly epoch: number;
}

interface Write {
  readonly owner: Owner | undefined;
  readonly work: (tx: Tx) => Promise<unknown>;
  readonly done: (error?: Error) => void;
}

const PROMPT_MS = 10;
const LAZY_MS = 800;

/**
 * Collects writes and commits many at once, so that the disk is asked to flush some dozens of times a second at most. A
 * promise is fulfilled when its write is on the disk. A write that fails takes no other with it.
 */
export class GroupCommit {
  private waiting: Write[] = [];
  private dueMs = Infinity;
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> = Promise.resolve();

  constructor(private readonly db: Kysely<Schema>) {}

  /** Durable within 20 ms on an idle server. */
  write(owner: Owner | undefined, work: (tx: Tx) => Promise<unknown>): Promise<void> {
    return this.add(owner, work, PROMPT_MS);
  }

  /** Durable within a second, or with whatever is written earlier. */
  writeSoon(owner: Owner | undefined, work: (tx: Tx) => Promise<unknown>): Promise<void> {
    return this.add(owner, work, LAZY_MS);
  }

  /** Fulfilled when everything handed over so far is on the disk. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.dueMs = Infinity;
    const batch = this.waiting;
    this.waiting = [];
    if (batch.length > 0) this.flushing = this.flushing.then(() => this.commit(batch));
    return this.flushing;
  }

  private add(owner: Owner | undefined, work: Write['work'], withinMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ owner, work, done: (error) => (error === undefined ? resolve() : reject(error)) });
      const dueMs = performance.now() + withinMs;
      if (dueMs >= this.dueMs) return;
      this.dueMs = dueMs;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.flush(), withinMs);
    });
  }

  private async commit(batch: readonly Write[]): Promise<void> {
    try {
      const refused = await this.attempt(batch);
      for (const write of batch) write.done(refused.get(write));
    } catch (error) {
      if (batch.length === 1) batch[0].done(error as Error);
      else for (const write of batch) await this.commit([write]);
    }
  }

  private attempt(batch: readonly Write[]): Promise<Map<Write, AppError>> {
    return this.db.transaction().execute(async (tx) => {
      const owners = await ownersOf(tx, batch);
      const refused = new Map<Write, AppError>();
      for (const write of batch) {
        if (write.owner && owners.get(write.owner.cell) !== ownerKey(write.owner))
          refused.set(write, lost(write.owner));
        else await write.work(tx);
      }
      return refused;
    });
  }
}

async function ownersOf(tx: Tx, batch: readonly Write[]): Promise<Map<string, string>> {
  const cells = [...new Set(batch.flatMap(({ owner }) => (owner ? [owner.cell] : [])))];
  const owners = new Map<string, string>();
  for (let n = 0; n < cells.length; n += 100) {
    const some = cells.slice(n, n + 100);
    const rows = await tx.selectFrom('cells').select(['id', 'host', 'epoch']).where('id', 'in', some).execute();
    for (const { id, host, epoch } of rows) owners.set(id, ownerKey({ host, epoch }));
  }
  return owners;
}

const ownerKey = ({ host, epoch }: Pick<Owner, 'host' | 'epoch'>): string => `${host} ${epoch}`;

const lost = ({ cell }: Owner): AppError =>
  new AppError('cell_moved', `Cell ${cell} is run by another server now.`, 'Connect again.', 409);
