import type { Facts, PlantWindow } from '#contract/facts.ts';
import type { Ask } from './ask.ts';
import { judgeAnswers } from './answer-check.ts';
import type { Check } from './check.ts';
import { judgeCommand } from './command-check.ts';
import type { Finding, Outcome } from './outcome.ts';
import { judgeSample } from './sample-check.ts';
import { judgeSignal } from './signal-check.ts';
import { judgeSubscribe } from './subscribe-check.ts';
import { judgeTopic } from './topic-check.ts';

export interface JudgedStep {
  readonly id: string;
  readonly asks: readonly Ask[];
  readonly checks: readonly Check[];
}

/** What the judge knows of the attempt beside its facts. */
export interface Circumstances {
  /** Checks that were passed before, as `step.check`: they stay passed, and what needs them may go on. */
  readonly passed: ReadonlySet<string>;
  /** From the opening of the cell until now. */
  readonly window: PlantWindow;
  /** Unit of a signal, as the cell defines it. */
  readonly unitOf: (signal: string) => string;
}

/** Facts in, verdicts out, check by check in the order of the step. */
export function judgeStep(step: JudgedStep, facts: Facts, around: Circumstances): Outcome[] {
  const passed = new Set(around.passed);
  return step.checks.map((check) => {
    const name = `${step.id}.${check.id}`;
    const finding: Finding = check.needs.every((id) => passed.has(id))
      ? judge(check, step, facts, around)
      : { status: 'waiting', cause: 'needs', seen: {} };
    if (finding.status === 'passed') passed.add(name);
    return { check: check.id, points: finding.status === 'passed' ? check.points : 0, ...finding };
  });
}

function judge(check: Check, step: JudgedStep, facts: Facts, { window, unitOf }: Circumstances): Finding {
  switch (check.source) {
    case 'answers':
      return judgeAnswers(check, step.asks, facts.answers(step.id), facts);
    case 'sample': {
      const ask = step.asks.find(({ id }) => id === check.ask)!;
      return judgeSample(check, ask, facts.answers(step.id)[check.ask], facts, window);
    }
    case 'opcua.subscribe':
      return judgeSubscribe(check, facts);
    case 'mqtt.subscribe':
      return judgeTopic(check, facts);
    case 'command':
      return judgeCommand(check, facts);
    case 'signal':
      return judgeSignal(check, facts, window, unitOf);
  }
}
