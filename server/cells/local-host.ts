import { randomBytes } from 'node:crypto';
import type { CaptureResult, CaptureView } from '#contract/capture.ts';
import type { ClockState, RunUntilRequest, SpeedRequest, StepRequest } from '#contract/clock.ts';
import type { Actor, CommandRequest, CommandResult } from '#contract/command.ts';
import type { EvidenceEntry, NewEvidence } from '#contract/evidence.ts';
import type { PlantWindow } from '#contract/facts.ts';
import type { HappeningView, HistoryRequest, HistoryResult } from '#contract/history.ts';
import type { Configuration } from '#contract/configuration.ts';
import type { Moment, MomentRequest } from '#contract/moment.ts';
import type { RuleTrial, RuleTrialRequest } from '#contract/rules.ts';
import type { SqlRequest, SqlResult } from '#contract/sql.ts';
import type { WhatIfRequest, WhatIfResult } from '#contract/what-if.ts';
import { AppError } from '#server/errors.ts';
import type { CaptureOrder, HappeningsRequest, HappeningsResult } from '#server/jobs/job.ts';
import { type CellOrder, scenarioOf } from '#server/labs/attempt-host.ts';
import type { FairOrder, JudgeOrder, JudgeResult } from '#server/labs/judge/judge-order.ts';
import type { CellRow, CellsTable, LastClock } from '#server/store/cells-table.ts';
import type { Store } from '#server/store/open-store.ts';
import type { Cell } from '#simulator/cell/cell.ts';
import { MODEL_VERSION } from '#simulator/cell/model-version.ts';
import { anchorMs, getDurationUs, getStart } from '#simulator/cell/plant-time.ts';
import type { CellHost } from './cell-host.ts';
import type { Definitions } from './definitions.ts';
import { type Asked, CellJobs, type RunJob } from './cell-jobs.ts';
import { configurationOf } from './configuration.ts';
import { Lives, nextSeed } from './lives.ts';
import { Concealed } from './concealed.ts';
import { LocalCell } from './local-cell.ts';
import { OneByOne } from './one-by-one.ts';
import { anchorAfter } from './plant-clock.ts';
import { demandRight } from './posture.ts';
import { captureViews, type PublicModel, publicModel } from './public-view.ts';
import { StoredKeeper } from './stored-keeper.ts';

export interface HostOptions {
  readonly store: Store;
  readonly cells: CellsTable;
  readonly definitions: Definitions;
  readonly runJob: RunJob;
  /** Wall time in ms since 1970. */
  readonly now: () => number;
  /** Name of this process as an owner of cells. */
  readonly host?: string;
  /** How often a cell that moves has its clock written down. */
  readonly beatMs?: number;
  /** How often it is written down as a whole, to be woken from. */
  readonly placeMs?: number;
}

/** A cell that is awake. */
interface Awake extends Asked {
  readonly keeper: StoredKeeper;
  nextPlaceMs: number;
  nextBeatMs: number;
}

const TICK_MS = 100;
const LONELY_MS = 10 * 60_000;
const UNATTENDED_MS = 2 * 3_600_000;

/** The cells of this process. One timer moves all those that someone listens to; the others cost nothing. */
export class LocalHost implements CellHost {
  private readonly awake = new Map<string, Awake>();
  /** What is being done to a cell as a whole, one thing after the other. */
  private readonly turns = new Map<string, OneByOne>();
  /** Of cells that were put to sleep, when someone last asked something of them. */
  private readonly askedMs = new Map<string, number>();
  /** Those that someone listens to. */
  private readonly attended = new Set<LocalCell>();
  private round = this.awake.values();
  private readonly lives: Lives;
  private readonly jobs: CellJobs;
  private readonly timer: NodeJS.Timeout;
  private readonly host: string;
  private readonly beatMs: number;
  private readonly placeMs: number;

