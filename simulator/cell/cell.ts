import type { Happening } from '#simulator/kernel/journal.ts';
import type { Kernel } from '#simulator/kernel/kernel.ts';
import { Slab } from '#simulator/kernel/memory.ts';
import { keyOf } from '#simulator/kernel/random.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { clock } from '#simulator/kernel/time.ts';
import type { Capture } from '#simulator/plant/capture.ts';
import type { MotionSegment } from '#simulator/plant/motion.ts';
import type { Plant } from '#simulator/plant/plant.ts';
import type { Checkpoint, Checkpoints } from './checkpoints.ts';
import type { Command, CommandLog, ScenarioCommand } from './command-log.ts';
import { MODEL_VERSION } from './model-version.ts';
import type { Model } from './model.ts';
import { NumberedCommands } from './numbered-commands.ts';
import type { Sample } from './sample.ts';
import { newestUs } from './sampling.ts';
import type { MetFault, Schedule } from './schedule.ts';
import { halvesOf, type Seed } from './seed.ts';

/** What somebody asks of a cell. */
export type CommandOrder = Pick<Command, 'target'> & Partial<Pick<Command, 'id' | 'value' | 'unit' | 'actor' | 'via'>>;

export interface CellState {
  readonly slab: Slab;
  readonly schedule: Schedule;
  readonly log: CommandLog;
  readonly checkpoints: Checkpoints;
}

/** A running plant: one slab, a scenario, a log of commands, and checkpoints to look back from. */
export class Cell {
  /** Hears what happens while the cell runs. It must not touch a cell of the same model. */
  listener: ((happening: Happening) => void) | undefined;
  readonly log: CommandLog;
  private readonly slab: Slab;
  private readonly schedule: Schedule;
  private readonly commands: NumberedCommands;
  private checkpoints: Checkpoints;

  constructor(
    readonly model: Model,
    { slab, schedule, log, checkpoints }: CellState,
  ) {
    this.slab = slab;
    this.schedule = schedule;
    this.log = log;
    this.commands = new NumberedCommands(log, schedule.commands);
    this.checkpoints = checkpoints;
  }

  get now(): number {
    return this.see().clock.nowUs;
  }

  /** When something happens next if nobody interferes. */
  get nextUs(): number {
    const { calendar, clock } = this.see();
    return Math.min(calendar.next.dueUs, this.schedule.dueUs(clock), this.log.find(clock.commands)?.at ?? Infinity);
  }

  get events(): number {
    return this.see().clock.events;
  }

  /** 64 bits over everything that happened so far. */
  get hash(): string {
    return this.see().journal.hash;
  }

  /**
   * Runs up to and including t, in microseconds. If it is already later, nothing happens. At one instant the events of
   * the calendar come first, then the scenario, then commands by `seq`.
   */
  runUntil(t: number): void {
    const kernel = this.open();
    const { clock } = kernel;
    if (t < clock.nowUs) return;
    for (;;) {
      const command = this.log.find(clock.commands);
      kernel.run(Math.min(t, this.schedule.dueUs(clock), command?.at ?? t, this.checkpoints.dueUs));
      // A part may have triggered something on the way, and ended the run.
      const { nowUs } = clock;
      if (this.schedule.dueUs(clock) <= nowUs) this.obeyScenario(kernel);
      else if (command !== undefined && command.at <= nowUs) this.obeyLogged(command, kernel);
      else if (this.checkpoints.dueUs === nowUs) this.checkpoints.keep(this.checkpoint());
      else if (nowUs === t) return;
    }
  }

  /** The newest sample of a signal, by its index in `model.signals`; at `t`, if that is not beyond the next event. */
  sample(signal: number, t = this.now): Sample {
    this.see();
    return this.model.sampleAt(this.model.signals[signal], t);
  }

  /** The newest sample of a signal at `t`, if it is later than `afterUs`. */
  sampleAfter(signal: number, afterUs: number, t: number): Sample | undefined {
    this.see();
    return this.model.sampleAfter(this.model.signals[signal], afterUs, t);
  }

  /** The instant of the newest sample of a signal: it rises with each. */
  version(signal: number): number {
    return newestUs(this.model.signals[signal], this.see().clock.nowUs);
  }

  /** The closed form itself at the present instant, neither on the scan grid nor rounded, by path or index. */
  read(signal: string | number): number {
    const { clock } = this.see();
    const index = typeof signal === 'number' ? signal : this.model.indexOf(signal);
    return this.model.signals[index].at(clock.nowUs);
  }

  /** The closed form of all signals at the present instant. */
  readAll(into = new Float64Array(this.model.signals.length)): Float64Array {
    const { nowUs } = this.see().clock;
    const { signals } = this.model;
    for (let k = 0; k < signals.length; k++) into[k] = signals[k].at(nowUs);
    return into;
  }

  /** The present value of a parameter, by its path; undefined if it cannot be read. */
  parameter(path: string): unknown {
    this.see();
    return this.model.targets.get(path)?.read?.();
  }

  /** What cannot be a signal, taken at the present instant, by path: a waveform, a curve, a picture, a document. */
  capture(path: string): Capture {
    const { clock } = this.seeCommands();
    return this.model.getCapture(path).take(clock.nowUs);
  }

  /** Looks at the plant as it is now. What it returns must not hold on to the plant. */
  look<T>(read: (plant: Plant, t: number) => T): T {
    const { nowUs } = this.seeCommands().clock;
    return read(this.model.plant, nowUs);
  }

  /** The faults of its scenario that have begun. For judges and teachers: no door shows them. */
  faults(): MetFault[] {
    return this.schedule.metBy(this.now);
  }

