import { type AttemptView } from '#contract/lab-view.ts';
import { createAttempts } from '../attempts.ts';
import type { CellCatalogue } from '../catalogue.ts';
import { pointsOf, type Lab } from '../lab.ts';
import { MemoryLine, type Models } from './memory-line.ts';
import { memoryStore } from './memory-store.ts';
import type { Player } from './player.ts';
import { shortCut } from './short-cut.ts';
import { solve } from './solve.ts';

export interface ProofOptions {
  readonly models: Models;
  readonly catalogue: (base: string) => CellCatalogue | undefined;
  readonly seeds: number;
  /** The secret that draws; one of its own makes the proof repeatable. */
  readonly secret?: Buffer;
}

/** What a proof found. Rates are shares of the seeds, 0 to 1. */
export interface Proof {
  readonly lab: string;
  readonly seeds: number;
  readonly outOf: number;
  /** Seeds in which the solution scored full. */
  readonly honest: number;
  /** Most points that doing nothing ever scored. */
  readonly nothing: number;
  readonly checks: readonly CheckProof[];
  readonly wrong: readonly { readonly id: string; readonly right: number }[];
  /** What is not as it should be; empty when the lab is proven. */
  readonly problems: readonly string[];
}
export interface CheckProof {
  /** `find.first` */
  readonly check: string;
  /** How often the solution passes it. */
  readonly honest: number;
  /** How often another participant's answers pass it; undefined where nothing is answered. */
  readonly copy?: number;
}

/** Someone who plays on a line of their own, and what became of it. */
export type NewPlayer = (seed: number) => Promise<{ player: Player; close(): Promise<void> }>;

/** Players on real lines without sockets: thousands in a minute. */
export function shortCuts(lab: Lab, { models, catalogue, secret = Buffer.from('proof') }: ProofOptions): NewPlayer {
  return async (seed) => {
    const line = new MemoryLine(models);
    const library = { labs: new Map([[lab.id, lab]]), areas: new Map() };
    const now = () => line.nowMs;
    const attempts = createAttempts({ store: memoryStore(), host: line, library, catalogue, secret, now });
    return { player: shortCut(attempts, line, `p-${seed}`), close: async () => {} };
  };
}

/** The solution scores full, doing nothing scores nothing, each wrong attempt loses exactly what it names. */
export async function proveLab(lab: Lab, newPlayer: NewPlayer, seeds: number): Promise<Proof> {
  const outOf = pointsOf(lab.steps);
  const passes = new Map(checksOf(lab).map((check) => [check, 0]));
  const right = new Map(lab.wrong.map(({ id }) => [id, 0]));
  const problems = new Set<string>();
  const handedIn: AttemptView[] = [];
  let honest = 0;
  let nothing = 0;

  for (let seed = 1; seed <= seeds; seed++) {
    const solved = await play(lab, newPlayer, seed);
    for (const check of solved.passed) passes.set(check, (passes.get(check) ?? 0) + 1);
    honest += Number(solved.view.points === outOf && solved.view.passed);
    handedIn.push(solved.view);
    for (const check of checksOf(lab).filter((one) => !solved.passed.has(one)))
      problems.add(`the solution lost ${check} (first in seed ${seed}): ${solved.why.get(check)}`);

    const idle = await play(lab, newPlayer, seed, Object.fromEntries(lab.steps.map(({ id }) => [id, []])));
    nothing = Math.max(nothing, idle.view.points);

    for (const { id, instead, loses, tells } of lab.wrong) {
      const tried = await play(lab, newPlayer, seed, instead);
      const lost = checksOf(lab).filter((check) => !tried.passed.has(check));
      const isRight = lost.join() === checksOf(lab).filter((check) => loses.includes(check)).join();
      const said = tried.why.get(loses[0]);
      const isTold = tells === undefined || said === sentence(lab, loses[0], tells, tried.view, said);
      if (isRight && isTold) right.set(id, (right.get(id) ?? 0) + 1);
      else if (!isRight) problems.add(`wrong attempt "${id}" lost ${lost.join(', ') || 'nothing'} instead of ${loses.join(', ')}`);
      else problems.add(`wrong attempt "${id}" was told: ${said}`);
    }
  }

  const copies = await copyRates(lab, newPlayer, handedIn);
  const checks = checksOf(lab).map((check) => {
    const copy = copies.get(check);
    return { check, honest: (passes.get(check) ?? 0) / seeds, ...(copy !== undefined && { copy }) };
  });
  if (honest / seeds < lab.prove.honest) problems.add(`the solution scored full in ${honest} of ${seeds} seeds`);
  if (nothing > 0) problems.add(`doing nothing scored ${nothing} points`);
  for (const { check, copy = 0 } of checks)
    if (copy > lab.prove.copy) problems.add(`a neighbour's answers pass ${check} in ${(100 * copy).toFixed(1)} % of all cases`);
  return {
    ...{ lab: lab.id, seeds, outOf, honest: honest / seeds, nothing, checks, problems: [...problems] },
    wrong: lab.wrong.map(({ id }) => ({ id, right: (right.get(id) ?? 0) / seeds })),
  };
}

