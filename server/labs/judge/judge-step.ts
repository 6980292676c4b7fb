import type { Facts, PlantWindow } from '#contract/facts.ts';
import { labScope, type LabNames, NO_NAMES } from './expression/lab-scope.ts';
import { NotYet, type Value } from './expression/value.ts';
import { judgeAnswers } from './answer-check.ts';
import { readAnswer } from './answers.ts';
import type { Ask } from './ask.ts';
import { judgeBy } from './by-team.ts';
import type { Check } from './check.ts';
import { judgeCommand } from './command-check.ts';
import { judgeCondition } from './condition-check.ts';
import { judgeConfig } from './config-check.ts';
import { judgeEvent } from './event-check.ts';
import { judgeEvidence } from './evidence-check.ts';
import { type Finding, type Outcome, waiting } from './outcome.ts';
import { type Again, type Values, valuesIn } from './reference.ts';
import { judgeRule } from './rule-check.ts';
import { judgeSample } from './sample-check.ts';
import { judgeSignal } from './signal-check.ts';
import { judgeSubscribe } from './subscribe-check.ts';
import { judgeTopic } from './topic-check.ts';
import { judgeValue } from './value-check.ts';

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
  /** Windows and derived values of the lab. */
  readonly names?: LabNames;
  /** Fields of all steps, for `answers.x`. */
  readonly asks?: Readonly<Record<string, readonly Ask[]>>;
  /** Seeds of hidden lines, by check. */
  readonly seeds?: Readonly<Record<string, readonly string[]>>;
  /** Whether hidden lines that could change no verdict are left out: only how many passed is not known then. */
  readonly stopsWhenDecided?: boolean;
  /** Where the same facts are judged with other answers, again and again. */
  readonly again?: Again;
}

interface Around extends Circumstances {
  readonly values: Values;
  readonly names: LabNames;
}

/** Facts in, verdicts out, check by check in the order of the step. */
export function judgeStep(step: JudgedStep, facts: Facts, circumstances: Circumstances): Outcome[] {
  const { names = NO_NAMES, asks = { [step.id]: step.asks } } = circumstances;
  const passed = new Set(circumstances.passed);
  let read: Value | undefined;
  // Few checks look at what was answered elsewhere.
  const more: Record<string, Value> = {
    get answers() {
      return (read ??= answersOf(asks, facts));
    },
  };
  const around = {
    ...circumstances,
    names,
    values: valuesIn(facts, labScope(facts, names, more), circumstances.again),
  };
  return step.checks.map((check) => {
    const finding: Finding = check.needs.every((id) => passed.has(id))
      ? inTime(() => judge(check, step, facts, around))
      : waiting('needs');
    if (finding.status === 'passed') passed.add(`${step.id}.${check.id}`);
    const { time } = finding.seen;
    if (typeof time === 'object' && 'atS' in time) more[check.id] = { time: time.atS };
    return { check: check.id, points: finding.status === 'passed' ? check.points : 0, ...finding };
  });
}

/** What looks at a time that has not come waits for it. */
function inTime(find: () => Finding): Finding {
  try {
    return find();
  } catch (error) {
    if (!(error instanceof NotYet)) throw error;
    return waiting('notYet', error.atS === undefined ? {} : { time: { atS: error.atS } });
  }
}

function judge(
  check: Check,
  step: JudgedStep,
  facts: Facts,
  { window, unitOf, values, names, seeds, stopsWhenDecided = false }: Around,
): Finding {
  switch (check.source) {
    case 'answers':
      return judgeAnswers(check, step.asks, facts.answers(step.id), values);
    case 'sample': {
      const ask = step.asks.find(({ id }) => id === check.ask)!;
      return judgeSample(check, ask, facts.answers(step.id)[check.ask], facts, values, window);
    }
    case 'opcua.subscribe':
      return judgeBy(check.by, facts, (seen) => judgeSubscribe(check, seen, values));
    case 'mqtt.subscribe':
      return judgeBy(check.by, facts, (seen) => judgeTopic(check, seen, values));
    case 'command':
      return judgeBy(check.by, facts, (seen) => judgeCommand(check, seen, values));
    case 'signal':
      return judgeSignal(check, facts, values, window, unitOf);
    case 'value':
      return judgeValue(check, values);
    case 'condition':
      return judgeCondition(check, facts, values);
    case 'event':
      return judgeEvent(check, facts, values);
    case 'evidence':
      return judgeBy(check.by, facts, (seen) => judgeEvidence(check, seen, values));
    case 'config':
      return judgeConfig(check, facts, values);
    case 'rule':
      return judgeRule(check, facts, values, names, { seeds: seeds?.[check.id] ?? [], stopsWhenDecided });
  }
}

/** All answers that could be understood, by field: a later answer may be judged on an earlier one. */
function answersOf(asks: Readonly<Record<string, readonly Ask[]>>, facts: Facts): Value {
  return Object.fromEntries(
    Object.entries(asks).flatMap(([step, fields]) =>
      fields.flatMap((ask): [string, Value][] => {
        const read = readAnswer(facts.answers(step)[ask.id], ask);
        return [[ask.id, read === undefined || 'problem' in read ? NaN : read.value]];
      }),
    ),
  );
}
