import type { MotionSegment } from '#contract/cell-view.ts';
import type { ClockState, RunUntilRequest, SpeedRequest, StepRequest } from '#contract/clock.ts';
import type { Actor, CommandRequest, CommandResult } from '#contract/command.ts';
import type { NewEvidence } from '#contract/evidence.ts';
import type { HistoryRequest, HistoryResult } from '#contract/history.ts';
import type { ProcessedRequest, ProcessedResult } from '#contract/processed.ts';
import type { Cell } from '#simulator/cell/cell.ts';
import type { Command } from '#simulator/cell/command-log.ts';
import type { Model } from '#simulator/cell/model.ts';
import type { Sample } from '#simulator/cell/sample.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import { HOUR, MINUTE, SECOND } from '#simulator/kernel/time.ts';
import { type AlarmFacts, alarmFacts } from '#simulator/rules/alarm-facts.ts';
import type { OccurrencesRequest, OccurrencesResult } from '#server/jobs/job.ts';
import { AppError } from '#server/errors.ts';
import type { CellKeeper, KeptClock } from './cell-keeper.ts';
import { Audience } from './audience.ts';
import { type Concealed, concealment } from './concealed.ts';
import { obey } from './command-outcome.ts';
import { hurry, type HurryTarget, nextEvent, targetOf } from './hurry.ts';
import type { CellListener, LiveCell } from './live-cell.ts';
import { type Occurrence, occurrencesOf } from './occurrence.ts';
import { OneByOne } from './one-by-one.ts';
import { Pace } from './pace.ts';
import { type ClockBase, latestUs, refuseSpeed } from './plant-clock.ts';

export interface LocalCellOptions {
  readonly id: string;
  /** Already at its present; nothing else may run it. */
  readonly cell: Cell;
  readonly run: number;
  readonly anchorMs: number;
  readonly speed?: number;
  readonly paused?: boolean;
  /** Slowest and fastest that the participant may choose. */
  readonly speeds?: readonly [slowest: number, fastest: number];
  /** Wall time in ms since 1970. */
  readonly now: () => number;
  readonly keeper: CellKeeper;
  /** What no door shows. */
  readonly concealed?: Concealed;
  readonly history: (request: HistoryRequest, participant: string) => Promise<HistoryResult>;
  readonly processed: (request: ProcessedRequest, participant: string) => Promise<ProcessedResult>;
  readonly occurrences: (request: OccurrencesRequest, participant: string) => Promise<OccurrencesResult>;
  /** Hears when the first listener comes and when the last one goes. */
  readonly attended?: (isListenedTo: boolean) => void;
}

/** A cell that lives in this process: a plant, its clock, those who listen, and a keeper that writes things down. */
export class LocalCell implements LiveCell {
  readonly id: string;
  readonly model: Model;
  readonly run: number;
  readonly anchorMs: number;
  /** When someone last asked something of the cell: a client that comes, listens or goes asks nothing. */
  askedMs: number;
  /** When someone who listened last left. */
  leftMs = -Infinity;
  private readonly cell: Cell;
  private readonly now: () => number;
  private readonly keeper: CellKeeper;
  private readonly audience: Audience;
  private readonly answers = new Map<string, Promise<CommandResult>>();
  private heard: Occurrence[] = [];
  private readonly pace: Pace;
  private lastMs: number;
  private readonly oneByOne = new OneByOne();
  private runUntilUs: number | undefined;
  private hurries = 0;
  private closedBecause: string | undefined;
  private isAhead = false;
  private gridUs: number;

  constructor(private readonly options: LocalCellOptions) {
    const { id, cell, run, anchorMs, speed = 1, paused = false, now, keeper } = options;
    this.id = id;
    this.run = run;
    this.anchorMs = anchorMs;
    this.model = cell.model;
    this.cell = cell;
    this.now = now;
    this.keeper = keeper;
    this.audience = new Audience((isThere) => options.attended?.(isThere));
    this.lastMs = this.askedMs = now();
    this.pace = new Pace({ simUs: cell.now, wallMs: this.lastMs, speed, paused }, cell.model.definition.reactions);
    this.gridUs = nextGridUs(cell.now);
    cell.listener = occurrencesOf(cell.model.plant, (occurrence) => this.heard.push(occurrence));
  }

