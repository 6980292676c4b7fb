import type { TeamMember } from '#contract/facts.ts';
import type { AttemptToGrade, GiveMark, GradedAttempt, MarkEntry, TeamChange } from '#contract/grading.ts';
import type { Language } from '#contract/text.ts';
import { AppError } from '#server/errors.ts';
import type { AttemptHost } from './attempt-host.ts';
import { createLines } from './attempt-lines.ts';
import type { AttemptOptions } from './attempts.ts';
import type { AttemptStore } from './attempt-store.ts';
import { inTurn } from './in-turn.ts';
import type { Lab, LabStep } from './lab.ts';
import { type OpenAttempt, openAttempts } from './open-attempt.ts';
import { viewOf } from './view.ts';

/** Where marks and teams are kept. Every promise of a change is fulfilled once it is durable. */
export interface GradingStore {
  newest(lab: string | undefined, most: number): Promise<readonly string[]>;
  addMark(attempt: string, mark: MarkEntry): Promise<void>;
  teamHistory(attempt: string): Promise<TeamChange[]>;
  setTeam(attempt: string, members: readonly TeamMember[], by: string, nowMs: number): Promise<void>;
}

export interface GradingOptions extends Omit<AttemptOptions, 'store' | 'host'> {
  readonly store: AttemptStore & GradingStore;
  readonly host: Pick<AttemptHost, 'isFair'> & {
    /** Ends what is connected to a cell, so that nobody goes on there who has left the team. */
    closeSessions(cell: string, reason: string): Promise<void>;
  };
  readonly isParticipant: (id: string) => Promise<boolean>;
}

/** What teachers do with the attempts of participants. */
export interface Grading {
  list(lab: string | undefined, language: Language): Promise<AttemptToGrade[]>;
  view(attempt: string, language: Language): Promise<GradedAttempt>;
  mark(teacher: string, attempt: string, mark: GiveMark, language: Language): Promise<GradedAttempt>;
  team(teacher: string, attempt: string, members: readonly TeamMember[], language: Language): Promise<GradedAttempt>;
}

/** As many attempts as a list shows. */
const MOST_LISTED = 200;

export function createGrading(options: GradingOptions): Grading {
  const { store, host, library, catalogue, secret, isParticipant, now } = options;
  const { areas } = library;
  const attempts = openAttempts({ store, library, catalogue, lines: createLines(host, secret) });
  const oneByOne = inTurn();

  async function graded(open: OpenAttempt): Promise<GradedAttempt> {
    const { id, participant } = open.attempt;
    const [attempt, team] = [viewOf(open.reader, areas, open), await store.teamHistory(id)];
    return { participant, attempt, marks: [...open.marks], team };
  }
  const view = async (id: string, language: Language) => graded(await attempts.any(id, language));

  async function list(lab: string | undefined, language: Language): Promise<AttemptToGrade[]> {
    const rows: AttemptToGrade[] = [];
    for (const id of await store.newest(lab, MOST_LISTED)) {
      const open = await attempts.any(id, language).catch((error: unknown) => {
        // What was begun on a version that is not kept cannot be read any more; the others can.
        if (error instanceof AppError && error.code === 'lab_changed') return undefined;
        throw error;
      });
      if (!open) continue;
      const { points, outOf, startedMs, rubric, lab: about } = viewOf(open.reader, areas, open);
      const { id: of, title, version } = about;
      const shown = { id, participant: open.attempt.participant, lab: { id: of, title, version } };
      rows.push({ ...shown, startedMs, points, outOf, open: rubric?.open ?? 0 });
    }
    return rows;
  }

  async function mark(teacher: string, id: string, given: GiveMark, language: Language): Promise<GradedAttempt> {
    const open = await attempts.any(id, language);
    requireMarkable(open, given);
    await store.addMark(id, { ...given, by: teacher, atMs: now() });
    return view(id, language);
  }

  async function team(
    teacher: string,
    id: string,
    members: readonly TeamMember[],
    language: Language,
  ): Promise<GradedAttempt> {
    const { attempt, lab } = await attempts.any(id, language);
    requireTeam(lab, attempt.participant, members);
    for (const { participant } of members)
      if (!(await isParticipant(participant)))
        throw new AppError(
          'unknown_participant',
          `There is no participant "${participant}".`,
          'Ask for their name.',
          404,
        );
    const leave = (attempt.team ?? []).some(
      ({ participant }) =>
        participant !== attempt.participant && members.every((one) => one.participant !== participant),
    );
    await store.setTeam(id, members, teacher, now());
    if (leave) await host.closeSessions(attempt.cell, 'The team of this line has changed.');
    return view(id, language);
  }

  return {
    list,
    view,
    mark: (teacher, id, ...rest) => oneByOne(id, () => mark(teacher, id, ...rest)),
    team: (teacher, id, ...rest) => oneByOne(id, () => team(teacher, id, ...rest)),
  };
}

function requireMarkable({ lab, progress }: OpenAttempt, { kind, step: id, item, points }: GiveMark): void {
  const step = lab.steps.find((one) => one.id === id);
  if (!step) throw new AppError('unknown_step', `The lab has no step "${id}".`, 'See the steps of the attempt.', 404);
  const worth = worthOf(step, kind, item);
  if (points !== null && points > worth)
    throw new AppError('too_many_points', `It is worth ${worth} points.`, `Give 0 to ${worth}.`);
  const isJudged = progress[id]?.outcomes.some(({ check }) => check === item);
  if (kind === 'check' && !isJudged)
    throw new AppError(
      'not_judged',
      'This check has not been judged yet.',
      'The participant presses Check first.',
      409,
    );
}

function worthOf({ checks, rubric }: LabStep, kind: GiveMark['kind'], item: string): number {
  const items: readonly { readonly id: string; readonly points: number }[] = kind === 'check' ? checks : rubric;
  const found = items.find(({ id }) => id === item);
  if (found) return found.points;
  if (kind === 'check')
    throw new AppError('unknown_check', `The step has no check "${item}".`, 'See `checks` of the step.', 404);
  throw new AppError('unknown_item', `The rubric of the step has no "${item}".`, 'See `rubric` of the step.', 404);
}

function requireTeam({ roles }: Lab, owner: string, members: readonly TeamMember[]): void {
  const wrong = members.find(({ role }) => role !== undefined && !roles.includes(role));
  if (wrong) {
    const hint = roles.length > 0 ? `It has ${roles.join(', ')}.` : 'It has none: leave the role out.';
    throw new AppError('unknown_role', `The lab has no role "${wrong.role}".`, hint);
  }
  if (new Set(members.map(({ participant }) => participant)).size < members.length)
    throw new AppError('twice_in_team', 'Somebody is in the team twice.', 'Name each of them once.');
  if (members.length > 0 && members.every(({ participant }) => participant !== owner))
    throw new AppError('without_owner', `${owner} began the attempt and stays in its team.`, 'Name them too.');
}
