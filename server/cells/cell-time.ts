import type { ClockState, RunUntilRequest, SpeedRequest, StepRequest } from '#contract/clock.ts';
import { AppError } from '#server/errors.ts';
import type { Cell } from '#simulator/cell/cell.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import { HOUR, MINUTE, SECOND } from '#simulator/kernel/time.ts';
import type { Audience } from './audience.ts';
import type { CellKeeper, KeptClock } from './cell-keeper.ts';
import type { Concealed } from './concealed.ts';
import { hurry, type HurryTarget, nextEvent, targetOf } from './hurry.ts';
import { type Occurrence, occurrencesOf } from './occurrence.ts';
import { OneByOne } from './one-by-one.ts';
import { Pace } from './pace.ts';
import { type ClockBase, latestUs, refuseSpeed } from './plant-clock.ts';

export interface CellTimeOptions {
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
}

/**
 * The time of a cell that is awake: it follows the wall, hurries, steps and ends. Whoever listens is told what happens on
 * the way, and the keeper where the clock stands.
 */
export class CellTime {
  private readonly oneByOne = new OneByOne();
  private readonly pace: Pace;
  private heard: Occurrence[] = [];
  private lastMs: number;
  private runUntilUs: number | undefined;
  private hurries = 0;
  private isAhead = false;
  private gridUs: number;
  private endedBecause: string | undefined;

  constructor(
    private readonly options: CellTimeOptions,
    private readonly audience: Audience,
  ) {
    const { cell, speed = 1, paused = false, now } = options;
    this.lastMs = now();
    this.pace = new Pace({ simUs: cell.now, wallMs: this.lastMs, speed, paused }, cell.model.definition.reactions);
    this.gridUs = nextGridUs(cell.now);
    cell.listener = occurrencesOf(cell.model.plant, (occurrence) => this.heard.push(occurrence));
  }

  get clock(): ClockState {
    const { lastMs, runUntilUs } = this;
    const { anchorMs, cell, run } = this.options;
    const { speed, paused, capped } = this.pace;
    const state = { simUs: cell.now, wallMs: lastMs, speed, paused, anchorMs, run };
    return { ...state, ...(runUntilUs !== undefined && { runUntilUs }), ...(capped && { capped }) };
  }

  get isOver(): boolean {
    return this.endedBecause !== undefined;
  }

  /** Whether plant time has passed that is not on the disk yet. */
  get hasMoved(): boolean {
    return this.isAhead;
  }

  /** Goes to the present; see `LiveCell`. */
  advance(): number {
    this.refuseOver();
    const { cell, anchorMs, now } = this.options;
    if (this.audience.isListening) return cell.now;
    const wallMs = now();
    const limit = latestUs(anchorMs, wallMs);
    const { pace } = this;
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
    return cell.now;
  }

  /** @param done hears of it once it has taken effect */
  async setSpeed({ speed, paused }: SpeedRequest, done: (target: string) => void): Promise<ClockState> {
    await this.inTurn(async () => {
      refuseSpeed(speed, this.options.speeds);
      this.advance();
      this.hurries += 1;
      this.runUntilUs = undefined;
      const { pace } = this;
      pace.wanted = speed ?? pace.wanted;
      this.setPace({ speed: pace.allowedSpeed, paused: paused ?? pace.paused });
      done(paused === undefined ? 'Clock.Speed' : 'Clock.Paused');
    });
    await this.keepClock('set');
    this.tellClock();
    return this.clock;
  }

  /**
   * Hurries to a plant time or an event, in slices that leave the event loop to others. A second one, a change of speed
   * or a pause ends it where it is. Never past the present of the wall.
   */
  async runUntil(request: RunUntilRequest, begun: (target: string) => void): Promise<ClockState> {
    this.advance();
    const { cell, anchorMs, concealed, now } = this.options;
    if ('event' in request) concealed?.refuse([request.event]);
    const target = this.told(targetOf(request, cell, latestUs(anchorMs, now())));
    const turn = ++this.hurries;
    this.runUntilUs = target.atUs;
    begun('Clock.RunUntil');
    this.tellClock();
    const came = await hurry(cell, this.pace.untilHand(target), this.heard, () => {
      if (this.isOver) return false;
      this.lastMs = now();
      this.setPace();
      this.moved();
      this.tellAdvanced();
      return turn === this.hurries;
    });
    this.refuseOver();
    if (turn === this.hurries) this.runUntilUs = undefined;
    this.advance();
    // Whoever cannot follow a hurry is told where it ended: a paused line tells nothing later.
    this.tellAdvanced();
    await this.keepClock('hurried');
    this.tellClock();
    if (!came && turn === this.hurries && target.stopsAt !== undefined) throw target.missed();
    return this.clock;
  }

