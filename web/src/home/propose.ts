import type { Curriculum } from '#contract/curriculum.ts';
import type { LabSummary } from '#contract/lab-view.ts';

export type LearningPath = Curriculum['paths'][number];

/** What someone told the helper; undefined where anything is fine. */
export interface Wish {
  readonly role: string | undefined;
  readonly goal: string | undefined;
  readonly hours: number;
}

export interface Proposal {
  readonly path: LearningPath;
  /** The path that comes next, if it is as good or nearly so. */
  readonly second: LearningPath | undefined;
  readonly suitsRole: boolean;
  readonly suitsGoal: boolean;
  /** None of its labs is here. */
  readonly isEmpty: boolean;
  /** What is left to do of it here, in order. */
  readonly open: readonly LabSummary[];
  /** The first of `open` that fit into the hours. */
  readonly inTime: readonly LabSummary[];
}

/** A goal says more than a role: people change what they do. */
const GOAL = 3;
const ROLE = 2;
/** What cannot be done here yet helps nobody now, but must not beat what fits. */
const LAB = 0.25;
const NEAR = 1;

/** The labs of a path, in its order. */
export const labsOf = ({ areas }: LearningPath, labs: readonly LabSummary[]): LabSummary[] =>
  areas.flatMap((area) => labs.filter((lab) => lab.counts && lab.area === area));

/** Proposes a path. The first of equals wins, so the same answers always give the same proposal. */
export function propose(
  { paths }: Pick<Curriculum, 'paths'>,
  labs: readonly LabSummary[],
  passed: ReadonlySet<string>,
  { role, goal, hours }: Wish,
): Proposal | undefined {
  const ranked = paths
    .map((path) => {
      const suitsRole = role !== undefined && path.roles.includes(role);
      const suitsGoal = goal !== undefined && path.goals.includes(goal);
      const here = labsOf(path, labs);
      const open = here.filter(({ id }) => !passed.has(id));
      const score = (suitsGoal ? GOAL : 0) + (suitsRole ? ROLE : 0) + LAB * Math.min(3, open.length);
      return { path, suitsRole, suitsGoal, isEmpty: here.length === 0, open, score };
    })
    .sort((a, b) => b.score - a.score);
  const [best, next] = ranked;
  if (!best) return undefined;
  const { score, ...found } = best;
  const isNear = next !== undefined && (next.suitsRole || next.suitsGoal) && score - next.score <= NEAR;
  return { ...found, second: isNear ? next.path : undefined, inTime: within(found.open, hours) };
}

function within(labs: readonly LabSummary[], hours: number): LabSummary[] {
  let left = hours * 60;
  const end = labs.findIndex(({ minutes }) => (left -= minutes) < 0);
  return labs.slice(0, end < 0 ? labs.length : end);
}