const checksOf = (lab: Lab): string[] => lab.steps.flatMap(({ id, checks }) => checks.map((check) => `${id}.${check.id}`));

async function play(lab: Lab, newPlayer: NewPlayer, seed: number, instead = {}) {
  const { player, close } = await newPlayer(seed);
  try {
    const results = await solve(lab, player, instead);
    const verdicts = results.flatMap(({ step, verdicts: all }) =>
      all.map((verdict) => ({ ...verdict, name: `${step}.${verdict.check}` })),
    );
    return {
      passed: new Set(verdicts.filter(({ status }) => status === 'passed').map(({ name }) => name)),
      why: new Map(verdicts.map(({ name, explanation }) => [name, explanation])),
      view: await player.view(),
    };
  } finally {
    await close();
  }
}

/** The explanation with blanks matches the sentence of this cause or tell. */
function sentence(lab: Lab, check: string, cause: string, _view: AttemptView, said = ''): string | undefined {
  const [step, id] = check.split('.');
  const texts = lab.texts.en.steps[step].checks[id];
  const template = texts.tells?.[cause] ?? (typeof texts.fail === 'string' ? texts.fail : texts.fail[cause]);
  if (template === undefined) return undefined;
  const parts = template.split(/\{\{[^}]+\}\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(said) ? said : undefined;
}

/** How often what one participant handed in passes the checks of another, with everything else done honestly. */
async function copyRates(lab: Lab, newPlayer: NewPlayer, handedIn: readonly AttemptView[]): Promise<ReadonlyMap<string, number>> {
  const rates = new Map<string, number>();
  if (handedIn.length < 2) return rates;
  const answered = lab.steps.filter(({ asks }) => asks.length > 0);
  const judged = answered.flatMap(({ id, checks }) =>
    checks.filter(({ source }) => source === 'answers' || source === 'sample').map((check) => `${id}.${check.id}`),
  );
  const passes = new Map(judged.map((check) => [check, 0]));
  for (const [k] of handedIn.entries()) {
    const copied = handedIn[(k + 1) % handedIn.length];
    const instead = Object.fromEntries(
      answered.map(({ id }) => [
        id,
        [
          ...(lab.solution[id] ?? []).filter((action) => !('answer' in action)),
          { answer: Object.fromEntries(copied.answers[id].map(({ ask, typed }) => [ask, typed])) },
        ],
      ]),
    );
    const { passed } = await play(lab, newPlayer, k + 1, instead);
    for (const check of judged) if (passed.has(check)) passes.set(check, (passes.get(check) ?? 0) + 1);
  }
  for (const [check, count] of passes) rates.set(check, count / handedIn.length);
  return rates;
}
