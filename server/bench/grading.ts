import { loadModel } from '#server/cells/load.ts';
import { judgeJob } from '#server/jobs/judge-job.ts';
import type { Life } from '#server/jobs/job.ts';
import type { Check } from '#server/labs/judge/check.ts';
import type { JudgeOrder, JudgeResult } from '#server/labs/judge/judge-order.ts';
import { regrade } from '#server/labs/judge/regrade.ts';
import { readFacts, writeFacts } from '#server/labs/judge/stored-facts.ts';
import type { Model } from '#simulator/cell/model.ts';
import { HOUR, SECOND } from '#simulator/kernel/time.ts';
import { cpuMs, median, type Row } from './measure.ts';

const common = { points: 1, needs: [] };
const early = { early: { from: 1800, to: 1800 + 8 * 3600 } };
const NAMES = { windows: early, derive: { perPart: 'truth.energy("line", early) / truth.parts("good", early)' } };
const CHECKS: readonly Check[] = [
  {
    ...common,
    id: 'part',
    source: 'answers',
    tells: [],
    wanted: [{ ask: 'kwh', is: { cel: 'perPart' }, within: { percent: 1 } }],
  },
  {
    ...common,
    id: 'mean',
    source: 'value',
    expression: 'mean(ST12.Meter.Main.Power, early)',
    above: { value: 1 },
    unit: 'kW',
  },
  {
    ...common,
    id: 'parts',
    source: 'event',
    event: 'Line.PartLeft',
    isCommand: false,
    actor: 'participant',
    count: { least: 1 },
  },
];
const HIDDEN: Check = {
  ...{ ...common, id: 'rule', source: 'rule', rule: 'hot' },
  hidden: {
    ...{ seeds: 5, set: {}, scenario: [], atLeast: 1, freeTries: 3, run: { us: 8 * HOUR } },
    each: 'rule.alarms("hot", all) >= 0',
  },
};
const RULE = { id: 'hot', when: 'ST03.Spindle.Temperature > 40', do: 'alarm' };
/** A process that has judged so many lines has compiled what it needs. */
const COMPILING = 5;
/** Lines, each with its own luck. */
const ATTEMPTS = 30;
const SEEDS = Array.from({ length: 5 }, (_, k) => `000000000000000${k + 1}`);

function lifeAt(nowUs: number, seed: number): Life {
  const define = {
    seq: 1,
    id: 'k1',
    at: 60 * SECOND,
    target: 'Rules.Define',
    value: RULE,
    actor: 'p-bench',
    via: 'http',
  };
  const hex = seed.toString(16).padStart(16, '0');
  return { definition: 'bench', seed: hex, scenario: [], log: [define], checkpoint: undefined, nowUs };
}

const order = (checks: readonly Check[], passed: readonly string[] = []): JudgeOrder => ({
  step: { id: 'step', asks: [{ id: 'kwh', type: 'number', unit: 'kWh' }], checks },
  basis: { nowMs: 0, anchorMs: 0, evidence: [], drawn: {}, answers: { step: { kwh: '1,2' } } },
  ...{ names: NAMES, asks: { step: [{ id: 'kwh', type: 'number', unit: 'kWh' }] }, passed, openUs: 0 },
  seeds: { rule: SEEDS },
});

/**
 * What a judgement costs with a shift behind it, a rule on hidden lines, and judging a course again. CPU time. `cold` is
 * the first check of a line that its worker has never seen, `cold.warm` such a one by a process that has judged others;
 * `first` is one that was rehearsed when an answer was typed, half a minute before; `check8h` are those after it.
 */
export function benchGrading(): Row[] {
  const model = loadModel('labs/cells/pump-line.yaml');
  const [cold, first, again]: number[][] = [[], [], []];
  let last: JudgeResult | undefined;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const judge = (nowUs: number) => cpuMs(() => void (last = judgeJob(model, lifeAt(nowUs, attempt), order(CHECKS))));
    cold.push(judge(9 * HOUR));
    first.push(judge(9 * HOUR + 30 * SECOND));
    for (let k = 2; k <= 20; k++) again.push(judge(9 * HOUR + k * 30 * SECOND));
  }
  return [
    { measure: 'check8h.cold.p50.ms', value: median(cold), unit: 'ms' },
    { measure: 'check8h.cold.p99.ms', value: p99(cold), unit: 'ms' },
    { measure: 'check8h.cold.warm.p99.ms', value: p99(cold.slice(COMPILING)), unit: 'ms' },
    { measure: 'check8h.first.p50.ms', value: median(first), unit: 'ms' },
    { measure: 'check8h.first.p99.ms', value: p99(first), unit: 'ms' },
    { measure: 'check8h.p50.ms', value: median(again), unit: 'ms' },
    { measure: 'check8h.p99.ms', value: p99(again), unit: 'ms' },
    { measure: 'hidden5x8h.ms', value: hiddenMs(model), unit: 'ms' },
    { measure: 'regrade1000.s', value: regradeS(last!), unit: 's' },
    { measure: 'storedFacts.kB', value: writeFacts(last!.facts).length / 1000, unit: 'kB' },
  ];
}

/** The largest one where there are fewer than a hundred. */
const p99 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.99) - 1];

const hiddenMs = (model: Model): number =>
  median([1, 2, 3].map((seed) => cpuMs(() => void judgeJob(model, lifeAt(120 * SECOND, 100 + seed), order([HIDDEN])))));

function regradeS({ facts, outcomes }: JudgeResult): number {
  const json = writeFacts(facts);
  const { step, names, asks } = order(CHECKS);
  const ms = cpuMs(() => {
    for (let k = 0; k < 1000; k++) regrade({ step, names, asks, passed: [] }, readFacts(json), outcomes);
  });
  return ms / 1000;
}
