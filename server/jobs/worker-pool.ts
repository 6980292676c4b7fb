import { Worker } from 'node:worker_threads';
import { LRUCache } from 'lru-cache';
import { AppError } from '#server/errors.ts';
import { findCut } from './cut.ts';
import { type JobAnswer, type JobKind, type JobOrder, type Jobs, type Life, LINES_KEPT, MODELS_KEPT } from './job.ts';
import { workerFile } from './worker-file.ts';

export interface PoolOptions {
  readonly workers: number;
  /** What a job may take before it is ended. */
  readonly budgetMs?: number;
  readonly memoryMb?: number;
  /** Jobs that one participant may have waiting. */
  readonly waiting?: number;
  /** Finds a definition for a worker that lacks it. */
  readonly definition: (hash: string) => Promise<string>;
}

interface Waiting {
  readonly order: JobOrder;
  readonly participant: string;
  /** Pieces of one job have it in common. */
  readonly whole: object;
  readonly done: (output: unknown) => void;
  readonly failed: (error: Error) => void;
}

interface Seat {
  readonly worker: Worker;
  /** It has loaded its code. How long that took is on nobody's account. */
  readonly ready: Promise<void>;
  /** Hashes of the definitions that it has: see `Models`. As it does, it lets go of what was used longest ago. */
  readonly definitions: LRUCache<string, true>;
  /** Lines that were judged there, and when: another judgement goes on from where it is. */
  readonly lines: LRUCache<string, number>;
  job: Waiting | undefined;
  timer: NodeJS.Timeout | undefined;
}

/** One that was judged longer ago may give way to a rehearsal; else a large class would rehearse each other out again. */
const LINE_HELD_MS = 10 * 60_000;

/** What a worker may take to load its code. */
const STARTS_WITHIN_MS = 60_000;

/**
 * Worker threads for whatever takes longer than a moment. The thread that serves the wire never does it. One job of a
 * participant runs at a time, so that nobody's questions hold up everybody else's. A job that can be cut lets its pieces
 * run side by side where a worker would be idle otherwise; whoever else waits comes before the next piece.
 */
export class WorkerPool {
  private readonly seats: Seat[] = [];
  private queue: Waiting[] = [];
  private isClosed = false;

  constructor(private readonly options: PoolOptions) {}

  async run<K extends JobKind>(participant: string, kind: K, input: Jobs[K]['input']): Promise<Jobs[K]['output']> {
    const { waiting = 20, workers } = this.options;
    if (this.isClosed) throw new AppError('stopping', 'The server is stopping.', 'Ask again in a moment.', 503);
    const mine = this.queue.filter((one) => one.participant === participant);
    if (new Set(mine.map(({ whole }) => whole)).size >= waiting) {
      const message = `${waiting} of your requests are waiting already.`;
      throw new AppError('too_many_requests', message, 'Wait for their answers before you ask for more.', 429);
    }
    if (kind === 'rehearse' && !this.hasRoom(input.life)) return null;
    const cut = findCut(kind);
    const whole = {};
    const pieces = cut?.cut(input, workers) ?? [input];
    try {
      const outputs = await Promise.all(pieces.map((piece) => this.wait(participant, whole, kind, piece)));
      return cut?.join(outputs) ?? outputs[0];
    } finally {
      // If one piece has failed, nobody wants the others.
      this.queue = this.queue.filter((one) => one.whole !== whole);
    }
  }

  private wait<K extends JobKind>(participant: string, whole: object, kind: K, input: Jobs[K]['input']) {
    return new Promise<Jobs[K]['output']>((done, failed) => {
      const order: JobOrder = { kind, input, definition: undefined };
      this.queue.push({ order, participant, whole, done: done as (output: unknown) => void, failed });
      this.next();
    });
  }

  async close(): Promise<void> {
    this.isClosed = true;
    const stopping = new AppError('stopping', 'The server is stopping.', 'Ask again in a moment.', 503);
    for (const { failed } of this.queue.splice(0)) failed(stopping);
    await Promise.all(this.seats.splice(0).map((seat) => this.end(seat, stopping)));
  }

  /** Whether there is a worker for whom nobody waits, and who knows the line or can take it in. */
  private hasRoom(life: Life): boolean {
    const { seats, queue } = this;
    if (queue.length > 0) return false;
    if (seats.length < this.options.workers) return true;
    const line = nameOf(life);
    return seats.some(({ job, lines }) => {
      if (job !== undefined) return false;
      if (lines.has(line) || lines.size < LINES_KEPT) return true;
      const [oldestMs = 0] = lines.rvalues();
      return performance.now() - oldestMs > LINE_HELD_MS;
    });
  }

