import type { ClockState } from '#contract/clock.ts';
import type { Actor } from '#contract/command.ts';
import type { EvidenceEntry } from '#contract/evidence.ts';
import type { HistoryRequest, HistoryResult } from '#contract/history.ts';
import type { FairOrder, JudgeOrder, JudgeResult } from './judge/judge-order.ts';
import type { FaultEntry } from '#simulator/cell/planned-fault.ts';
import type { ScenarioEntry } from '#simulator/cell/scenario.ts';

/** A command of a hidden scenario: it takes effect at its plant time and appears in the event log only. */
export interface ScenarioCommand {
  readonly atUs: number;
  /** `ST07.Fail` */
  readonly target: string;
  readonly value?: unknown;
}

/** What a lab asks of a cell. */
export interface CellOrder {
  /** A definition in labs/cells: `pump-line`. */
  readonly base: string;
  /** Settings to replace in the definition, by path: `ST03.timeToFailure`. */
  readonly set: Readonly<Record<string, unknown>>;
  /** 64 bits, as 16 hexadecimal digits. Never leaves the server. */
  readonly seed: string;
  readonly scenario: readonly (ScenarioCommand | FaultEntry)[];
  /** Plant time at which the cell opens: everything before has been run already and is history. */
  readonly openUs: number;
  /** The cell is anchored so that this much plant time lies before the present. */
  readonly horizonUs: number;
  /** Slowest and fastest. */
  readonly speed: readonly [number, number];
  /** Paths and panes that no door shows. */
  readonly conceal?: readonly string[];
}

/** The scenario as the simulator reads it. */
export const scenarioOf = ({ scenario }: Pick<CellOrder, 'scenario'>): ScenarioEntry[] =>
  scenario.map((entry) => {
    if ('fault' in entry) return entry;
    const { atUs, ...command } = entry;
    return { at: atUs, ...command };
  });

/** All that attempts need of the host of the cells. */
export interface AttemptHost {
  /** Makes a new current cell for the participant and closes the wire sessions of the one before. Answers its id. */
  openCell(participant: string, order: CellOrder): Promise<string>;
  /**
   * Begins a new run of a cell as ordered, later than anything that the old one has shown; its wire sessions are closed.
   * What `keep` writes becomes durable together with the run.
   */
  beginRun(cell: string, order: CellOrder, actor: Actor, keep: () => Promise<unknown>): Promise<ClockState>;
  clock(cell: string): Promise<ClockState>;
  history(cell: string, request: HistoryRequest, participant: string): Promise<HistoryResult>;
  /** Judges a step on the cell as it is now, away from the thread that serves the wire. */
  judge(cell: string, order: JudgeOrder, participant: string): Promise<JudgeResult>;
  /**
   * Lets whoever judges get ready for this order, if there is nothing else to do: it is judged, and what it comes to is
   * thrown away. Hosts that judge on the spot have none.
   */
  rehearse?(cell: string, order: JudgeOrder): Promise<void>;
  /** Whether a draw is fair: all conditions hold on a line that nobody touches. */
  isFair(order: CellOrder, draw: FairOrder, participant: string): Promise<boolean>;
  /** The evidence log of the cell, oldest first, after everything seen so far has been written to it. */
  evidence(cell: string): Promise<readonly EvidenceEntry[]>;
}
