import { createAttempts } from '../attempts.ts';
import type { CellCatalogue } from '../catalogue.ts';
import { readFacts } from '../judge/stored-facts.ts';
import { isAnswered, type Lab } from '../lab.ts';
import { Findings } from './findings.ts';
import { MemoryLine, type Models } from './memory-line.ts';
import { memoryStore, Rows } from './memory-store.ts';
import type { NewSeat, Seat } from './player.ts';
import { shortCut, type Where } from './short-cut.ts';

export interface ShortCutOptions {
  readonly models: Models;
  readonly catalogue: (base: string) => CellCatalogue | undefined;
  /** From which everything is drawn; the same one makes a proof repeatable. */
  readonly secret?: Buffer;
  /** Every play from its beginning, and nothing remembered: what all others must come to as well. */
  readonly isSlow?: boolean;
}

/** Players on real lines without sockets: hundreds in a minute. */
export function shortCuts(lab: Lab, options: ShortCutOptions): NewSeat {
  const { models, catalogue, secret = Buffer.from('proof'), isSlow = false } = options;
  const library = { labs: new Map([[lab.id, lab]]), areas: new Map() };
  const answered = new Set(lab.steps.filter(({ checks }) => checks.some(isAnswered)).map(({ id }) => id));

  function seat(participant: string, line: MemoryLine, rows: Rows, where: Where): Seat {
    const host = { store: memoryStore(rows), host: line, now: () => line.nowMs };
    const attempts = createAttempts({ ...host, library, catalogue, secret });
    return {
      player: shortCut(attempts, line, participant, where),
      async handedIn() {
        const judged = rows.judgements.filter(({ step }) => answered.has(step));
        const facts = Object.fromEntries(judged.map((one) => [one.step, readFacts(one.facts)]));
        return { answers: rows.answers.get(where.attempt) ?? {}, facts };
      },
      ...(!isSlow && { fork: () => seat(participant, line.fork(), rows.copy(), { ...where }) }),
      close: async () => {},
    };
  }

  return async (seed) => {
    const line = new MemoryLine(models, isSlow ? undefined : new Findings());
    return seat(`p-${seed}`, line, new Rows(), { attempt: '', cell: '' });
  };
}
