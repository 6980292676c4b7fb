import type { CaptureResult, CaptureView } from '#contract/capture.ts';
import type { ClockState, RunUntilRequest, SpeedRequest, StepRequest } from '#contract/clock.ts';
import type { Actor, CommandRequest, CommandResult } from '#contract/command.ts';
import type { Configuration } from '#contract/configuration.ts';
import type { NewEvidence } from '#contract/evidence.ts';
import type { Moment, MomentRequest } from '#contract/moment.ts';
import type { RuleTrial, RuleTrialRequest } from '#contract/rules.ts';
import type { SqlRequest, SqlResult } from '#contract/sql.ts';
import type { WhatIfRequest, WhatIfResult } from '#contract/what-if.ts';
import type { AttemptHost, CellOrder } from '#server/labs/attempt-host.ts';
import type { CaptureOrder, HappeningsRequest, HappeningsResult } from '#server/jobs/job.ts';
import type { PublicModel } from './public-view.ts';

/**
 * Everything that the web side asks of cells. It is asynchronous and speaks of cells by id only, so that they can live in
 * another process. Who may use a cell is not its business.
 */
export interface CellHost extends AttemptHost {
  /** A cell as it comes, with luck of its own, as the new current one of the participant. Answers its id. */
  openSandbox(participant: string): Promise<string>;
  /** Makes a new current cell for the participant and closes the wire sessions of the one before. Answers its id. */
  openCell(participant: string, order: CellOrder): Promise<string>;
  publicModel(cell: string): Promise<PublicModel>;
  /** @param isProgram that came with a key, and not our own page: it has the role that the posture of the cell gives it */
  command(cell: string, request: CommandRequest, actor: Actor, isProgram?: boolean): Promise<CommandResult>;
  /** One step of a paused cell. */
  step(cell: string, request: StepRequest, actor: Actor): Promise<ClockState>;
  /** All that a participant may set, as it is now. */
  configuration(cell: string): Promise<Configuration>;
  /** All signals and all that moves at a past instant; in a worker. */
  moment(cell: string, request: MomentRequest, participant: string): Promise<Moment>;
  setSpeed(cell: string, request: SpeedRequest, actor: Actor): Promise<ClockState>;
  runUntil(cell: string, request: RunUntilRequest, actor: Actor): Promise<ClockState>;
  /** Begins a new run, later than anything that the old one has shown; its wire sessions are closed. */
  reset(cell: string, actor: Actor): Promise<ClockState>;
  happeningsIn(cell: string, request: HappeningsRequest, participant: string): Promise<HappeningsResult>;
  /** What can be taken on demand. */
  captures(cell: string): Promise<CaptureView[]>;
  /** Takes one, of now or of what has been; in a worker. */
  capture(cell: string, request: CaptureOrder, participant: string): Promise<CaptureResult>;
  /** When a rule would have fired in a past window; in a worker. */
  tryRule(cell: string, request: RuleTrialRequest, participant: string): Promise<RuleTrial>;
  /** What would come of changes, by forks of the present line; in workers. The line is left as it is. */
  whatIf(cell: string, request: WhatIfRequest, participant: string): Promise<WhatIfResult>;
  /** Answers a query over a window; in a worker. */
  sql(cell: string, request: SqlRequest, participant: string): Promise<SqlResult>;
  record(cell: string, entry: NewEvidence): Promise<void>;
  /** Whether it stands still since nobody asked anything of it for two hours; the next request wakes it. */
  isUnattended(cell: string): boolean;
  /** Closes all wire sessions of a cell and puts it to sleep; it wakes when it is next asked for. */
  closeSessions(cell: string, reason: string): Promise<void>;
  /** Closes all wire sessions of a participant, in whatever cell; those of others stay. */
  closeSessionsOf(participant: string, reason: string): void;
}