  /** What moves, and how, at the present instant. */
  motion(): MotionSegment[] {
    const { nowUs } = this.see().clock;
    const segments: MotionSegment[] = [];
    for (const { motions } of this.model.plant.stations.values()) {
      for (const source of motions) {
        const motion = source.segment(nowUs);
        if (motion) segments.push({ id: source.id, ...motion });
      }
    }
    return segments;
  }

  /**
   * Does something to the plant now, and logs it; throws a Refusal, and logs nothing, if the plant does not accept it.
   * The present moves on by a microsecond, so that no sample that was read before changes. A command given to a cell of
   * the past begins another history: what its log holds of later times is forgotten.
   */
  command({ id = '', target, value, unit, actor = 'system', via = 'system' }: CommandOrder): Command {
    const kernel = this.open();
    // Refused before anything is forgotten.
    this.model.getTarget(target);
    this.log.cutAfter(kernel.clock.commands);
    this.runUntil(kernel.clock.nowUs + 1);
    const at = kernel.clock.nowUs;
    const command: Command = {
      ...{ seq: this.log.length + 1, id, at, target, actor, via },
      ...{ ...(value !== undefined && { value }), ...(unit !== undefined && { unit }) },
    };
    this.obey(command, this.commands.logged(kernel.clock.commands), kernel);
    kernel.clock.commands += 1;
    this.log.append(command);
    return command;
  }

  snapshot(): ArrayBuffer {
    return this.slab.buffer.slice(0);
  }

  /** Where a replay may begin; see `resumeCell`. */
  checkpoint(): Checkpoint {
    const { definitionHash } = this.model;
    return { modelVersion: MODEL_VERSION, definitionHash, tUs: this.now, snapshot: this.snapshot() };
  }

  /** Goes back to a snapshot of this cell. What came after it is forgotten. */
  restore(snapshot: ArrayBuffer): void {
    this.slab.overwrite(snapshot);
    const { clock } = this.open();
    this.log.cutAfter(clock.commands);
    // The newest one before it may be gone: replays go on from here.
    this.checkpoints = this.checkpoints.copyUntil(clock.nowUs).with(this.checkpoint());
  }

  /**
   * A second cell that has lived the same life so far: for a what-if. With a seed of its own it meets other luck from
   * now on; `foresee: false` leaves out what its scenario still holds.
   */
  fork({ seed, foresee = true }: { seed?: Seed; foresee?: boolean } = {}): Cell {
    const kernel = this.open();
    const { nowUs } = kernel.clock;
    const fork = new Cell(this.model, {
      slab: this.slab.copy(),
      schedule: foresee ? this.schedule : this.schedule.metSoFar(kernel.clock),
      log: this.log.copy(),
      checkpoints: this.checkpoints.copyUntil(nowUs),
    });
    if (seed === undefined) return fork;
    kernel.open(fork.slab);
    kernel.seed(...halvesOf(seed));
    fork.checkpoints = fork.checkpoints.with(fork.checkpoint());
    return fork;
  }

  /** The cell as it was at time t, replayed from the nearest checkpoint. It may be run on, or asked "what if". */
  past(t: number): Cell {
    if (t > this.now) throw new Refusal(`${clock(t)} has not come yet.`, `It is ${clock(this.now)}.`, 'out_of_range');
    const { snapshot, tUs } = this.checkpoints.before(t);
    const cell = new Cell(this.model, {
      slab: new Slab(this.slab.layout, snapshot.slice(0)),
      schedule: this.schedule,
      log: this.log.copy(),
      checkpoints: this.checkpoints.copyUntil(tUs),
    });
    cell.runUntil(t);
    return cell;
  }

  /** Enough for looking. */
  private see(): Kernel {
    const { kernel } = this.model.plant;
    kernel.open(this.slab);
    return kernel;
  }

  /** Enough for looking at rules and alarms, which are what the commands of this cell made them. */
  private seeCommands(): Kernel {
    const kernel = this.see();
    for (const reader of this.model.commandReaders) reader.commands = this.commands;
    return kernel;
  }

  /** For whatever makes something happen. */
  private open(): Kernel {
    const kernel = this.seeCommands();
    kernel.journal.listener = this.schedule.isListening ? this.hear : this.listener;
    return kernel;
  }

  private readonly hear = (happening: Happening): void => {
    this.schedule.hear(happening, this.model.plant.kernel);
    this.listener?.(happening);
  };

  /** @param number of the command among all of the cell. */
  private obey(order: ScenarioCommand & Partial<Command>, number: number, kernel: Kernel): void {
    const { target, value, unit, via } = order;
    const { clock, journal } = kernel;
    this.commands.present = number;
    const found = this.model.getTarget(target);
    kernel.act(() => found.obey(clock.nowUs, value, unit));
    if (via === 'mqtt') this.model.security?.overhear(clock.nowUs, target, value);
    clock.lastEventUs = clock.nowUs;
    journal.fold(clock.nowUs, keyOf(JSON.stringify([target, value])));
  }

  private obeyScenario(kernel: Kernel): void {
    const place = this.schedule.take(kernel.clock);
    this.obeyOrNote(this.schedule.commands[place], this.commands.planned(place), kernel);
  }

  private obeyLogged(command: Command, kernel: Kernel): void {
    kernel.clock.commands += 1;
    this.obeyOrNote(command, this.commands.logged(kernel.clock.commands - 1), kernel);
  }

  /** What was planned, or is replayed, may turn out to be refused. That too is part of history. */
  private obeyOrNote(order: ScenarioCommand, number: number, kernel: Kernel): void {
    const { clock } = kernel;
    try {
      this.obey(order, number, kernel);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      clock.lastEventUs = clock.nowUs;
      this.model.plant.commandRefused.raise(clock.nowUs, clock.commands + clock.scenario);
    }
  }
}