  get clock(): ClockState {
    const { anchorMs, run, lastMs, runUntilUs } = this;
    const { speed, paused, capped } = this.pace;
    const state = { simUs: this.cell.now, wallMs: lastMs, speed, paused, anchorMs, run };
    return { ...state, ...(runUntilUs !== undefined && { runUntilUs }), ...(capped && { capped }) };
  }

  get hash(): string {
    return this.cell.hash;
  }

  get isClosed(): boolean {
    return this.closedBecause !== undefined;
  }

  /** Whether plant time has passed that is not on the disk yet. */
  get hasMoved(): boolean {
    return this.isAhead;
  }

  /** With the seed and the definition, all that is needed to live this run again. */
  get log(): readonly Command[] {
    return this.cell.log.toJSON();
  }

  get isListenedTo(): boolean {
    return this.audience.isThere;
  }

  advance(): number {
    this.refuseClosed();
    if (this.audience.isListening) return this.cell.now;
    const wallMs = this.now();
    const limit = latestUs(this.anchorMs, wallMs);
    const { cell, pace } = this;
    const before = pace.speed;
    let due: number;
    pace.adopt(cell.now);
    do {
      due = pace.plantUs(wallMs);
      this.goTo(Math.min(due, limit, pace.changesUs));
    } while (pace.adopt(cell.now) || cell.now < Math.min(due, limit));
    this.lastMs = wallMs;
    if (due > limit && pace.speed > 1) this.catchUp(wallMs);
    else if (pace.speed !== before) {
      this.keepClock('set').catch(() => {});
      this.tellClock();
    }
    return this.cell.now;
  }

  /** What the host does every 100 ms for a cell that someone listens to. */
  tick(): void {
    const before = this.cell.now;
    const now = this.advance();
    if (now !== before) this.audience.tell((listener) => listener.advanced?.(now));
  }

  sample(signal: number): Sample {
    const { concealed } = this.options;
    const sample = this.cell.sample(signal);
    return concealed?.hidesSignal(signal) ? concealed.sample(sample) : sample;
  }

  version(signal: number): number {
    return this.cell.version(signal);
  }

  motion(): readonly MotionSegment[] {
    return this.cell.motion();
  }

  epochMs(tUs: number): number {
    return this.anchorMs + tUs / 1000;
  }

  command(request: CommandRequest, actor: Actor): Promise<CommandResult> {
    this.touch();
    const key = `${actor.actor} ${request.id}`;
    const known = this.answers.get(key);
    if (known) return known;
    const answer = this.inTurn(() => this.obeyOnce(request, actor)).then(async ({ result, kept }) => {
      await this.orDrop(kept);
      return result;
    });
    this.answers.set(key, answer);
    const forget = () => void this.answers.delete(key);
    answer.then(forget, forget);
    return answer;
  }

  async setSpeed({ speed, paused }: SpeedRequest, actor: Actor): Promise<ClockState> {
    this.touch();
    await this.inTurn(async () => {
      refuseSpeed(speed, this.options.speeds);
      this.advance();
      this.hurries += 1;
      this.runUntilUs = undefined;
      const { pace } = this;
      pace.wanted = speed ?? pace.wanted;
      this.setPace({ speed: pace.allowedSpeed, paused: paused ?? pace.paused });
      this.recordCommand(actor, paused === undefined ? 'Clock.Speed' : 'Clock.Paused', 'done');
    });
    await this.keepClock('set');
    this.tellClock();
    return this.clock;
  }

