import { type Lab, pointsOf } from '../lab.ts';
import { copyRates } from './copy-rates.ts';
import { guessRate } from './guess-rate.ts';
import type { Played } from './play-ways.ts';
import type { NewSeat } from './player.ts';
import { proveSeed, type SeedPlays, wrongOf } from './prove-seed.ts';
import { rateOf, type Share, threeSigma } from './share.ts';
import { shownRates } from './shown-rates.ts';

/** What a proof found. */
export interface Proof {
  readonly lab: string;
  readonly seeds: number;
  readonly outOf: number;
  /** Seeds in which the solution scored full. */
  readonly honest: Share;
  /** Most points that doing nothing ever scored. */
  readonly nothing: number;
  readonly checks: readonly CheckProof[];
  /** Times that each wrong attempt lost exactly what it names, and was told what it should be. */
  readonly wrong: readonly { readonly id: string; readonly loses: readonly string[]; readonly right: Share }[];
  /** What is not as it should be; empty when the lab is proven. */
  readonly problems: readonly string[];
}
export interface CheckProof {
  /** `find.first` */
  readonly check: string;
  /** How often the solution passes it. */
  readonly honest: Share;
  /** Share of the pairs in which another participant's answers pass it; undefined where nothing is answered, or over the wire. */
  readonly copy?: number;
  /** Share of the lines in which a value that the screen shows passes it as it stands. */
  readonly shown?: number;
  /** How likely all free tries together are to pass it by chance; undefined where nothing is answered. */
  readonly guess?: number;
}

export interface ProofPlan {
  readonly seeds: number;
  /** Every wrong attempt in each seed, or each in one of them. */
  readonly wrong: 'every seed' | 'once';
}

/** The solution scores full, doing nothing scores nothing, each wrong attempt loses exactly what it names. */
export async function proveLab(lab: Lab, newSeat: NewSeat, { seeds, wrong }: ProofPlan): Promise<Proof> {
  const all: SeedPlays[] = [];
  for (let seed = 1; seed <= seeds; seed++)
    all.push(await proveSeed(lab, newSeat, seed, wrong === 'once' ? wrongOf(lab, seed, seeds) : lab.wrong));
  return proofOf(lab, all);
}

const checksOf = (lab: Lab): string[] =>
  lab.steps.flatMap(({ id, checks }) => checks.map((check) => `${id}.${check.id}`));

/** What all seeds together show. */
export function proofOf(lab: Lab, all: readonly SeedPlays[]): Proof {
  const outOf = pointsOf(lab.steps);
  const names = checksOf(lab);
  const problems = new Set<string>();
  const isFull = ({ solution }: SeedPlays) => solution.points === outOf && solution.isDone;
  const honest = { right: all.filter(isFull).length, of: all.length };

  for (const { seed, solution } of all)
    for (const check of names.filter((one) => !solution.passed.includes(one)))
      problems.add(`the solution lost ${check} (seed ${seed}): ${solution.why[check]}`);
  const wrong = lab.wrong.map((attempt) => {
    const tried = all.flatMap(({ seed, wrong: { [attempt.id]: played } }) => (played ? [{ seed, played }] : []));
    const faults = tried.flatMap(({ seed, played }) => {
      const fault = faultOf(lab, names, attempt, played);
      return fault === undefined ? [] : [`wrong attempt "${attempt.id}" ${fault} (seed ${seed})`];
    });
    if (faults.length > 0) problems.add(faults[0]);
    return { id: attempt.id, loses: attempt.loses, right: { right: tried.length - faults.length, of: tried.length } };
  });

  const checks = ratesOf(lab, names, all);
  const nothing = Math.max(0, ...all.map((one) => one.nothing.points));
  if (rateOf(honest) < lab.prove.honest)
    problems.add(`the solution scored full in ${honest.right} of ${honest.of} seeds`);
  if (nothing > 0) problems.add(`doing nothing scored ${nothing} points`);
  const pairs = (all.length * (all.length - 1)) / 2;
  for (const { check, copy = 0, guess = 0, shown = 0 } of checks) {
    if (shown > lab.prove.copy + threeSigma(lab.prove.copy, all.length))
      problems.add(`a value that the screen shows passes ${check} in ${(100 * shown).toFixed(1)} % of all cases`);
    if (copy > lab.prove.copy + threeSigma(lab.prove.copy, pairs))
      problems.add(`a neighbour's answers pass ${check} in ${(100 * copy).toFixed(1)} % of all cases`);
    if (guess > lab.prove.guess) problems.add(`guessing passes ${check} in ${(100 * guess).toFixed(1)} % of all cases`);
  }
  return { lab: lab.id, seeds: all.length, outOf, honest, nothing, checks, wrong, problems: [...problems] };
}

function ratesOf(lab: Lab, names: readonly string[], all: readonly SeedPlays[]): CheckProof[] {
  const handedIn = all.flatMap(({ solution }) => solution.handedIn ?? []);
  const copies = copyRates(lab, handedIn);
  const onScreen = shownRates(lab, handedIn);
  // Over the wire nothing is known of what may be guessed; the short cut says it.
  const answers = handedIn.map((one) => one.answers);
  return names.map((check) => {
    const copy = copies.get(check);
    const shown = handedIn.length > 0 ? onScreen.get(check) : undefined;
    const guess = answers.length > 0 ? guessRate(lab, check, answers) : undefined;
    const honest = { right: all.filter(({ solution }) => solution.passed.includes(check)).length, of: all.length };
    return {
      ...{ check, honest, ...(copy !== undefined && { copy }) },
      ...{ ...(shown !== undefined && { shown }), ...(guess !== undefined && { guess }) },
    };
  });
}

/** What a wrong attempt lost or was told that it should not; undefined if it is as it should be. */
function faultOf(
  lab: Lab,
  names: readonly string[],
  { loses, tells }: Lab['wrong'][number],
  { passed, why }: Played,
): string | undefined {
  const lost = names.filter((check) => !passed.includes(check));
  const wanted = names.filter((check) => loses.includes(check));
  if (lost.join() !== wanted.join()) return `lost ${lost.join(', ') || 'nothing'} instead of ${loses.join(', ')}`;
  const said = why[loses[0]];
  if (tells === undefined || isSentence(lab, loses[0], tells, said)) return undefined;
  return `was told something else than "${tells}": ${said}`;
}

/** Whether an explanation is, with its blanks filled, the sentence of this cause or tell. */
function isSentence(lab: Lab, check: string, cause: string, said = ''): boolean {
  const [step, id] = check.split('.');
  const texts = lab.texts.en.steps[step].checks![id];
  const template = texts.tells?.[cause] ?? (typeof texts.fail === 'string' ? texts.fail : texts.fail[cause]);
  if (template === undefined) return false;
  const parts = template.split(/\{\{[^}]+\}\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(said);
}
