import type { Attempt, AttemptStore, Judgement, StepProgress } from '../attempt-store.ts';

/** Attempts of a proof, which nobody will ask for tomorrow. What is in the maps is never changed, only replaced. */
export class Rows {
  constructor(
    readonly attempts = new Map<string, Attempt>(),
    readonly answers = new Map<string, Record<string, Record<string, string>>>(),
    readonly progress = new Map<string, Record<string, StepProgress>>(),
    readonly judgements: Judgement[] = [],
  ) {}

  copy(): Rows {
    return new Rows(new Map(this.attempts), new Map(this.answers), new Map(this.progress), [...this.judgements]);
  }
}

export function memoryStore({ attempts, answers, progress, judgements }: Rows): AttemptStore {
  const put = (attempt: string, step: string, now: StepProgress) => {
    progress.set(attempt, { ...progress.get(attempt), [step]: now });
  };
  return {
    addAttempt: async (attempt) => void attempts.set(attempt.id, attempt),
    findAttempt: async (id) => attempts.get(id),
    findAttemptOfCell: async (cell) => [...attempts.values()].findLast((attempt) => attempt.cell === cell),
    attemptsOf: async (participant) =>
      [...attempts.values()].filter((one) => one.participant === participant).reverse(),
    judgedSteps: async () => [],
    countAttempts: async (participant, lab) =>
      [...attempts.values()].filter((attempt) => attempt.participant === participant && attempt.lab === lab).length,
    answersOf: async (attempt) => answers.get(attempt) ?? {},
    async saveAnswers(attempt, step, typed) {
      const before = answers.get(attempt);
      answers.set(attempt, { ...before, [step]: { ...before?.[step], ...typed } });
    },
    progressOf: async (attempt) => progress.get(attempt) ?? {},
    marksOf: async () => [],
    newestJudgements: async () => [],
    keepBundle: async () => {},
    findBundle: async () => undefined,
    saveProgress: async (attempt, step, now) => put(attempt, step, now),
    async addJudgement(judgement, now, cell) {
      judgements.push(judgement);
      const { attempt, step } = judgement;
      const before = attempts.get(attempt);
      if (before) attempts.set(attempt, { ...before, cell });
      put(attempt, step, now);
    },
  };
}