  /**
   * Hurries to a plant time or an event, in slices that leave the event loop to others. A second one, a change of speed
   * or a pause ends it where it is. Never past the present of the wall.
   */
  async runUntil(request: RunUntilRequest, actor: Actor): Promise<ClockState> {
    this.touch();
    this.advance();
    if ('event' in request) this.options.concealed?.refuse([request.event]);
    const target = this.told(targetOf(request, this.cell, latestUs(this.anchorMs, this.now())));
    const turn = ++this.hurries;
    this.runUntilUs = target.atUs;
    this.recordCommand(actor, 'Clock.RunUntil', 'done');
    this.tellClock();
    const came = await hurry(this.cell, this.pace.untilHand(target), this.heard, () => {
      if (this.closedBecause !== undefined) return false;
      this.lastMs = this.now();
      this.setPace();
      this.moved();
      this.audience.tell((listener) => listener.advanced?.(this.cell.now));
      return turn === this.hurries;
    });
    this.refuseClosed();
    if (turn === this.hurries) this.runUntilUs = undefined;
    this.advance();
    // Whoever cannot follow a hurry is told where it ended: a paused line tells nothing later.
    this.audience.tell((listener) => listener.advanced?.(this.cell.now));
    await this.keepClock('hurried');
    this.tellClock();
    if (!came && turn === this.hurries && target.stopsAt !== undefined) throw target.missed();
    return this.clock;
  }

  /** One step of a paused cell: to the next thing that happens within a minute, or by a second. Never past the wall's present. */
  async step({ by }: StepRequest, actor: Actor): Promise<ClockState> {
    this.touch();
    await this.inTurn(async () => {
      if (!this.pace.paused) {
        throw new AppError('not_paused', 'The line is not paused.', 'Pause it first; then go step by step.', 409);
      }
      const limit = latestUs(this.anchorMs, this.now());
      const end = Math.min(limit, this.cell.now + (by === 'second' ? SECOND : MINUTE));
      if (end <= this.cell.now) {
        const hint = 'Wait a little: plant time never passes wall time.';
        throw new AppError('at_present', 'The line has come to the present.', hint, 409);
      }
      if (by === 'second') this.goTo(end);
      else {
        while (this.cell.now < end && !nextEvent(this.cell, end, this.heard).some((one) => this.isTold(one)));
        this.moved();
      }
      this.lastMs = this.now();
      this.setPace();
      this.recordCommand(actor, 'Clock.Step', 'done');
    });
    await this.keepClock('set');
    this.audience.tell((listener) => listener.advanced?.(this.cell.now));
    this.tellClock();
    return this.clock;
  }

  history(request: HistoryRequest, participant: string): Promise<HistoryResult> {
    this.touch();
    this.advance();
    return this.options.history(request, participant);
  }

  processed(request: ProcessedRequest, participant: string): Promise<ProcessedResult> {
    this.touch();
    this.advance();
    return this.options.processed(request, participant);
  }

  occurrences(request: OccurrencesRequest, participant: string): Promise<OccurrencesResult> {
    this.touch();
    this.advance();
    return this.options.occurrences(request, participant);
  }

  alarms(): readonly AlarmFacts[] {
    const { concealed } = this.options;
    const all = this.cell.look(alarmFacts);
    return concealed ? all.filter((alarm) => !concealed.hidesAlarm(alarm)) : all;
  }

  commandAt(tUs: number): Command | undefined {
    const log = this.cell.log.toJSON();
    for (let k = log.length - 1; k >= 0 && log[k].at >= tUs; k--) if (log[k].at === tUs) return log[k];
    return undefined;
  }

  commandsBetween(fromUs: number, toUs: number): readonly Command[] {
    return this.cell.log.toJSON().filter(({ at }) => at >= fromUs && at <= toUs);
  }

  record(entry: NewEvidence): void {
    this.recordAt(entry, this.now());
  }

  recordAt(entry: NewEvidence, wallMs: number): void {
    this.keeper.keepEvidence({ ...entry, wallMs, plantUs: this.cell.now });
  }

  listen(listener: CellListener): () => void {
    this.refuseClosed();
    this.audience.add(listener);
    return () => {
      if (this.audience.remove(listener)) this.leftMs = this.now();
    };
  }

  /** Remembers that someone wants something of the cell, so that it is not put to sleep. */
  touch(): void {
    this.refuseClosed();
    this.askedMs = this.now();
  }

  keepClock(kind: KeptClock['kind']): Promise<void> {
    this.isAhead = false;
    const { simUs, wallMs, speed, paused } = this.clock;
    return this.orDrop(this.keeper.keepClock({ run: this.run, kind, simUs, wallMs, speed, paused }));
  }

