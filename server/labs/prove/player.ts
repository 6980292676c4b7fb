import type { CellView } from '#contract/cell-view.ts';
import type { HistoryColumn } from '#contract/history.ts';
import type { AttemptView, StepResult } from '#contract/lab-view.ts';

/** What a participant with their own tools can do. Two players exist: real clients over the wire, and a short cut. */
export interface Player {
  /** Starts the lab on a new line. */
  start(lab: string): Promise<AttemptView>;
  view(): Promise<AttemptView>;
  answer(step: string, answers: Readonly<Record<string, string>>): Promise<unknown>;
  check(step: string): Promise<StepResult>;
  /** Signals of the line, as anyone may read about them. */
  signals(): Promise<readonly Pick<CellView['signals'][number], 'path' | 'station' | 'words'>[]>;
  /** Raw samples from the start until now; and where plant time 0 lies in the week, as `HH:MM:SS` of an instant. */
  history(signals: readonly string[]): Promise<readonly HistoryColumn[]>;
  timeOfDay(tUs: number): Promise<string>;
  /** Watches exactly these signals in a session of its own for a while of wall time, then closes it. */
  subscribe(watch: Watch): Promise<void>;
  /** Subscribes the topic of a signal, or everything, and gives the first message of the signal as it came. */
  message(signal: string, everything: boolean): Promise<string>;
  command(target: string, value: number | undefined, via: 'http' | 'opcua' | 'mqtt'): Promise<void>;
  /** Lets plant time pass. */
  runFor(us: number): Promise<void>;
}

export interface Watch {
  readonly signals: readonly string[];
  readonly samplingMs: number;
  readonly mode: 'None' | 'Sign' | 'SignAndEncrypt';
  readonly forMs: number;
}
