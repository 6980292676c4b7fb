import type { Happening } from '#simulator/kernel/journal.ts';
import type { Kernel } from '#simulator/kernel/kernel.ts';
import { Slab } from '#simulator/kernel/memory.ts';
import { keyOf } from '#simulator/kernel/random.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { clock } from '#simulator/kernel/time.ts';
import { Checkpoints } from './checkpoints.ts';
import { type Command, CommandLog } from './command-log.ts';
import type { Model } from './model.ts';

/** A running plant: one slab, a log of commands, and checkpoints to look back from. */
export class Cell {
  /** Hears what happens while the cell runs. It must not touch a cell of the same model. */
  listener: ((happening: Happening) => void) | undefined;

  constructor(
    readonly model: Model,
    private readonly slab: Slab,
    readonly log = new CommandLog(),
    private readonly checkpoints = new Checkpoints(),
  ) {}

  get now(): number {
    return this.open().clock.nowUs;
  }

  /** When something happens next if nobody interferes. */
  get nextUs(): number {
    const { calendar, clock } = this.open();
    return Math.min(calendar.next.dueUs, this.log.find(clock.commands)?.at ?? Infinity);
  }

  get events(): number {
    return this.open().clock.events;
  }

  /** 64 bits over everything that happened so far. */
  get hash(): string {
    return this.open().journal.hash;
  }

  /** Runs up to and including t, in microseconds. */
  runUntil(t: number): void {
    const kernel = this.open();
    if (t < kernel.clock.nowUs)
      throw new Refusal(`It is already ${clock(kernel.clock.nowUs)}.`, 'Use `past` to look back.');
    for (;;) {
      const command = this.log.find(kernel.clock.commands);
      const stop = Math.min(t, command?.at ?? t, this.checkpoints.dueUs());
      kernel.run(stop);
      if (command?.at === stop) this.obeyOrNote(command, kernel);
      else if (this.checkpoints.dueUs() === stop) this.checkpoints.keep(stop, this.slab.buffer.slice(0));
      else return;
    }
  }

  /** Reads a signal, by name or by its index in `model.signals`, at the present time. */
  read(signal: string | number): number {
    const { clock } = this.open();
    const index = typeof signal === 'number' ? signal : this.model.indexOf(signal);
    return this.model.signals[index].at(clock.nowUs);
  }

  readAll(into = new Float64Array(this.model.signals.length)): Float64Array {
    const { nowUs } = this.open().clock;
    const { signals } = this.model;
    for (let k = 0; k < signals.length; k++) into[k] = signals[k].at(nowUs);
    return into;
  }

  /** Does something to the plant, now or at a later time. Throws a Refusal if the plant does not accept it now. */
  command({ at = this.now, ...rest }: Omit<Command, 'at'> & { at?: number }): void {
    const command = { at, ...rest };
    const { clock: time } = this.open();
    if (at < time.nowUs) throw new Refusal(`${clock(at)} is past.`, `Command at ${clock(time.nowUs)} or later.`);
    if (!this.model.commands.has(command.target)) {
      throw new Refusal(`The cell has no command "${command.target}".`, 'See model.commands for all targets.');
    }
    if (at === time.nowUs) {
      this.runUntil(at);
      this.obey(command, this.open());
      this.log.insert(command, time.commands - 1);
    } else this.log.insert(command, time.commands);
  }

  snapshot(): ArrayBuffer {
    return this.slab.buffer.slice(0);
  }

  copyState(): Slab {
    return this.slab.copy();
  }

  /** Goes back to a snapshot of this cell. What came after it is forgotten. */
  restore(snapshot: ArrayBuffer): void {
    this.slab.overwrite(snapshot);
    const { clock } = this.open();
    this.log.cutAfter(clock.commands);
    this.checkpoints.cutAfter(clock.nowUs);
  }

  /** A second cell that has lived the same life so far: for a what-if. */
  fork(): Cell {
    return new Cell(this.model, this.slab.copy(), this.log.copy(), this.checkpoints.copyUntil(this.now));
  }

  /** The cell as it was at time t, replayed from the nearest checkpoint. It may be run on, or asked "what if". */
  past(t: number): Cell {
    if (t > this.now) throw new Refusal(`${clock(t)} has not come yet.`, `It is ${clock(this.now)}.`);
    const { snapshot, t: from } = this.checkpoints.before(t);
    const slab = new Slab(this.slab.layout, snapshot.slice(0));
    const cell = new Cell(this.model, slab, this.log.copy(), this.checkpoints.copyUntil(from));
    cell.runUntil(t);
    return cell;
  }

  private open(): Kernel {
    const { kernel } = this.model.plant;
    kernel.open(this.slab);
    kernel.journal.listener = this.listener;
    return kernel;
  }

  private obey({ target, value }: Command, kernel: Kernel): void {
    const { clock, journal } = kernel;
    kernel.act(() => this.model.commands.get(target)?.(clock.nowUs, value));
    clock.commands += 1;
    journal.fold(clock.nowUs, keyOf(JSON.stringify([target, value])));
  }

  /** What was planned, or is replayed, may turn out to be refused. That too is part of history. */
  private obeyOrNote(command: Command, kernel: Kernel): void {
    try {
      this.obey(command, kernel);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.model.plant.commandRefused.raise(kernel.clock.nowUs, kernel.clock.commands);
      kernel.clock.commands += 1;
    }
  }
}

export function createCell(model: Model, { seed }: { seed: number }): Cell {
  const { kernel } = model.plant;
  const slab = model.blank.copy();
  kernel.open(slab);
  kernel.seed(seed);
  kernel.act(() => model.plant.start(0));
  return new Cell(model, slab);
}
