import type { ClockState, SpeedRequest } from '#contract/clock.ts';
import type { Actor, CommandRequest, CommandResult } from '#contract/command.ts';
import type { MotionSegment } from '#contract/cell-view.ts';
import type { NewEvidence } from '#contract/evidence.ts';
import type { HistoryRequest, HistoryResult } from '#contract/history.ts';
import type { ProcessedRequest, ProcessedResult } from '#contract/processed.ts';
import type { Command } from '#simulator/cell/command-log.ts';
import type { Model } from '#simulator/cell/model.ts';
import type { Sample } from '#simulator/cell/sample.ts';
import type { AlarmFacts } from '#simulator/rules/alarm-facts.ts';
import type { Occurrence } from './occurrence.ts';
import type { OccurrencesRequest, OccurrencesResult } from '#server/jobs/job.ts';

/** Hears what becomes of a cell. While it has listeners a cell stays awake and goes forward every 100 ms of wall time. */
export interface CellListener {
  /** The cell has come to a new plant time; samples may have changed. May be set while it listens. */
  advanced?: ((nowUs: number) => void) | undefined;
  happened?(occurrence: Occurrence): void;
  /** Somebody gave a command, by whatever door. */
  commanded?(order: CommandRequest, actor: Actor, result: CommandResult): void;
  /** Speed, pause or run changed. */
  clockChanged?(clock: ClockState): void;
  /** The key of a participant was revoked: close their connections. */
  expelled?(participant: string, reason: string): void;
  /** The cell is no longer this participant's current one, was reset, or sleeps: close the connection. */
  closed?(reason: string): void;
}

/**
 * A cell that is awake in this process, as the OPC UA and MQTT servers see it. Reads are synchronous and cost a closed
 * form; whoever wants the present calls `advance` first. Seed and scenario are not here.
 */
export interface LiveCell {
  readonly id: string;
  readonly model: Model;
  readonly clock: ClockState;
  /** Goes to the present of the cell's clock; its plant time in microseconds. */
  advance(): number;
  /** The newest sample of a signal, by its index in `model.signals`, as of the last `advance`. */
  sample(signal: number): Sample;
  /** Changes whenever the newest sample may have. */
  version(signal: number): number;
  /** What moves and how, as of the last `advance`. */
  motion(): readonly MotionSegment[];
  /** Plant time as ms since 1970. */
  epochMs(tUs: number): number;
  /** Answers once the outcome is durable. */
  command(request: CommandRequest, actor: Actor): Promise<CommandResult>;
  setSpeed(request: SpeedRequest, actor: Actor): Promise<ClockState>;
  /** Recomputed in a worker. */
  history(request: HistoryRequest, participant: string): Promise<HistoryResult>;
  /** Aggregates of what history gives; computed in a worker. */
  processed(request: ProcessedRequest, participant: string): Promise<ProcessedResult>;
  /** What happened, lived again in a worker. */
  occurrences(request: OccurrencesRequest, participant: string): Promise<OccurrencesResult>;
  /** All alarms, as of the last `advance`. */
  alarms(): readonly AlarmFacts[];
  /** The command that took effect at an instant. */
  commandAt(tUs: number): Command | undefined;
  /** The commands that took effect in a window, both ends included. */
  commandsBetween(fromUs: number, toUs: number): readonly Command[];
  /** Appends to the evidence log; durable within a second. */
  record(entry: NewEvidence): void;
  listen(listener: CellListener): () => void;
}

/** Where a login leads. */
export interface Principal {
  readonly participant: string;
  readonly cell: LiveCell;
}

/** Who may come in, for every door: user name (participant id or `participant.cell`) and key. Takes constant time. */
export interface Doorkeeper {
  admit(userName: string, key: string): Promise<Principal | undefined>;
}
