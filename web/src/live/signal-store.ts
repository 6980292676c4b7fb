import { atBeat } from './beat.ts';
import type { Quality } from './quality.ts';
import { Watchers } from './watchers.ts';

/** The newest sample of a signal as the browser knows it: plant time in ms since 1970. */
export interface Reading {
  readonly tMs: number;
  /** Booleans are 0 and 1, as in the simulator; NaN where the quality is bad. */
  readonly value: number;
  /** Good without it. */
  readonly quality?: Quality;
}

/** First values come in several messages; whoever opens a pane sees them together. */
const FIRST_MS = 50;

type Heard = (path: string, reading: Reading) => void;

/**
 * Live values, outside React: a message with twenty values must not render twenty components. Watchers are told at the
 * beat of the page, and only if their own signal changed; of a first value, which somebody waits for, soon after it came.
 */
export class SignalStore {
  private readonly readings = new Map<string, Reading>();
  private readonly watchers = new Watchers();
  private readonly hearers = new Set<Heard>();
  private first: ReturnType<typeof setTimeout> | undefined;
  /** The values of a past moment, while one is looked at; live ones go on behind them. */
  private past: ReadonlyMap<string, Reading> | undefined;

  get(path: string): Reading | undefined {
    return this.past === undefined ? this.readings.get(path) : this.past.get(path);
  }

  /** Shows a past moment, or the present again. Who hears every reading goes on hearing live ones. */
  show(past: ReadonlyMap<string, Reading> | undefined): void {
    if (past === undefined && this.past === undefined) return;
    this.past = past;
    this.watchers.noteAll();
    this.flush();
  }

  put(path: string, value: number | boolean | null, tMs: number, quality?: Quality): void {
    const before = this.readings.get(path);
    if (before && before.tMs > tMs) return;
    const reading: Reading = { tMs, value: value === null ? NaN : Number(value), ...(quality && { quality }) };
    this.readings.set(path, reading);
    for (const heard of this.hearers) heard(path, reading);
    if (before && Object.is(before.value, reading.value)) return;
    if (this.past !== undefined || !this.watchers.note(path)) return;
    if (before) atBeat(this.flush);
    else this.first ??= setTimeout(this.flush, FIRST_MS);
  }

  /** Forgets all values, as after a reset of the line. */
  clear(): void {
    this.watchers.noteAll();
    this.readings.clear();
    atBeat(this.flush);
  }

  /** Calls `listener` after `path` changed, at most once per beat. */
  watch(path: string, listener: () => void): () => void {
    return this.watchers.watch(path, listener);
  }

  /** Calls `heard` with every reading at once, changed or not: for trends, which need each sample. */
  hear(heard: Heard): () => void {
    this.hearers.add(heard);
    return () => void this.hearers.delete(heard);
  }

  private readonly flush = (): void => {
    clearTimeout(this.first);
    this.first = undefined;
    this.watchers.tell();
  };
}
