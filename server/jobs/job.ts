import type { CaptureResult } from '#contract/capture.ts';
import type { SqlRequest, SqlResult } from '#contract/sql.ts';
import type { RuleTrial, RuleTrialRequest } from '#contract/rules.ts';
import type { ProcessedRequest, ProcessedResult } from '#contract/processed.ts';
import type { HappeningView, HistoryRequest, HistoryResult } from '#contract/history.ts';
import type { Moment, MomentRequest } from '#contract/moment.ts';
import type { Occurrence } from '#server/cells/occurrence.ts';
import type { FairOrder, JudgeOrder, JudgeResult } from '#server/labs/judge/judge-order.ts';
import type { Command } from '#simulator/cell/command-log.ts';
import type { ScenarioEntry } from '#simulator/cell/scenario.ts';
import type { Checkpoint } from '#simulator/cell/checkpoints.ts';
import type { ForkedFigures, ForkRange, WhatIf } from '#simulator/cell/what-if.ts';

/** Models that a worker keeps, the most recently used; the pool sends the definition of any other again. */
export const MODELS_KEPT = 16;
/** Lines that a worker keeps after it has judged them, the most recently judged. */
export const LINES_KEPT = 16;

/** All that it takes to live a run again, up to `nowUs`. */
export interface Life {
  /** SHA-256 of the definition; the worker has it or is sent it. */
  readonly definition: string;
  /** 16 hexadecimal digits. */
  readonly seed: string;
  readonly scenario: readonly ScenarioEntry[];
  readonly log: readonly Command[];
  /** Where to begin. */
  readonly checkpoint: Checkpoint | undefined;
  readonly nowUs: number;
}

export interface HappeningsRequest {
  /** Event name, or glob: `ST*.StateChanged`. */
  readonly event: string;
  readonly fromUs: number;
  readonly toUs: number;
}
export interface HappeningsResult {
  readonly events: HappeningView[];
  readonly truncated: boolean;
}

export interface OccurrencesRequest {
  readonly fromUs: number;
  readonly toUs: number;
}
export interface OccurrencesResult {
  readonly occurrences: readonly Occurrence[];
  /** Nothing is missing up to and including this instant. */
  readonly untilUs: number;
}

export interface CaptureOrder {
  /** `ST03.Spindle.VibrationWaveform` */
  readonly path: string;
  /** Plant time; the present without it. */
  readonly atUs?: number | undefined;
}

export interface WhatIfOrder extends WhatIf {
  readonly range: ForkRange;
}

export interface SqlOrder extends SqlRequest {
  readonly fromUs: number;
  readonly toUs: number;
  /** Epoch of plant time 0, in ms. */
  readonly anchorMs: number;
  /** Paths that the cell does not show. */
  readonly hidden: readonly string[];
}

/** What workers do: pure functions of what they are given. */
export interface Jobs {
  history: { input: { life: Life; request: HistoryRequest }; output: HistoryResult };
  processed: { input: { life: Life; request: ProcessedRequest }; output: ProcessedResult };
  /** `untold` are names and globs of what the lab conceals. */
  happenings: {
    input: { life: Life; request: HappeningsRequest; untold: readonly string[] };
    output: HappeningsResult;
  };
  occurrences: { input: { life: Life; request: OccurrencesRequest }; output: OccurrencesResult };
  capture: { input: { life: Life; request: CaptureOrder }; output: CaptureResult };
  moment: { input: { life: Life; request: MomentRequest }; output: Moment };
  ruleTrial: { input: { life: Life; request: RuleTrialRequest }; output: RuleTrial };
  sql: { input: { life: Life; request: SqlOrder }; output: SqlResult };
  judge: { input: { life: Life; order: JudgeOrder }; output: JudgeResult };
  /** Gets ready to judge; see `AttemptHost.rehearse`. It is not done where no worker is idle. */
  rehearse: { input: { life: Life; order: JudgeOrder }; output: null };
  fair: { input: { life: Life; order: FairOrder }; output: boolean };
  whatIf: { input: { life: Life; request: WhatIfOrder }; output: ForkedFigures };
}
export type JobKind = keyof Jobs;

/** To a worker. `definition` comes along the first time that it is needed there. */
export interface JobOrder<K extends JobKind = JobKind> {
  readonly kind: K;
  readonly input: Jobs[K]['input'];
  readonly definition: string | undefined;
}
/** From a worker. What is wrong with the request is told to whoever asked; anything else is a bug. */
export type JobAnswer =
  | { readonly output: unknown }
  | { readonly refused: { code: string; message: string; hint: string; status: number } }
  | { readonly failed: string };
