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
import type { CaptureOrder, HappeningsRequest, HappeningsResult } from '#server/jobs/job.ts';
import { type CellOrder, scenarioOf } from '#server/labs/attempt-host.ts';
import type { FairOrder, JudgeOrder, JudgeResult } from '#server/labs/judge/judge-order.ts';
import { CellLogs } from '#server/store/cell-logs.ts';
import type { CellRow, CellsTable } from '#server/store/cells-table.ts';
import type { Store } from '#server/store/open-store.ts';
import { MODEL_VERSION } from '#simulator/cell/model-version.ts';
import { anchorMs, getDurationUs, getStart } from '#simulator/cell/plant-time.ts';
import { AwakeCells, gone } from './awake-cells.ts';
import type { CellHost } from './cell-host.ts';
import type { Definitions } from './definitions.ts';
import { CellJobs, type RunJob } from './cell-jobs.ts';
import { configurationOf } from './configuration.ts';
import { Lives, nextSeed } from './lives.ts';
import type { LocalCell } from './local-cell.ts';
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

/** The host of the cells of this process. */
export class LocalHost implements CellHost {
  private readonly lives: Lives;
  private readonly jobs: CellJobs;
  private readonly logs: CellLogs;
  private readonly awake: AwakeCells;
  private readonly host: string;

  constructor(private readonly options: HostOptions) {
    const { store, cells, definitions, runJob, now, host = 'local', beatMs = 5_000, placeMs = 60_000 } = options;
    this.host = host;
    this.logs = new CellLogs(store);
    this.lives = new Lives(cells, this.logs, definitions);
    this.jobs = new CellJobs(this.lives, runJob);
    const { logs, lives, jobs } = this;
    this.awake = new AwakeCells({ store, cells, logs, lives, jobs, now, host, beatMs, placeMs });
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
    const keeper = await StoredKeeper.open(store, { cell: id, host: this.host, epoch: 1 }, 1);
    const { live } = this.awake.enter({ ...row, closedMs: undefined }, keeper, cell);
    await live.keepClock('opened');
    if (before?.current_cell) await this.closeSessions(before.current_cell, 'Your current cell is another one now.');
    return id;
  }

  /** For the doors of this process; see `AwakeCells.find`. */
  find(id: string): Promise<LocalCell | undefined> {
    return this.awake.find(id);
  }

  isUnattended(id: string): boolean {
    return this.awake.isUnattended(id);
  }

  async publicModel(id: string): Promise<PublicModel> {
    const { live, concealed } = await this.awake.get(id);
    const shown = publicModel(live.model);
    return { ...shown, signals: shown.signals.filter(({ path }) => !concealed.hides(path)) };
  }

  async clock(id: string): Promise<ClockState> {
    const { live } = await this.awake.get(id);
    live.touch();
    live.advance();
    return live.clock;
  }

  async command(id: string, request: CommandRequest, actor: Actor, isProgram = false): Promise<CommandResult> {
    const { live } = await this.awake.get(id);
    if (isProgram) demandRight(live, request.target, actor);
    return live.command(request, actor);
  }

  async step(id: string, request: StepRequest, actor: Actor): Promise<ClockState> {
    return (await this.awake.get(id)).live.step(request, actor);
  }

  async configuration(id: string): Promise<Configuration> {
    const { live } = await this.awake.get(id);
    live.touch();
    return configurationOf(live);
  }

  async moment(id: string, request: MomentRequest, participant: string): Promise<Moment> {
    return this.jobs.moment(await this.awake.get(id), request, participant);
  }

  async setSpeed(id: string, request: SpeedRequest, actor: Actor): Promise<ClockState> {
    return (await this.awake.get(id)).live.setSpeed(request, actor);
  }

  async runUntil(id: string, request: RunUntilRequest, actor: Actor): Promise<ClockState> {
    return (await this.awake.get(id)).live.runUntil(request, actor);
  }

  async history(id: string, request: HistoryRequest, participant: string): Promise<HistoryResult> {
    return (await this.awake.get(id)).live.history(request, participant);
  }

  async happeningsIn(id: string, request: HappeningsRequest, participant: string): Promise<HappeningsResult> {
    return this.jobs.happenings(await this.awake.get(id), request, participant);
  }

  async captures(id: string): Promise<CaptureView[]> {
    const { live, concealed } = await this.awake.get(id);
    return captureViews(live.model).filter(({ path }) => !concealed.hides(path));
  }

  async capture(id: string, request: CaptureOrder, participant: string): Promise<CaptureResult> {
    return this.jobs.capture(await this.awake.get(id), request, participant);
  }

  async tryRule(id: string, request: RuleTrialRequest, participant: string): Promise<RuleTrial> {
    return this.jobs.tryRule(await this.awake.get(id), request, participant);
  }

  async whatIf(id: string, request: WhatIfRequest, participant: string): Promise<WhatIfResult> {
    return this.jobs.whatIf(await this.awake.get(id), request, participant);
  }

  async sql(id: string, request: SqlRequest, participant: string): Promise<SqlResult> {
    return this.jobs.sql(await this.awake.get(id), request, participant);
  }

  async happenings(id: string, event: string, { fromUs, toUs }: PlantWindow): Promise<readonly HappeningView[]> {
    const { events } = await this.happeningsIn(id, { event, fromUs, toUs }, id);
    return events;
  }

  async judge(id: string, order: JudgeOrder, participant: string): Promise<JudgeResult> {
    return this.jobs.judge(await this.awake.get(id), order, participant);
  }

  async rehearse(id: string, order: JudgeOrder): Promise<void> {
    await this.jobs.rehearse(await this.awake.get(id), order);
  }

  async isFair(order: CellOrder, draw: FairOrder, participant: string): Promise<boolean> {
    const { hash, json } = this.options.definitions.patched(order.base, order.set);
    await this.options.cells.keepDefinition(hash, json);
    const scenario = scenarioOf(order);
    const life = { definition: hash, seed: order.seed, scenario, log: [], checkpoint: undefined, nowUs: 0 };
    return this.options.runJob(participant, 'fair', { life, order: draw });
  }

  async evidence(id: string): Promise<readonly EvidenceEntry[]> {
    this.awake.findAwake(id)?.live.settleEvidence();
    await this.options.store.commits.flush();
    return this.logs.evidenceOf(id);
  }

  async record(id: string, entry: NewEvidence): Promise<void> {
    (await this.awake.get(id)).live.record(entry);
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
    await this.awake.get(id);
    return this.awake.inTurn(id, async () => {
      const awake = this.awake.findAwake(id);
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
      await this.awake.leave(awake, 'The cell was reset.');
      // Handed over together, both are in one commit.
      await Promise.all([cells.addRun(keeper.owner, next, MODEL_VERSION, wallMs), keep()]);
      keeper.beginRun(run);
      const { live: fresh } = this.awake.enter(next, keeper, cell);
      await fresh.keepClock('reset');
      return fresh.clock;
    });
  }

  closeSessions(id: string, reason: string): Promise<void> {
    return this.awake.closeSessions(id, reason);
  }

  closeSessionsOf(participant: string, reason: string): void {
    this.awake.closeSessionsOf(participant, reason);
  }

  /** Stops at once, as a process that dies. */
  abandon(): void {
    this.awake.abandon();
  }

  /** Puts all cells to sleep, durably. */
  close(): Promise<void> {
    return this.awake.close();
  }

  /** What happens every 100 ms. Public, so that tests can make it happen. */
  tick(): void {
    this.awake.tick();
  }
}
