import { AppError } from '#server/errors.ts';
import type { CellLogs, LastClock } from '#server/store/cell-logs.ts';
import type { CellRow, CellsTable } from '#server/store/cells-table.ts';
import type { Store } from '#server/store/open-store.ts';
import type { Cell } from '#simulator/cell/cell.ts';
import type { Asked, CellJobs } from './cell-jobs.ts';
import { CommandBudgets } from './command-budgets.ts';
import { Concealed } from './concealed.ts';
import type { Lives } from './lives.ts';
import { LocalCell } from './local-cell.ts';
import { OneByOne } from './one-by-one.ts';
import { StoredKeeper } from './stored-keeper.ts';

export interface AwakeOptions {
  readonly store: Store;
  readonly cells: CellsTable;
  readonly logs: CellLogs;
  readonly lives: Lives;
  readonly jobs: CellJobs;
  readonly now: () => number;
  readonly host: string;
  readonly beatMs: number;
  readonly placeMs: number;
}

/** A cell that is awake. */
export interface Awake extends Asked {
  readonly keeper: StoredKeeper;
  nextPlaceMs: number;
  nextBeatMs: number;
}

const TICK_MS = 100;
const LONELY_MS = 10 * 60_000;
const UNATTENDED_MS = 2 * 3_600_000;

/**
 * The cells of this process that are awake: woken when they are asked for, put to sleep when nobody is there. One timer
 * moves all those that someone listens to; the others cost nothing.
 */
