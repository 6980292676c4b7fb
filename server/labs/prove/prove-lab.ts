import { pointsOf, type Lab } from '../lab.ts';
import { copyRates, type HandedIn } from './copy-rates.ts';
import { guessRate } from './guess-rate.ts';
import type { Player } from './player.ts';
import { solve, type Wrong } from './solve.ts';

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
  /** How often another participant's answers pass it; undefined where nothing is answered, or over the wire. */
  readonly copy?: number;
  /** How likely all free tries together are to pass it by chance; undefined where nothing is answered. */
  readonly guess?: number;
}

/** Someone who plays on a line of their own. `handedIn` is there where a play can be judged again with other answers. */
export type NewPlayer = (
  seed: number,
) => Promise<{ player: Player; handedIn?(): Promise<HandedIn>; close(): Promise<void> }>;

export interface ProofPlan {
  readonly seeds: number;
  /** Every wrong attempt in each seed, or each in one of them: over the wire they take long. */
  readonly wrong: 'every seed' | 'once';
}

/** The solution scores full, doing nothing scores nothing, each wrong attempt loses exactly what it names. */
export async function proveLab(lab: Lab, newPlayer: NewPlayer, { seeds, wrong: plan }: ProofPlan): Promise<Proof> {
  const outOf = pointsOf(lab.steps);
  const passes = new Map(checksOf(lab).map((check) => [check, 0]));
  const right = new Map(lab.wrong.map(({ id }) => [id, 0]));
  const problems = new Set<string>();
  const handedIn: HandedIn[] = [];
  let honest = 0;
  let nothing = 0;

  for (let seed = 1; seed <= seeds; seed++) {
    const solved = await play(lab, newPlayer, seed);
    for (const check of solved.passed) passes.set(check, (passes.get(check) ?? 0) + 1);
    honest += Number(solved.view.points === outOf && solved.view.passed);
    if (solved.handedIn) handedIn.push(solved.handedIn);
    for (const check of checksOf(lab).filter((one) => !solved.passed.has(one)))
      problems.add(`the solution lost ${check} (first in seed ${seed}): ${solved.why.get(check)}`);

    const idle = await play(lab, newPlayer, seed, { instead: Object.fromEntries(lab.steps.map(({ id }) => [id, []])) });
    nothing = Math.max(nothing, idle.view.points);

    for (const [k, { id, instead, after, loses, tells }] of lab.wrong.entries()) {
      if (plan === 'once' && k % seeds !== seed - 1) continue;
      const tried = await play(lab, newPlayer, seed, { instead, after });
      const lost = checksOf(lab).filter((check) => !tried.passed.has(check));
      const isRight =
        lost.join() ===
        checksOf(lab)
          .filter((check) => loses.includes(check))
          .join();
      const said = tried.why.get(loses[0]);
      const isTold = tells === undefined || said === sentence(lab, loses[0], tells, said);
      if (isRight && isTold) right.set(id, (right.get(id) ?? 0) + 1);
      else if (!isRight)
        problems.add(`wrong attempt "${id}" lost ${lost.join(', ') || 'nothing'} instead of ${loses.join(', ')}`);
      else problems.add(`wrong attempt "${id}" was told: ${said}`);
    }
  }

  const copies = copyRates(lab, handedIn);
  const checks = checksOf(lab).map((check) => {
    const copy = copies.get(check);
    // Over the wire nothing is known of what may be guessed; the short cut says it.
    const honest = handedIn.map(({ answers }) => answers);
    const guess = honest.length > 0 ? guessRate(lab, check, honest) : undefined;
    const rates = { ...(copy !== undefined && { copy }), ...(guess !== undefined && { guess }) };
    return { check, honest: (passes.get(check) ?? 0) / seeds, ...rates };
  });
  if (honest / seeds < lab.prove.honest) problems.add(`the solution scored full in ${honest} of ${seeds} seeds`);
  if (nothing > 0) problems.add(`doing nothing scored ${nothing} points`);
  const pairs = (handedIn.length * (handedIn.length - 1)) / 2;
  for (const { check, copy = 0, guess = 0 } of checks) {
    if (copy > lab.prove.copy + threeSigma(lab.prove.copy, pairs))
      problems.add(`a neighbour's answers pass ${check} in ${(100 * copy).toFixed(1)} % of all cases`);
    if (guess > lab.prove.guess) problems.add(`guessing passes ${check} in ${(100 * guess).toFixed(1)} % of all cases`);
  }
  return {
    ...{ lab: lab.id, seeds, outOf, honest: honest / seeds, nothing, checks, problems: [...problems] },
    wrong: lab.wrong.map(({ id }) => ({ id, right: (right.get(id) ?? 0) / (plan === 'once' ? 1 : seeds) })),
  };
}

/** What chance alone may add to a share that was counted in so many pairs. */
const threeSigma = (share: number, pairs: number): number => 3 * Math.sqrt((share * (1 - share)) / Math.max(1, pairs));

const checksOf = (lab: Lab): string[] =>
  lab.steps.flatMap(({ id, checks }) => checks.map((check) => `${id}.${check.id}`));

async function play(lab: Lab, newPlayer: NewPlayer, seed: number, wrong: Wrong = {}) {
  const one = await newPlayer(seed);
  try {
    const results = await solve(lab, one.player, wrong);
    const verdicts = results.flatMap(({ step, verdicts: all }) =>
      all.map((verdict) => ({ ...verdict, name: `${step}.${verdict.check}` })),
    );
    return {
      passed: new Set(verdicts.filter(({ status }) => status === 'passed').map(({ name }) => name)),
      why: new Map(verdicts.map(({ name, explanation }) => [name, explanation])),
      view: await one.player.view(),
      handedIn: await one.handedIn?.(),
    };
  } finally {
    await one.close();
  }
}

/** The explanation with blanks matches the sentence of this cause or tell. */
function sentence(lab: Lab, check: string, cause: string, said = ''): string | undefined {
  const [step, id] = check.split('.');
  const texts = lab.texts.en.steps[step].checks![id];
  const template = texts.tells?.[cause] ?? (typeof texts.fail === 'string' ? texts.fail : texts.fail[cause]);
  if (template === undefined) return undefined;
  const parts = template.split(/\{\{[^}]+\}\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(said) ? said : undefined;
}