  /** Writes down where the cell stands, so that it is woken in a moment. */
  keepPlace(kind: 'beat' | 'parked'): Promise<void> {
    this.keepCheckpoint(false);
    return this.keepClock(kind);
  }

  /** Ends the cell's life in this process; those who listen are told why. */
  close(reason: string): void {
    if (this.closedBecause !== undefined) return;
    this.closedBecause = reason;
    this.cell.listener = undefined;
    this.audience.dismiss(reason);
  }

  private async obeyOnce(request: CommandRequest, actor: Actor) {
    const { id, target, value, unit } = request;
    const known = await this.keeper.findCommand(actor.actor, id);
    if (known) return { result: known, kept: Promise.resolve() };
    this.advance();
    const seen = this.options.concealed?.findInCommand(target, value);
    const result: CommandResult =
      seen === undefined
        ? obey(this.cell, request, actor)
        : { id, atUs: this.cell.now, status: 'not_allowed', reason: concealment(seen) };
    const when = { run: this.run, wallMs: this.lastMs };
    const kept = this.keeper.keepCommand({ ...result, ...actor, ...when, target, value, unit });
    this.recordCommand(actor, target, result.status);
    this.tellHappenings();
    this.audience.tell((listener) => listener.commanded?.(request, actor, result));
    if (result.status === 'done') this.audience.tell((listener) => listener.advanced?.(result.atUs));
    return { result, kept };
  }

  private recordCommand({ actor, via }: Actor, target: string, status: string): void {
    this.record({ kind: 'command', participant: actor, via, target, status });
  }

  private isTold(happening: Happening): boolean {
    return this.options.concealed?.hidesOccurrence(happening) !== true;
  }

  /** What is told to nobody stops no hurry. */
  private told({ stopsAt, ...target }: HurryTarget): HurryTarget {
    return { ...target, ...(stopsAt && { stopsAt: (one: Happening) => this.isTold(one) && stopsAt(one) }) };
  }

  private goTo(tUs: number): void {
    if (tUs <= this.cell.now) return;
    const { cell, pace, heard } = this;
    if (!pace.mayChange) cell.runUntil(tUs);
    else while (cell.now < tUs && !pace.isForHands(nextEvent(cell, tUs, heard)));
    this.moved();
  }

  private moved(): void {
    this.isAhead = true;
    if (this.cell.now >= this.gridUs) this.keepCheckpoint(true);
    this.tellHappenings();
  }

  private keepCheckpoint(onGrid: boolean): void {
    this.keeper.keepCheckpoint(this.cell.now, this.cell.snapshot(), onGrid);
    this.gridUs = nextGridUs(this.cell.now);
  }

  private catchUp(wallMs: number): void {
    this.pace.wanted = 1;
    this.setPace({ speed: 1 });
    this.lastMs = wallMs;
    this.keepClock('caught-up').catch(() => {});
    this.tellClock();
  }

  private setPace(change?: Partial<Pick<ClockBase, 'speed' | 'paused'>>): void {
    this.pace.goOnFrom(this.cell.now, this.lastMs, change);
  }

  private tellHappenings(): void {
    if (this.heard.length === 0) return;
    for (const happening of this.heard.splice(0)) {
      this.pace.hear(happening);
      if (this.isTold(happening)) this.audience.tell((listener) => listener.happened?.(happening));
    }
  }

  private tellClock(): void {
    const { clock } = this;
    this.audience.tell((listener) => listener.clockChanged?.(clock));
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.oneByOne.run(() => {
      this.refuseClosed();
      return work();
    });
  }

  /** What could not be written down must not live on: the cell is dropped and woken again from what was kept. */
  private async orDrop(kept: Promise<void>): Promise<void> {
    try {
      await kept;
    } catch (error) {
      this.close('The server could not save the cell.');
      throw error;
    }
  }

  private refuseClosed(): void {
    if (this.closedBecause === undefined) return;
    throw new AppError('cell_closed', this.closedBecause, 'Connect again to go on.', 409);
  }
}

const GRID_US = 8 * HOUR;

/** Where the next checkpoint that stays is due. */
const nextGridUs = (nowUs: number): number => (Math.floor(nowUs / GRID_US) + 1) * GRID_US;