  /** One step of a paused cell: to the next thing that happens within a minute, or by a second. Never past the wall's present. */
  async step({ by }: StepRequest, done: (target: string) => void): Promise<ClockState> {
    const { cell, anchorMs, now } = this.options;
    await this.inTurn(async () => {
      if (!this.pace.paused) {
        throw new AppError('not_paused', 'The line is not paused.', 'Pause it first; then go step by step.', 409);
      }
      const limit = latestUs(anchorMs, now());
      const end = Math.min(limit, cell.now + (by === 'second' ? SECOND : MINUTE));
      if (end <= cell.now) {
        const hint = 'Wait a little: plant time never passes wall time.';
        throw new AppError('at_present', 'The line has come to the present.', hint, 409);
      }
      if (by === 'second') this.goTo(end);
      else {
        while (cell.now < end && !nextEvent(cell, end, this.heard).some((one) => this.isTold(one)));
        this.moved();
      }
      this.lastMs = now();
      this.setPace();
      done('Clock.Step');
    });
    await this.keepClock('set');
    this.tellAdvanced();
    this.tellClock();
    return this.clock;
  }

  keepClock(kind: KeptClock['kind']): Promise<void> {
    this.isAhead = false;
    const { simUs, wallMs, speed, paused } = this.clock;
    const { keeper, run } = this.options;
    return this.orEnd(keeper.keepClock({ run, kind, simUs, wallMs, speed, paused }));
  }

  /** Writes down where the cell stands, so that it is woken in a moment. */
  keepPlace(kind: 'beat' | 'parked'): Promise<void> {
    this.keepCheckpoint(false);
    return this.keepClock(kind);
  }

  /** What has happened since the last time, to those who listen. */
  tellHappenings(): void {
    if (this.heard.length === 0) return;
    for (const happening of this.heard.splice(0)) {
      this.pace.hear(happening);
      if (this.isTold(happening)) this.audience.tell((listener) => listener.happened?.(happening));
    }
  }

  inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.oneByOne.run(() => {
      this.refuseOver();
      return work();
    });
  }

  /** What could not be written down must not live on: the cell is dropped and woken again from what was kept. */
  async orEnd(kept: Promise<void>): Promise<void> {
    try {
      await kept;
    } catch (error) {
      this.end('The server could not save the cell.');
      throw error;
    }
  }

  end(reason: string): void {
    if (this.isOver) return;
    this.endedBecause = reason;
    this.options.cell.listener = undefined;
    this.audience.dismiss(reason);
  }

  refuseOver(): void {
    if (this.endedBecause === undefined) return;
    throw new AppError('cell_closed', this.endedBecause, 'Connect again to go on.', 409);
  }

  private isTold(happening: Happening): boolean {
    return this.options.concealed?.hidesOccurrence(happening) !== true;
  }

  /** What is told to nobody stops no hurry. */
  private told({ stopsAt, ...target }: HurryTarget): HurryTarget {
    return { ...target, ...(stopsAt && { stopsAt: (one: Happening) => this.isTold(one) && stopsAt(one) }) };
  }

  private goTo(tUs: number): void {
    const { cell } = this.options;
    if (tUs <= cell.now) return;
    const { pace, heard } = this;
    if (!pace.mayChange) cell.runUntil(tUs);
    else while (cell.now < tUs && !pace.isForHands(nextEvent(cell, tUs, heard)));
    this.moved();
  }

  private moved(): void {
    this.isAhead = true;
    if (this.options.cell.now >= this.gridUs) this.keepCheckpoint(true);
    this.tellHappenings();
  }

  private keepCheckpoint(onGrid: boolean): void {
    const { cell, keeper } = this.options;
    keeper.keepCheckpoint(cell.now, cell.snapshot(), onGrid);
    this.gridUs = nextGridUs(cell.now);
  }

  private catchUp(wallMs: number): void {
    this.pace.wanted = 1;
    this.setPace({ speed: 1 });
    this.lastMs = wallMs;
    this.keepClock('caught-up').catch(() => {});
    this.tellClock();
  }

  private setPace(change?: Partial<Pick<ClockBase, 'speed' | 'paused'>>): void {
    this.pace.goOnFrom(this.options.cell.now, this.lastMs, change);
  }

  private tellAdvanced(): void {
    const { now } = this.options.cell;
    this.audience.tell((listener) => listener.advanced?.(now));
  }

  private tellClock(): void {
    const { clock } = this;
    this.audience.tell((listener) => listener.clockChanged?.(clock));
  }
}

const GRID_US = 8 * HOUR;

/** Where the next checkpoint that stays is due. */
const nextGridUs = (nowUs: number): number => (Math.floor(nowUs / GRID_US) + 1) * GRID_US;