  constructor(private readonly options: HostOptions) {
    const { host = 'local', beatMs = 5_000, placeMs = 60_000 } = options;
    this.lives = new Lives(options.cells, options.definitions);
    this.jobs = new CellJobs(this.lives, options.runJob);
    this.host = host;
    this.beatMs = beatMs;
    this.placeMs = placeMs;
    this.timer = setInterval(() => this.tick(), TICK_MS);
    this.timer.unref();
  }

  /** Cells that are awake, whether someone listens to them or not. */
  get awakeCells(): number {
    return this.awake.size;
  }

  async openSandbox(participant: string): Promise<string> {
    const { definition } = this.options.definitions.patched('pump-line').model;
    return this.openCell(participant, {
      ...{ base: 'pump-line', set: {}, seed: randomBytes(8).toString('hex'), scenario: [], speed: [1, 100] },
      openUs: getDurationUs(definition.open),
      horizonUs: getDurationUs(definition.horizon),
    });
  }

  async openCell(participant: string, order: CellOrder): Promise<string> {
    const { cells, definitions, store, now } = this.options;
    const { hash, json, model } = definitions.patched(order.base, order.set);
    const cell = await this.lives.begin(model, order);
    const before = await store.db
      .selectFrom('participants')
      .select('current_cell')
      .where('id', '=', participant)
      .executeTakeFirst();
    const wallMs = now();
    const id = `c-${randomBytes(6).toString('hex')}`;
    const backUs = Math.max(order.horizonUs, order.openUs);
    const start = anchorMs(getStart(model.definition.start), backUs, wallMs);
    const row = { ...order, id, definition: hash, run: 1, modelVersion: MODEL_VERSION, anchorMs: start };
    await cells.add({ ...row, closedMs: undefined }, json, participant, this.host, wallMs);
    const keeper = await StoredKeeper.open(store, cells, { cell: id, host: this.host, epoch: 1 }, 1);
    const { live } = this.enter({ ...row, closedMs: undefined }, keeper, cell);
    await live.keepClock('opened');
    if (before?.current_cell) await this.closeSessions(before.current_cell, 'Your current cell is another one now.');
    return id;
  }

  /**
   * The cell itself, for the doors of this process. Wakes it if need be, but for two hours only after someone asked
   * something of it: a program that connects again and again does not keep it going. Throws then.
   */
  async find(id: string): Promise<LocalCell | undefined> {
    const askedMs = this.askedMs.get(id);
    if (askedMs === undefined) return (await this.wake(id))?.live;
    if (this.options.now() - askedMs > UNATTENDED_MS) throw unattended();
    const live = (await this.wake(id))?.live;
    if (live && this.askedMs.delete(id)) live.askedMs = askedMs;
    return live;
  }

  async publicModel(id: string): Promise<PublicModel> {
    const { live, concealed } = await this.get(id);
    const shown = publicModel(live.model);
    return { ...shown, signals: shown.signals.filter(({ path }) => !concealed.hides(path)) };
  }

  async clock(id: string): Promise<ClockState> {
    const { live } = await this.get(id);
    live.touch();
    live.advance();
    return live.clock;
  }

  async command(id: string, request: CommandRequest, actor: Actor, isProgram = false): Promise<CommandResult> {
    const { live } = await this.get(id);
    if (isProgram) demandRight(live, request.target, actor);
    return live.command(request, actor);
  }

  async step(id: string, request: StepRequest, actor: Actor): Promise<ClockState> {
    return (await this.get(id)).live.step(request, actor);
  }

  async configuration(id: string): Promise<Configuration> {
    const { live } = await this.get(id);
    live.touch();
    return configurationOf(live);
  }

  async moment(id: string, request: MomentRequest, participant: string): Promise<Moment> {
    return this.jobs.moment(await this.get(id), request, participant);
  }

  async setSpeed(id: string, request: SpeedRequest, actor: Actor): Promise<ClockState> {
    return (await this.get(id)).live.setSpeed(request, actor);
  }

  async runUntil(id: string, request: RunUntilRequest, actor: Actor): Promise<ClockState> {
    return (await this.get(id)).live.runUntil(request, actor);
  }