export class AwakeCells {
  private readonly awake = new Map<string, Awake>();
  /** What is being done to a cell as a whole, one thing after the other. */
  private readonly turns = new Map<string, OneByOne>();
  /** Of cells that were put to sleep, when someone last asked something of them. */
  private readonly askedMs = new Map<string, number>();
  /** Those that someone listens to. */
  private readonly attended = new Set<LocalCell>();
  private round = this.awake.values();
  private readonly budgets: CommandBudgets;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly options: AwakeOptions) {
    this.budgets = new CommandBudgets(options.now);
    this.timer = setInterval(() => this.tick(), TICK_MS);
    this.timer.unref();
  }

  /** Whether someone listens to them or not. */
  get size(): number {
    return this.awake.size;
  }

  /**
   * The cell for the doors of this process. Wakes it if need be, but for two hours only after someone asked
   * something of it: a program that connects again and again does not keep it going. Throws then.
   */
  async find(id: string): Promise<LocalCell | undefined> {
    const askedMs = this.askedMs.get(id);
    if (askedMs === undefined) return (await this.wake(id))?.live;
    if (this.isUnattended(id)) throw unattended();
    const live = (await this.wake(id))?.live;
    if (live && this.askedMs.delete(id)) live.askedMs = askedMs;
    return live;
  }

  isUnattended(id: string): boolean {
    const askedMs = this.askedMs.get(id);
    return askedMs !== undefined && this.options.now() - askedMs > UNATTENDED_MS;
  }

  /** Wakes it if need be. Throws if there is none. */
  async get(id: string): Promise<Awake> {
    const awake = await this.wake(id);
    if (!awake) throw gone(id);
    this.askedMs.delete(id);
    return awake;
  }

  /** One that is awake already: in its own turn it neither comes nor goes. */
  findAwake(id: string): Awake | undefined {
    return this.awake.get(id);
  }

  async closeSessions(id: string, reason: string): Promise<void> {
    await this.inTurn(id, async () => {
      const awake = this.awake.get(id);
      if (awake) await this.leave(awake, reason);
    });
  }

  closeSessionsOf(participant: string, reason: string): void {
    for (const live of [...this.attended]) live.expel(participant, reason);
  }

  /** Stops at once, as a process that dies. */
  abandon(): void {
    clearInterval(this.timer);
    this.attended.clear();
    this.awake.clear();
  }

  /** Puts all cells to sleep, durably. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all([...this.awake.keys()].map((id) => this.closeSessions(id, 'The server is stopping.')));
    await this.options.store.commits.flush();
  }

  /** What happens every 100 ms. */
  tick(): void {
    const { beatMs, now } = this.options;
    const wallMs = now();
    for (const live of this.attended) live.tick();
    for (let left = Math.ceil((this.awake.size * TICK_MS) / beatMs); left > 0; left--) {
      const { value: awake } = this.nextAwake();
      if (!awake) return;
      if (awake.live.isClosed) this.awake.delete(awake.row.id);
      else if (wallMs >= awake.nextBeatMs) this.look(awake, wallMs);
    }
  }

  /** Goes round and round through the cells that are awake, so that each tick needs to look at a few only. */
  private nextAwake(): IteratorResult<Awake, undefined> {
    const next = this.round.next();
    if (!next.done) return next;
    this.round = this.awake.values();
    return this.round.next();
  }

  /** Once a beat: writes down where the cell stands if it has moved, and lets it sleep if it may. */
  private look(awake: Awake, wallMs: number): void {
    const { live, row } = awake;
    const { beatMs, placeMs } = this.options;
    awake.nextBeatMs = wallMs + beatMs;
    const isUnattended = wallMs - live.askedMs > UNATTENDED_MS;
    const isLonely = !live.isListenedTo && wallMs - Math.max(live.askedMs, live.leftMs) > LONELY_MS;
    if (isUnattended || isLonely) {
      const reason = isUnattended ? 'Nobody has used the cell for two hours.' : 'The cell sleeps.';
      this.closeSessions(row.id, reason).catch(() => {});
    } else if (live.hasMoved) {
      const kept = wallMs >= awake.nextPlaceMs ? live.keepPlace('beat') : live.keepClock('beat');
      if (wallMs >= awake.nextPlaceMs) awake.nextPlaceMs = wallMs + placeMs;
      // A cell that cannot be saved has closed itself; it is woken from what was saved when it is next asked for.
      kept.catch(() => {});
    }
  }

  private async wake(id: string): Promise<Awake | undefined> {
    const known = this.awake.get(id);
    if (known && !known.live.isClosed && !this.turns.has(id)) return known;
    return this.inTurn(id, async () => {
      const there = this.awake.get(id);
      if (there && !there.live.isClosed) return there;
      return this.resume(id);
    });
  }

  /** Lives the current run again, from the newest checkpoint to the latest durable instant. */
  private async resume(id: string): Promise<Awake | undefined> {
    const { cells, host, lives, logs, store } = this.options;
    const row = await cells.find(id);
    if (!row) return undefined;
    const owner = await cells.claim(id, host);
    if (!owner) return undefined;
    const last = await logs.lastClock(id, row.run);
    const cell = await lives.resume(row, last?.simUs ?? 0);
    const keeper = await StoredKeeper.open(store, owner, row.run);
    const awake = this.enter(row, keeper, cell, last);
    const isCrash = last !== undefined && last.kind !== 'parked';
    if (isCrash) await this.markCrash(awake, last);
    await awake.live.keepClock(isCrash ? 'resumed' : 'woken');
    return awake;
  }

  /** Whatever was open when the server died ended then, not when the cell woke again. */
  private async markCrash({ live, row }: Awake, { wallMs }: LastClock): Promise<void> {
    const seen = await this.options.logs.lastEvidenceMs(row.id);
    live.recordAt({ kind: 'server.started' }, Math.max(wallMs, seen));
  }

  /** A cell is awake from here on. */
  enter(row: CellRow, keeper: StoredKeeper, cell: Cell, last?: LastClock): Awake {
    const { beatMs, now, placeMs } = this.options;
    const wallMs = now();
    const concealed = new Concealed(cell.model, row.conceal ?? []);
    const live: LocalCell = new LocalCell({
      concealed,
      budgets: this.budgets,
      ...{ id: row.id, cell, run: row.run, anchorMs: row.anchorMs, speeds: row.speed, now, keeper },
      ...{ speed: last?.speed ?? row.speed[0], paused: last?.paused ?? false },
      history: (request, participant) => this.options.jobs.history(awake, request, participant),
      processed: (request, participant) => this.options.jobs.processed(awake, request, participant),
      occurrences: (request, participant) => this.options.jobs.occurrences(awake, request, participant),
      attended: (isListenedTo) => {
        if (isListenedTo) this.attended.add(live);
        else this.attended.delete(live);
      },
    });
    const awake: Awake = {
      row,
      keeper,
      live,
      concealed,
      nextBeatMs: wallMs + beatMs,
      nextPlaceMs: wallMs + placeMs,
    };
    this.awake.set(row.id, awake);
    return awake;
  }

  /** Puts it to sleep, durably. */
  async leave({ live, row }: Awake, reason: string): Promise<void> {
    if (!live.isClosed) {
      live.advance();
      // Those who listen go first: what they still have to write down comes before the cell's last word.
      live.close(reason);
      await live.keepPlace('parked');
    }
    this.awake.delete(row.id);
    this.askedMs.set(row.id, live.askedMs);
    await this.options.store.commits.flush();
  }

  /** Does something to a cell as a whole, after whatever else is being done to it. */
  inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const turn = this.turns.get(id) ?? new OneByOne();
    this.turns.set(id, turn);
    return turn.run(work).finally(() => {
      if (turn.isIdle) this.turns.delete(id);
    });
  }
}

const unattended = (): AppError =>
  new AppError(
    'cell_unattended',
    'Nobody has used this line for two hours, so it stands still.',
    'Open its page, or ask anything of it over the web API, and connect again.',
    409,
  );

export const gone = (id: string): AppError =>
  new AppError('no_cell', `There is no cell ${id}.`, 'Look up your current cell with GET /api/me.', 404);
