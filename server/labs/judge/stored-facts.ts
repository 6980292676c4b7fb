import type { Facts } from '#contract/facts.ts';
import type { StoredFacts } from './judge-order.ts';

/** The judge asks something that it did not ask when the facts were stored. */
export class FactMissing extends Error {
  constructor(readonly question: string) {
    super(`The stored facts do not hold "${question}".`);
  }
}

const missing = (question: string) => (): never => {
  throw new FactMissing(question);
};

/** The judge's view of stored facts: they answer what was asked of them before, and nothing else. */
export function factsOf(stored: StoredFacts): Facts {
  const { nowMs, nowUs, anchorMs, evidence, team, drawn, kept } = stored;
  return {
    ...{ nowMs, nowUs, anchorMs, evidence, drawn, ...(team && { team }) },
    answers: (step) => stored.answers[step] ?? {},
    signal: missing('signal'),
    events: missing('events'),
    config: missing('config'),
    truth: missing('truth'),
    totals: missing('totals'),
    capture: missing('capture'),
    fork: missing('fork'),
    keep<T>(question: string, find: () => T): T {
      // What only puts together what is stored is put together again.
      return Object.hasOwn(kept, question) ? (kept[question] as T) : find();
    },
  };
}

/** JSON knows no NaN and no infinity, and both are answers. */
export const writeFacts = (facts: StoredFacts): string =>
  JSON.stringify(facts, (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? { '#number': String(value) } : value,
  );

export const readFacts = (json: string): StoredFacts =>
  JSON.parse(json, (_, value: unknown) =>
    typeof value === 'object' && value !== null && '#number' in value
      ? Number((value as { '#number': string })['#number'])
      : value,
  ) as StoredFacts;