  async history(id: string, request: HistoryRequest, participant: string): Promise<HistoryResult> {
    return (await this.get(id)).live.history(request, participant);
  }

  async happeningsIn(id: string, request: HappeningsRequest, participant: string): Promise<HappeningsResult> {
    return this.jobs.happenings(await this.get(id), request, participant);
  }

  async captures(id: string): Promise<CaptureView[]> {
    const { live, concealed } = await this.get(id);
    return captureViews(live.model).filter(({ path }) => !concealed.hides(path));
  }

  async capture(id: string, request: CaptureOrder, participant: string): Promise<CaptureResult> {
    return this.jobs.capture(await this.get(id), request, participant);
  }

  async tryRule(id: string, request: RuleTrialRequest, participant: string): Promise<RuleTrial> {
    return this.jobs.tryRule(await this.get(id), request, participant);
  }

  async whatIf(id: string, request: WhatIfRequest, participant: string): Promise<WhatIfResult> {
    return this.jobs.whatIf(await this.get(id), request, participant);
  }

  async sql(id: string, request: SqlRequest, participant: string): Promise<SqlResult> {
    return this.jobs.sql(await this.get(id), request, participant);
  }

  async happenings(id: string, event: string, { fromUs, toUs }: PlantWindow): Promise<readonly HappeningView[]> {
    const { events } = await this.happeningsIn(id, { event, fromUs, toUs }, id);
    return events;
  }

  async judge(id: string, order: JudgeOrder, participant: string): Promise<JudgeResult> {
    return this.jobs.judge(await this.get(id), order, participant);
  }

  async isFair(order: CellOrder, draw: FairOrder, participant: string): Promise<boolean> {
    const { hash, json } = this.options.definitions.patched(order.base, order.set);
    await this.options.cells.keepDefinition(hash, json);
    const scenario = scenarioOf(order);
    const life = { definition: hash, seed: order.seed, scenario, log: [], checkpoint: undefined, nowUs: 0 };
    return this.options.runJob(participant, 'fair', { life, order: draw });
  }

  async evidence(id: string): Promise<readonly EvidenceEntry[]> {
    await this.options.store.commits.flush();
    return this.options.cells.evidenceOf(id);
  }

  async record(id: string, entry: NewEvidence): Promise<void> {
    (await this.get(id)).live.record(entry);
  }

  reset(id: string, actor: Actor): Promise<ClockState> {
    return this.newRun(id, actor, (row, run) => ({ seed: nextSeed(row.seed, run) }));
  }

  async beginRun(
    id: string,
    { seed, set, scenario, base }: CellOrder,
    actor: Actor,
    keep: () => Promise<unknown>,
  ): Promise<ClockState> {
    const { hash: definition, json } = this.options.definitions.patched(base, set);
    await this.options.cells.keepDefinition(definition, json);
    return this.newRun(id, actor, () => ({ seed, set, scenario, definition }), keep);
  }

  /** @param change what the new run has other than the old one; always its seed */
  private async newRun(
    id: string,
    { actor, via }: Actor,
    change: (row: CellRow, run: number) => Pick<CellRow, 'seed'> & Partial<CellRow>,
    keep: () => Promise<unknown> = async () => {},
  ): Promise<ClockState> {
    await this.get(id);
    return this.inTurn(id, async () => {
      const awake = this.awake.get(id);
      if (!awake) throw gone(id);
      const { row, keeper, live } = awake;
      const { cells, now } = this.options;
      live.touch();
      live.advance();
      live.record({ kind: 'command', participant: actor, via, target: 'Clock.Reset', status: 'done' });
      const run = row.run + 1;
      const wallMs = now();
      const anchor = anchorAfter(row.anchorMs, live.epochMs(live.clock.simUs), row.openUs / 1000, wallMs);
      const next = { ...row, run, anchorMs: anchor, ...change(row, run) };
      const model = next.definition === row.definition ? live.model : await this.lives.modelOf(next);
      const cell = await this.lives.begin(model, next);
      await this.leave(awake, 'The cell was reset.');
      // Handed over together, both are in one commit.
      await Promise.all([cells.addRun(keeper.owner, next, MODEL_VERSION, wallMs), keep()]);
      keeper.beginRun(run);
      const { live: fresh } = this.enter(next, keeper, cell);
      await fresh.keepClock('reset');
      return fresh.clock;
    });
  }

