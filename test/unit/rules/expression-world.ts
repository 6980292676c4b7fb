import { Refusal } from '#simulator/kernel/refusal.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { Compiler, type SignalReader } from '#simulator/rules/compile.ts';
import type { Rule } from '#simulator/rules/rule.ts';
import { Trial } from '#simulator/rules/trial.ts';

/** One signal that each evaluation sees with its next value, one that is unknown, one of two values. */
function worldOf(values: readonly number[], made = () => 0, everyS = 1): SignalReader {
  const seen = { range: [-1e9, 1e9], isHeld: false, changedUs: () => Infinity } as const;
  const signals = {
    'ST03.Load': {
      path: 'ST03.Load',
      type: 'Double',
      ...seen,
      sampleAt: (t: number) => values[t / SECOND / everyS - 1],
    },
    'ST03.Lost': { path: 'ST03.Lost', type: 'Double', ...seen, sampleAt: () => NaN },
    'ST03.Door': { path: 'ST03.Door', type: 'Boolean', ...seen, sampleAt: () => 1 },
    'Line.Power': { path: 'Line.Power', type: 'Double', ...seen, sampleAt: () => 1 },
  } as const;
  return {
    find: (path) => signals[path as keyof typeof signals],
    paths: Object.keys(signals),
    counts: new Map([['ST03', made]]),
    beginRound: () => {},
  };
}

/** What an expression comes to at each evaluation, every second or every so many. */
export function series(
  text: string,
  values: readonly number[],
  kind: 'number' | 'condition' = 'number',
  made: (second: number) => number = () => 0,
  everyS = 1,
): number[] {
  let second = 0;
  const compiler = new Compiler(
    worldOf(values, () => made(second), everyS),
    everyS * SECOND,
  );
  const seen: number[] = [];
  const evaluate = compiler.compile(text, 'when', kind);
  const { signals, windows, samples, results } = compiler;
  const rule: Rule = {
    ...{
      id: 'test',
      everyUs: everyS * SECOND,
      each: undefined,
      forUs: 0,
      signals,
      windows,
      hasTimeWindows: true,
      isDiscrete: false,
      guards: [],
    },
    ...{ guards: [], samples, results, until: () => 0, action: { does: 'alarm' } },
    when() {
      seen.push(evaluate());
      return 0;
    },
  };
  const trial = new Trial(rule);
  values.forEach((_, k) => {
    second = (k + 1) * everyS;
    trial.run(second * SECOND);
  });
  return seen;
}
/** What it comes to at the last second. */
export const last = (text: string, values: readonly number[], kind?: 'condition'): number =>
  series(text, values, kind).at(-1)!;
/** What a condition comes to when the signal has that value. */
export const is = (text: string, value = 5): number => last(text, [value], 'condition');

/** What the compiler says of a text that is no expression. */
export function refusalOf(text: unknown, kind: 'number' | 'condition' = 'condition'): Refusal {
  try {
    new Compiler(worldOf([]), SECOND).compile(text, 'when', kind);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error(`${String(text)} was not refused.`);
}
