import type { CellView } from '#contract/cell-view.ts';
import type { PlantWindow } from '#contract/facts.ts';
import type { HistoryColumn } from '#contract/history.ts';
import type { AttemptView, StepResult } from '#contract/lab-view.ts';
import type { SqlResult } from '#contract/sql.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import type { Capture } from '#simulator/plant/capture.ts';
import type { HandedIn } from './copy-rates.ts';

export type Door = 'http' | 'opcua' | 'mqtt';

/** What a participant with their own tools can do. Two players exist: real clients over the wire, and a short cut. */
export interface Player {
  /** Starts the lab on a new line. */
  start(lab: string): Promise<AttemptView>;
  view(): Promise<AttemptView>;
  answer(step: string, answers: Readonly<Record<string, string>>): Promise<unknown>;
  check(step: string): Promise<StepResult>;
  /** Signals of the line, as anyone may read about them. */
  signals(): Promise<readonly Pick<CellView['signals'][number], 'path' | 'station' | 'words'>[]>;
  /** Raw samples from the start until now, or of a window, which may be an instant. */
  history(signals: readonly string[], window?: PlantWindow, via?: Door): Promise<readonly HistoryColumn[]>;
  /** The rows of a query in the Data pane, each with the names of the columns; NaN for what is not there. */
  sql(query: string, window?: PlantWindow): Promise<readonly Readonly<Record<string, number | string>>[]>;
  /** A recording, as it was at an instant. */
  capture(path: string, tUs: number): Promise<Capture>;
  /** What happened, as the event list of the workspace has it. */
  events(glob: string, window: PlantWindow): Promise<readonly Happening[]>;
  /** The same readings, there where they need no waiting. */
  readonly atOnce?: AtOnce;
  /**
   * What was worked out about the line as it is now, shared with players whose lines have lived the same; undefined where
   * nothing is shared.
   */
  findings?(): Map<string, unknown> | undefined;
  /** Plant time in microseconds, and the wall time in ms since 1970 that its 0 stands for. */
  clock(): Promise<{ readonly simUs: number; readonly anchorMs: number }>;
  /** Watches exactly these signals in a session of its own for a while of wall time, then closes it. */
  subscribe(watch: Watch): Promise<void>;
  /** Subscribes the topic of a signal, or everything, and gives the first message of the signal as it came. */
  message(signal: string, everything: boolean): Promise<string>;
  /** Writes a parameter, or calls a command. What the line refuses is for the line to say. */
  command(target: string, value: unknown, via: Door, how?: 'write' | 'call'): Promise<void>;
  /** Lets plant time pass. */
  runFor(us: number): Promise<void>;
  /** Lets it pass until something happens; if it does not, until the time is over. */
  runUntilEvent(event: string, withinUs: number): Promise<void>;
}

/** Doors that answer at once. What is read is evidence all the same. */
export interface AtOnce {
  history(signals: readonly string[], window: PlantWindow): readonly HistoryColumn[];
  /** All of these are about to be read, one by one. */
  expect(signals: readonly string[], window: PlantWindow): void;
  /** As `history` of one signal, of which nothing but the first and the last value is looked at. */
  edges(signal: string, window: PlantWindow): readonly [first: number, last: number];
  capture(path: string, tUs: number): Capture;
  events(glob: string, window: PlantWindow): readonly Happening[];
}

/** Rows of a query with the names of their columns. */
export const namedRows = ({ columns, rows }: Pick<SqlResult, 'columns' | 'rows'>): Record<string, number | string>[] =>
  rows.map((row) => Object.fromEntries(columns.map(({ name }, k) => [name, row[k] ?? NaN])));

/** Someone who plays on a line of their own. */
export interface Seat {
  readonly player: Player;
  /** What a play can be judged again with, with other answers; there where it is known. */
  handedIn?(): Promise<Omit<HandedIn, 'shown'>>;
  /** A second one who has done the same so far; there where lines can be copied. */
  fork?(): Seat;
  close(): Promise<void>;
}

/** A newcomer for each play of a seed. */
export type NewSeat = (seed: number) => Promise<Seat>;

export interface Watch {
  readonly signals: readonly string[];
  readonly samplingMs: number;
  readonly mode: 'None' | 'Sign' | 'SignAndEncrypt';
  readonly forMs: number;
}
