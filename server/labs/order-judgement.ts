import type { EvidenceEntry } from '#contract/evidence.ts';
import type { TeamMember } from '#contract/facts.ts';
import type { AttemptHost } from './attempt-host.ts';
import type { Attempt, StepProgress } from './attempt-store.ts';
import { type Drawn, drawHidden, type DrawKey } from './draw.ts';
import type { Check } from './judge/check.ts';
import type { JudgeOrder } from './judge/judge-order.ts';
import type { Lab, LabStep } from './lab.ts';
import { openUs } from './line-order.ts';
import { type KeptMark, passedChecks } from './marks.ts';

export interface JudgementSources {
  readonly attempt: Attempt;
  readonly lab: Lab;
  readonly step: LabStep;
  readonly host: AttemptHost;
  readonly answers: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly drawn: Drawn;
  readonly progress: Readonly<Record<string, StepProgress>>;
  readonly marks: readonly KeptMark[];
  readonly secret: Buffer;
  readonly key: DrawKey;
  readonly nowMs: number;
}

/** Kinds of evidence that a check looks at; the rest is not kept with its judgement. */
function kindsOf(check: Check): readonly EvidenceEntry['kind'][] {
  switch (check.source) {
    case 'opcua.subscribe':
      return ['server.started', 'opcua.session', 'opcua.closed', 'opcua.subscribe', 'opcua.unsubscribe'];
    case 'mqtt.subscribe':
      return ['mqtt.subscribe'];
    case 'command':
      return ['command'];
    case 'event':
      return check.isCommand ? ['command'] : [];
    case 'evidence':
      return check.kind === 'read'
        ? ['opcua.session', 'opcua.read', 'history.read', 'opcua.subscribe']
        : ['opcua.session', check.kind];
    default:
      return [];
  }
}

/** Puts together what a judgement needs beside the cell. */
export async function orderJudgement(sources: JudgementSources): Promise<JudgeOrder> {
  const { attempt, lab, step, host, answers, drawn, progress, marks, secret, key, nowMs } = sources;
  const all = step.checks.some((check) => kindsOf(check).length > 0) ? await host.evidence(attempt.cell) : [];
  const team = attempt.team ?? [{ participant: attempt.participant }];
  const { anchorMs } = await host.clock(attempt.cell);
  const hidden = progress[step.id]?.hidden ?? {};
  const seeds = step.checks.flatMap((check) =>
    check.source === 'rule'
      ? [
          [
            check.id,
            drawHidden(secret, key, `${step.id}.${check.id}`, hidden[check.id]?.draw ?? 0, check.hidden.seeds),
          ] as const,
        ]
      : [],
  );
  return {
    step: { id: step.id, asks: step.asks, checks: step.checks },
    basis: {
      ...{ nowMs, anchorMs, drawn, answers, team },
      evidence: evidenceFor(step.checks, all, team),
    },
    names: lab.names,
    asks: Object.fromEntries(lab.steps.map(({ id, asks }) => [id, asks])),
    passed: passedChecks(lab.steps, progress, marks),
    openUs: openUs(lab),
    seeds: Object.fromEntries(seeds),
  };
}

/** What of an evidence log these checks look at. */
export function evidenceFor(
  checks: readonly Check[],
  all: readonly EvidenceEntry[],
  team: readonly TeamMember[],
): EvidenceEntry[] {
  const kinds = new Set(checks.flatMap(kindsOf));
  return all.filter((entry) => kinds.has(entry.kind) && isBy(entry, team));
}

/** What a teacher or the scenario did never counts as the team's. */
const isBy = (entry: EvidenceEntry, team: readonly TeamMember[]): boolean =>
  !('participant' in entry) || team.some(({ participant }) => participant === entry.participant);
