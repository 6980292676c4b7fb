import type { CommandResult } from '#contract/command.ts';
import type { EvidenceEntry } from '#contract/evidence.ts';
import type { ClockBase } from './plant-clock.ts';

/** A command with its outcome, as it is kept. `seq` numbers those that the plant obeyed, from 1 within the run. */
export interface KeptCommand extends CommandResult {
  readonly run: number;
  readonly wallMs: number;
  readonly actor: string;
  readonly via: string;
  readonly target: string;
  readonly value: unknown;
  readonly unit: string | undefined;
}

/** Both clocks of a cell at one moment. `beat` comes every few seconds, so that a crash costs no more than that. */
export interface KeptClock extends ClockBase {
  readonly run: number;
  readonly kind: 'opened' | 'set' | 'caught-up' | 'hurried' | 'beat' | 'parked' | 'woken' | 'resumed' | 'reset';
}

/** Where a cell writes down what must survive. A promise that is kept means: it is on the disk. */
export interface CellKeeper {
  /** The outcome of a command that was given before, whatever became of the caller. */
  findCommand(actor: string, id: string): Promise<CommandResult | undefined>;
  keepCommand(command: KeptCommand): Promise<void>;
  keepClock(clock: KeptClock): Promise<void>;
  /** The state at a plant time. One on the grid stays, for looking back; of the others the newest is enough. */
  keepCheckpoint(tUs: number, state: ArrayBuffer, onGrid: boolean): void;
  /** Durable within a second, or with the next `flush`. */
  keepEvidence(entry: EvidenceEntry): void;
}