  async closeSessions(id: string, reason: string): Promise<void> {
    await this.inTurn(id, async () => {
      const awake = this.awake.get(id);
      if (awake) await this.leave(awake, reason);
    });
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

  /** What happens every 100 ms. Public, so that tests can make it happen. */
  tick(): void {
    const wallMs = this.options.now();
    for (const live of this.attended) live.tick();
    for (let left = Math.ceil((this.awake.size * TICK_MS) / this.beatMs); left > 0; left--) {
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
    awake.nextBeatMs = wallMs + this.beatMs;
    const isUnattended = wallMs - live.askedMs > UNATTENDED_MS;
    const isLonely = !live.isListenedTo && wallMs - Math.max(live.askedMs, live.leftMs) > LONELY_MS;
    if (isUnattended || isLonely) {
      const reason = isUnattended ? 'Nobody has used the cell for two hours.' : 'The cell sleeps.';
      this.closeSessions(row.id, reason).catch(() => {});
    } else if (live.hasMoved) {
      const kept = wallMs >= awake.nextPlaceMs ? live.keepPlace('beat') : live.keepClock('beat');
      if (wallMs >= awake.nextPlaceMs) awake.nextPlaceMs = wallMs + this.placeMs;
      // A cell that cannot be saved has closed itself; it is woken from what was saved when it is next asked for.
      kept.catch(() => {});
    }
  }

  private async get(id: string): Promise<Awake> {
    const awake = await this.wake(id);
    if (!awake) throw gone(id);
    this.askedMs.delete(id);
    return awake;
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
    const { cells } = this.options;
    const row = await cells.find(id);
    if (!row) return undefined;
    const owner = await cells.claim(id, this.host);
    if (!owner) return undefined;
    const last = await cells.lastClock(id, row.run);
    const cell = await this.lives.resume(row, last?.simUs ?? 0);
    const keeper = await StoredKeeper.open(this.options.store, cells, owner, row.run);
    const awake = this.enter(row, keeper, cell, last);
    const isCrash = last !== undefined && last.kind !== 'parked';
    if (isCrash) await this.markCrash(awake, last);
    await awake.live.keepClock(isCrash ? 'resumed' : 'woken');
    return awake;
  }

  /** Whatever was open when the server died ended then, not when the cell woke again. */
  private async markCrash({ live, row }: Awake, { wallMs }: LastClock): Promise<void> {
    const seen = await this.options.cells.lastEvidenceMs(row.id);
    live.recordAt({ kind: 'server.started' }, Math.max(wallMs, seen));
  }

  private enter(row: CellRow, keeper: StoredKeeper, cell: Cell, last?: LastClock): Awake {
    const { now } = this.options;
    const wallMs = now();
    const concealed = new Concealed(cell.model, row.conceal ?? []);
    const live: LocalCell = new LocalCell({
      concealed,
      ...{ id: row.id, cell, run: row.run, anchorMs: row.anchorMs, speeds: row.speed, now, keeper },
      ...{ speed: last?.speed ?? row.speed[0], paused: last?.paused ?? false },
      history: (request, participant) => this.jobs.history(awake, request, participant),
      processed: (request, participant) => this.jobs.processed(awake, request, participant),
      occurrences: (request, participant) => this.jobs.occurrences(awake, request, participant),
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
      nextBeatMs: wallMs + this.beatMs,
      nextPlaceMs: wallMs + this.placeMs,
    };
    this.awake.set(row.id, awake);
    return awake;
  }

  private async leave({ live, row }: Awake, reason: string): Promise<void> {
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

  private inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
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

const gone = (id: string): AppError =>
  new AppError('no_cell', `There is no cell ${id}.`, 'Look up your current cell with GET /api/me.', 404);
