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
import { type AlarmFacts, alarmFacts } from '#simulator/rules/alarm-facts.ts';
import { AppError } from '#server/errors.ts';
import type { OccurrencesRequest, OccurrencesResult } from '#server/jobs/job.ts';
import { Audience } from './audience.ts';
import type { CellKeeper, KeptClock } from './cell-keeper.ts';
import { CellTime, type CellTimeOptions } from './cell-time.ts';
import { concealment } from './concealed.ts';
import { CommandBudgets, tooManyCommands } from './command-budgets.ts';
import { obey } from './command-outcome.ts';
import { EvidenceBook } from './evidence-book.ts';
import type { CellListener, LiveCell } from './live-cell.ts';

const TOO_MANY = `${tooManyCommands.message} ${tooManyCommands.hint}`;

export interface LocalCellOptions extends CellTimeOptions {
  readonly id: string;
  readonly history: (request: HistoryRequest, participant: string) => Promise<HistoryResult>;
  readonly processed: (request: ProcessedRequest, participant: string) => Promise<ProcessedResult>;
  readonly occurrences: (request: OccurrencesRequest, participant: string) => Promise<OccurrencesResult>;
  /** Shared by all cells in which a participant may command; without it those of this cell alone. */
  readonly budgets?: CommandBudgets;
  /** Hears when the first listener comes and when the last one goes. */
  readonly attended?: (isListenedTo: boolean) => void;
}

/** A cell that lives in this process: a plant, its time, those who listen, and a keeper that writes things down. */
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
  private readonly time: CellTime;
  private readonly book: EvidenceBook;
  private readonly budgets: CommandBudgets;
  private readonly answers = new Map<string, Promise<CommandResult>>();

  constructor(private readonly options: LocalCellOptions) {
    const { id, cell, run, anchorMs, now, keeper, budgets = new CommandBudgets(now) } = options;
    this.id = id;
    this.run = run;
    this.anchorMs = anchorMs;
    this.model = cell.model;
    this.cell = cell;
    this.now = now;
    this.keeper = keeper;
    this.budgets = budgets;
    this.book = new EvidenceBook((entry) => keeper.keepEvidence(entry));
    this.audience = new Audience((isThere) => options.attended?.(isThere));
    this.askedMs = now();
    this.time = new CellTime(options, this.audience);
  }

  get clock(): ClockState {
    return this.time.clock;
  }

  get hash(): string {
    return this.cell.hash;
  }

  get isClosed(): boolean {
    return this.time.isOver;
  }

  /** Whether plant time has passed that is not on the disk yet. */
  get hasMoved(): boolean {
    return this.time.hasMoved;
  }

  /** With the seed and the definition, all that is needed to live this run again. */
  get log(): readonly Command[] {
    return this.cell.log.toJSON();
  }

  get isListenedTo(): boolean {
    return this.audience.isThere;
  }

  advance(): number {
    return this.time.advance();
  }

  /** What the host does every 100 ms for a cell that someone listens to. */
  tick(): void {
    const before = this.cell.now;
    const now = this.advance();
    if (now !== before) this.audience.tell((listener) => listener.advanced?.(now));
    this.book.tick(this.now());
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
    const answer = this.time
      .inTurn(() => this.obeyOnce(request, actor))
      .then(async ({ result, kept }) => {
        await this.time.orEnd(kept);
        return result;
      });
    this.answers.set(key, answer);
    const forget = () => void this.answers.delete(key);
    answer.then(forget, forget);
    return answer;
  }

  async setSpeed(request: SpeedRequest, actor: Actor): Promise<ClockState> {
    this.touch();
    this.demandRoom(actor);
    return this.time.setSpeed(request, this.recorded(actor));
  }

  /** See `CellTime.runUntil`. */
  async runUntil(request: RunUntilRequest, actor: Actor): Promise<ClockState> {
    this.touch();
    this.demandRoom(actor);
    return this.time.runUntil(request, this.recorded(actor));
  }

  async step(request: StepRequest, actor: Actor): Promise<ClockState> {
    this.touch();
    this.demandRoom(actor);
    return this.time.step(request, this.recorded(actor));
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
    this.book.write({ ...entry, wallMs, plantUs: this.cell.now });
  }

  /** Someone wants to read the evidence: what is still being counted is written down too. */
  settleEvidence(): void {
    this.book.settle(this.now());
  }

  listen(listener: CellListener): () => void {
    this.time.refuseOver();
    this.audience.add(listener);
    return () => {
      if (this.audience.remove(listener)) this.leftMs = this.now();
    };
  }

  /** Remembers that someone wants something of the cell, so that it is not put to sleep. */
  touch(): void {
    this.time.refuseOver();
    this.askedMs = this.now();
  }

  keepClock(kind: KeptClock['kind']): Promise<void> {
    return this.time.keepClock(kind);
  }

  keepPlace(kind: 'beat' | 'parked'): Promise<void> {
    return this.time.keepPlace(kind);
  }

  /** Whoever came in with the participant's name is to leave. */
  expel(participant: string, reason: string): void {
    this.audience.tell((listener) => listener.expelled?.(participant, reason));
  }

  /** Ends the cell's life in this process; those who listen are told why. */
  close(reason: string): void {
    this.time.end(reason);
    this.book.close();
  }

  private async obeyOnce(request: CommandRequest, actor: Actor) {
    const { id, target, value, unit } = request;
    const known = await this.keeper.findCommand(actor.actor, id);
    if (known) return { result: known, kept: Promise.resolve() };
    this.advance();
    if (!this.hasRoomFor(actor)) {
      const refused = { id, atUs: this.cell.now, status: 'too_many_commands' as const, reason: TOO_MANY };
      return { result: refused, kept: Promise.resolve() };
    }
    const seen = this.options.concealed?.findInCommand(target, value);
    const result: CommandResult =
      seen === undefined
        ? obey(this.cell, request, actor)
        : { id, atUs: this.cell.now, status: 'not_allowed', reason: concealment(seen) };
    const when = { run: this.run, wallMs: this.clock.wallMs };
    const kept = this.keeper.keepCommand({ ...result, ...actor, ...when, target, value, unit });
    this.recordCommand(actor, target, result.status);
    this.time.tellHappenings();
    this.audience.tell((listener) => listener.commanded?.(request, actor, result));
    if (result.status === 'done') this.audience.tell((listener) => listener.advanced?.(result.atUs));
    return { result, kept };
  }

  /** Nothing else is left of a command for which there is no room than how many there were. */
  private hasRoomFor({ actor: participant, via }: Actor): boolean {
    if (via === 'scenario' || via === 'system' || this.budgets.take(participant)) return true;
    this.record({ kind: 'refusal', participant, via, what: 'commands', reason: TOO_MANY });
    return false;
  }

  private demandRoom(actor: Actor): void {
    if (this.hasRoomFor(actor)) return;
    const { message, hint } = tooManyCommands;
    throw new AppError('too_many_commands', message, hint, 429);
  }

  private recordCommand({ actor, via }: Actor, target: string, status: string): void {
    this.record({ kind: 'command', participant: actor, via, target, status });
  }

  private recorded(actor: Actor): (target: string) => void {
    return (target) => this.recordCommand(actor, target, 'done');
  }
}