  private next(): void {
    for (;;) {
      const job = this.findNext();
      if (job === undefined) return;
      const seat = this.findSeat(job) ?? this.open();
      if (seat === undefined) return;
      const line = lineOf(job.order);
      if (line !== undefined) seat.lines.set(line, performance.now());
      const { whole } = job;
      const others = this.queue.filter((one) => one !== job);
      // Its other pieces go to the end of the queue.
      this.queue = [...others.filter((one) => one.whole !== whole), ...others.filter((one) => one.whole === whole)];
      seat.job = job;
      this.start(seat, job).catch((error: unknown) => this.finish(seat, () => job.failed(error as Error)));
    }
  }

  /** A line that is being judged, or rehearsed, is there a moment later; elsewhere it would be lived from its start. */
  private findNext(): Waiting | undefined {
    const running = this.seats.flatMap(({ job }) => job ?? []);
    const lines = new Set(running.flatMap(({ order }) => lineOf(order) ?? []));
    const isFree = ({ participant, order }: Waiting): boolean => {
      const line = lineOf(order);
      const isLineFree = line === undefined || !lines.has(line);
      return isLineFree && running.every((one) => one.participant !== participant);
    };
    return this.queue.find(isFree) ?? this.queue.find(({ whole }) => running.some((one) => one.whole === whole));
  }

  /** An idle worker: one that has judged the line before, or else the one with the fewest to remember. */
  private findSeat({ order }: Waiting): Seat | undefined {
    const idle = this.seats.filter(({ job }) => job === undefined);
    const line = lineOf(order);
    if (line === undefined) return idle[0];
    return idle.find(({ lines }) => lines.has(line)) ?? idle.toSorted((a, b) => a.lines.size - b.lines.size)[0];
  }

  private async start(seat: Seat, job: Waiting): Promise<void> {
    const hash = job.order.input.life.definition;
    const isThere = seat.definitions.has(hash);
    const definition = isThere ? undefined : await this.options.definition(hash);
    seat.timer = setTimeout(() => this.replace(seat, tookTooLong()), STARTS_WITHIN_MS);
    await seat.ready;
    clearTimeout(seat.timer);
    if (seat.job !== job) return;
    seat.definitions.set(hash, true);
    seat.timer = setTimeout(() => this.replace(seat, tookTooLong()), this.options.budgetMs ?? 10_000);
    seat.worker.postMessage({ ...job.order, definition });
  }

  private open(): Seat | undefined {
    const { workers, memoryMb = 256 } = this.options;
    if (this.seats.length >= workers) return undefined;
    const worker = new Worker(workerFile(), { resourceLimits: { maxOldGenerationSizeMb: memoryMb } });
    const ready = new Promise<void>((resolve) => void worker.once('message', () => resolve()));
    const definitions = new LRUCache<string, true>({ max: MODELS_KEPT });
    const lines = new LRUCache<string, number>({ max: LINES_KEPT });
    const seat: Seat = { worker, ready, definitions, lines, job: undefined, timer: undefined };
    void ready.then(() => worker.on('message', (answer: JobAnswer) => this.answered(seat, answer)));
    worker.on('error', (error: NodeJS.ErrnoException) => {
      this.replace(seat, error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tookTooMuchMemory() : error);
    });
    worker.unref();
    this.seats.push(seat);
    return seat;
  }

  private answered(seat: Seat, answer: JobAnswer): void {
    const { job } = seat;
    this.finish(seat, () => {
      if ('output' in answer) job?.done(answer.output);
      else if ('failed' in answer) job?.failed(new Error(answer.failed));
      else {
        const { code, message, hint, status } = answer.refused;
        job?.failed(new AppError(code, message, hint, status));
      }
    });
  }

  private finish(seat: Seat, tell: () => void): void {
    clearTimeout(seat.timer);
    seat.job = undefined;
    tell();
    this.next();
  }

  /** A worker that hangs or has died gives way to a new one. */
  private replace(seat: Seat, error: Error): void {
    const at = this.seats.indexOf(seat);
    if (at < 0) return;
    this.seats.splice(at, 1);
    void this.end(seat, error).then(() => this.next());
  }

  private async end(seat: Seat, error: Error): Promise<void> {
    clearTimeout(seat.timer);
    seat.job?.failed(error);
    seat.job = undefined;
    await seat.worker.terminate();
  }
}

const nameOf = ({ definition, seed }: Life): string => `${definition} ${seed}`;

/** The line that a job judges; undefined for other jobs. */
const lineOf = ({ kind, input }: JobOrder): string | undefined =>
  kind === 'judge' || kind === 'rehearse' ? nameOf(input.life) : undefined;

const tookTooLong = (): AppError =>
  new AppError(
    'took_too_long',
    'That took too long.',
    'Ask for less: fewer signals or forks, or a shorter window.',
    413,
  );
const tookTooMuchMemory = (): AppError =>
  new AppError(
    'too_much',
    'That took too much memory.',
    'Ask for less: fewer signals or forks, or a shorter window.',
    413,
  );
