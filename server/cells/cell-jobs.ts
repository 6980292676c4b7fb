import type { CaptureResult } from '#contract/capture.ts';
import type { HistoryRequest, HistoryResult } from '#contract/history.ts';
import type { Moment, MomentRequest } from '#contract/moment.ts';
import type { ProcessedRequest, ProcessedResult } from '#contract/processed.ts';
import type { RuleTrial, RuleTrialRequest } from '#contract/rules.ts';
import type { SqlRequest, SqlResult } from '#contract/sql.ts';
import type { WhatIfRequest, WhatIfResult } from '#contract/what-if.ts';
import type {
  CaptureOrder,
  HappeningsRequest,
  HappeningsResult,
  JobKind,
  Jobs,
  Life,
  OccurrencesRequest,
  OccurrencesResult,
} from '#server/jobs/job.ts';
import type { JudgeOrder, JudgeResult } from '#server/labs/judge/judge-order.ts';
import type { CellRow } from '#server/store/cells-table.ts';
import type { AlarmFacts } from '#simulator/rules/alarm-facts.ts';
import type { Concealed } from './concealed.ts';
import type { Lives } from './lives.ts';
import type { LocalCell } from './local-cell.ts';
import { sqlWindow } from './sql-window.ts';
import { freshLuck, whatIfResult } from './what-if-result.ts';

/** Runs a pure job in a worker. */
export type RunJob = <K extends JobKind>(
  participant: string,
  kind: K,
  input: Jobs[K]['input'],
) => Promise<Jobs[K]['output']>;

/** A cell that is awake, as whoever asks something of its past sees it. */
export interface Asked {
  readonly row: CellRow;
  readonly live: LocalCell;
  readonly concealed: Concealed;
}

/**
 * What is asked of the past of a cell, or of what might become of it: answered by workers, which live the run again.
 * What the lab conceals is refused, or left out of the answer.
 */
export class CellJobs {
  constructor(
    private readonly lives: Lives,
    private readonly run: RunJob,
  ) {}

  async history(asked: Asked, request: HistoryRequest, participant: string): Promise<HistoryResult> {
    asked.concealed.refuse(request.signals);
    return this.run(participant, 'history', { life: await this.life(asked, request.fromUs), request });
  }

  async processed(asked: Asked, request: ProcessedRequest, participant: string): Promise<ProcessedResult> {
    asked.concealed.refuse(request.columns.map(({ signal }) => signal));
    const life = await this.life(asked, Math.max(0, (request.edgesUs[0] ?? 0) - 1));
    return this.run(participant, 'processed', { life, request });
  }

  async occurrences(asked: Asked, request: OccurrencesRequest, participant: string): Promise<OccurrencesResult> {
    const life = await this.life(asked, Math.max(0, request.fromUs - 1));
    const { occurrences, ...rest } = await this.run(participant, 'occurrences', { life, request });
    return { ...rest, occurrences: occurrences.filter((one) => !asked.concealed.hidesOccurrence(one)) };
  }

  async happenings(asked: Asked, request: HappeningsRequest, participant: string): Promise<HappeningsResult> {
    present(asked);
    const { untold } = asked.concealed;
    return this.run(participant, 'happenings', { life: await this.life(asked, request.fromUs - 1), request, untold });
  }

  async moment(asked: Asked, request: MomentRequest, participant: string): Promise<Moment> {
    present(asked);
    const moment = await this.run(participant, 'moment', { life: await this.life(asked, request.atUs), request });
    const { concealed } = asked;
    return { ...moment, values: moment.values.map((value, k) => (concealed.hidesSignal(k) ? null : value)) };
  }

  async capture(asked: Asked, request: CaptureOrder, participant: string): Promise<CaptureResult> {
    asked.concealed.refuse([request.path]);
    const nowUs = present(asked);
    const life = await this.life(asked, request.atUs ?? nowUs);
    return withoutAlarms(asked.concealed, await this.run(participant, 'capture', { life, request }));
  }

  async tryRule(asked: Asked, request: RuleTrialRequest, participant: string): Promise<RuleTrial> {
    const { concealed } = asked;
    const seen = concealed.findIn(JSON.stringify(request.rule));
    if (seen !== undefined) concealed.refuse([seen]);
    present(asked);
    return this.run(participant, 'ruleTrial', { life: await this.life(asked, request.fromUs), request });
  }

  async whatIf(asked: Asked, request: WhatIfRequest, participant: string): Promise<WhatIfResult> {
    asked.concealed.refuseAll('pane.whatIf');
    const life = await this.life(asked, present(asked));
    const order = { ...request, range: { first: 0, count: request.forks }, luck: freshLuck() };
    return whatIfResult(request, await this.run(participant, 'whatIf', { life, request: order }));
  }

  async sql(asked: Asked, request: SqlRequest, participant: string): Promise<SqlResult> {
    const { live, concealed } = asked;
    concealed.refusePane('pane.data');
    const { lookBackUs, ...window } = sqlWindow(request, present(asked));
    const order = { ...request, ...window, anchorMs: live.anchorMs, hidden: concealed.all };
    return this.run(participant, 'sql', { life: await this.life(asked, lookBackUs), request: order });
  }

  async judge(asked: Asked, order: JudgeOrder, participant: string): Promise<JudgeResult> {
    present(asked);
    return this.run(participant, 'judge', { life: await this.life(asked, 0), order });
  }

  /** In its own turn: no question of the participant waits for it. */
  async rehearse(asked: Asked, order: JudgeOrder): Promise<void> {
    asked.live.advance();
    await this.run(`rehearsal ${asked.row.id}`, 'rehearse', { life: await this.life(asked, 0), order });
  }

  private life({ row, live }: Asked, fromUs: number): Promise<Life> {
    return this.lives.lifeOf(row, live, fromUs);
  }
}

/** A list of all alarms has none that is concealed. */
function withoutAlarms(concealed: Concealed, result: CaptureResult): CaptureResult {
  const { path, capture } = result;
  if (capture.kind !== 'document' || !Array.isArray(capture.content.alarms)) return result;
  const station = path.slice(0, path.lastIndexOf('.'));
  const alarms = (capture.content.alarms as ListedAlarm[]).filter(
    ({ id, signal, setpoint }) => !concealed.hidesAlarm({ path: `${station}.${id}`, signal, setpoint }),
  );
  return { ...result, capture: { ...capture, content: { ...capture.content, alarms } } };
}
type ListedAlarm = { readonly id: string } & Pick<AlarmFacts, 'signal' | 'setpoint'>;

/** Keeps the cell awake and brings it to its present: that plant time. */
function present({ live }: Asked): number {
  live.touch();
  return live.advance();
}
