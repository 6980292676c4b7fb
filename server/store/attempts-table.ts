import type {
  Attempt,
  AttemptStore,
  JudgedStep,
  Judgement,
  KeptJudgement,
  LabFiles,
  StepProgress,
} from '#server/labs/attempt-store.ts';
import type { TeamMember } from '#contract/facts.ts';
import type { TeamChange } from '#contract/grading.ts';
import type { GradingStore } from '#server/labs/grading.ts';
import type { KeptMark } from '#server/labs/marks.ts';
import type { StepResult } from '#contract/lab-view.ts';
import { MODEL_VERSION } from '#simulator/cell/model-version.ts';
import type { Tx } from './group-commit.ts';
import type { Store } from './open-store.ts';
import { MarksTable } from './marks-table.ts';
import type { Schema } from './schema.ts';
import { admit, TeamsTable } from './teams-table.ts';

/** As many attempts as a record shows. */
const MOST_ATTEMPTS = 200;

/** Attempts, answers, progress and judgements, and what people give and say of them. */
export class AttemptsTable implements AttemptStore, GradingStore {
  private readonly teams: TeamsTable;
  private readonly marks: MarksTable;

  constructor(private readonly store: Store) {
    this.teams = new TeamsTable(store);
    this.marks = new MarksTable(store);
  }

  addAttempt({ id, participant, lab, labVersion, number, cell, startedMs }: Attempt): Promise<void> {
    const row = { id, participant, lab, lab_version: labVersion, number, cell, started_ms: Math.round(startedMs) };
    return this.write((tx) => tx.insertInto('attempts').values(row).execute());
  }

  async findAttempt(id: string): Promise<Attempt | undefined> {
    const row = await this.store.db.selectFrom('attempts').selectAll().where('id', '=', id).executeTakeFirst();
    return row && this.withTeam(row);
  }

  async findAttemptOfCell(cell: string): Promise<Attempt | undefined> {
    const row = await this.store.db
      .selectFrom('attempts')
      .selectAll()
      .where('cell', '=', cell)
      .orderBy('started_ms', 'desc')
      .executeTakeFirst();
    return row && this.withTeam(row);
  }

  async attemptsOf(participant: string): Promise<Attempt[]> {
    const rows = await this.store.db
      .selectFrom('attempts')
      .selectAll()
      .where((is) =>
        is.or([
          is('participant', '=', participant),
          is(
            'id',
            'in',
            is
              .selectFrom('team_members')
              .select('attempt')
              .where('participant', '=', participant)
              .where('left_ms', 'is', null),
          ),
        ]),
      )
      .orderBy('started_ms', 'desc')
      .limit(MOST_ATTEMPTS)
      .execute();
    return Promise.all(rows.map((row) => this.withTeam(row)));
  }

  /** The newest attempts of all participants, at one lab or at all, newest first. */
  async newest(lab: string | undefined, most: number): Promise<string[]> {
    const rows = await this.store.db
      .selectFrom('attempts')
      .select('id')
      .$if(lab !== undefined, (query) => query.where('lab', '=', lab ?? ''))
      .orderBy('started_ms', 'desc')
      .limit(most)
      .execute();
    return rows.map(({ id }) => id);
  }

  marksOf(attempt: string): Promise<KeptMark[]> {
    return this.marks.of(attempt);
  }

  addMark(attempt: string, mark: KeptMark): Promise<void> {
    return this.marks.add(attempt, mark);
  }

  teamHistory(attempt: string): Promise<TeamChange[]> {
    return this.teams.history(attempt);
  }

  setTeam(attempt: string, members: readonly TeamMember[], by: string, nowMs: number): Promise<void> {
    return this.teams.set(attempt, members, by, nowMs);
  }

  async judgedSteps(attempt: string): Promise<JudgedStep[]> {
    const rows = await this.store.db
      .selectFrom('verdicts')
      .select(['step', 'wall_ms', 'result'])
      .where('attempt', '=', attempt)
      .orderBy('n')
      .execute();
    return rows.map(({ step, wall_ms: wallMs, result }) => {
      const { passed } = JSON.parse(result) as StepResult;
      return { step, wallMs, passed };
    });
  }

  async countAttempts(participant: string, lab: string): Promise<number> {
    const { count } = await this.store.db
      .selectFrom('attempts')
      .select((is) => is.fn.countAll().as('count'))
      .where('participant', '=', participant)
      .where('lab', '=', lab)
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  async answersOf(attempt: string): Promise<Record<string, Record<string, string>>> {
    const rows = await this.store.db.selectFrom('answers').selectAll().where('attempt', '=', attempt).execute();
    const answers: Record<string, Record<string, string>> = {};
    for (const { step, ask, typed } of rows) (answers[step] ??= {})[ask] = typed;
    return answers;
  }

  saveAnswers(
    attempt: string,
    step: string,
    answers: Readonly<Record<string, string>>,
    wallMs: number,
    typedMs: Readonly<Record<string, number>> = {},
  ): Promise<void> {
    // A clock that is ahead must not keep out what is typed later elsewhere.
    const instant = (ask: string) => Math.round(Math.min(wallMs, typedMs[ask] ?? wallMs));
    const rows = Object.entries(answers).map(([ask, typed]) => ({ attempt, step, ask, typed, wall_ms: instant(ask) }));
    if (rows.length === 0) return Promise.resolve();
    return this.write((tx) =>
      tx
        .insertInto('answers')
        .values(rows)
        .onConflict((same) =>
          same
            .columns(['attempt', 'step', 'ask'])
            .doUpdateSet((is) => ({ typed: is.ref('excluded.typed'), wall_ms: is.ref('excluded.wall_ms') }))
            .whereRef('answers.wall_ms', '<=', 'excluded.wall_ms'),
        )
        .execute(),
    );
  }

  async progressOf(attempt: string): Promise<Record<string, StepProgress>> {
    const rows = await this.store.db.selectFrom('progress').selectAll().where('attempt', '=', attempt).execute();
    return Object.fromEntries(rows.map(({ step, progress }) => [step, JSON.parse(progress) as StepProgress]));
  }

  async newestJudgements(lab: string | undefined): Promise<KeptJudgement[]> {
    const rows = await this.store.db
      .selectFrom('verdicts')
      .innerJoin('attempts', 'attempts.id', 'verdicts.attempt')
      .select(['verdicts.attempt', 'verdicts.step', 'verdicts.facts', 'attempts.lab'])
      .select(['attempts.cell', 'verdicts.wall_ms', 'verdicts.model_version'])
      .where((each) =>
        each.eb(
          'verdicts.n',
          '=',
          each
            .selectFrom('verdicts as newer')
            .select((is) => is.fn.max('newer.n').as('n'))
            .whereRef('newer.attempt', '=', 'verdicts.attempt')
            .whereRef('newer.step', '=', 'verdicts.step'),
        ),
      )
      .$if(lab !== undefined, (query) => query.where('attempts.lab', '=', lab ?? ''))
      .orderBy('attempts.started_ms')
      .execute();
    return rows.map(({ wall_ms: wallMs, model_version: modelVersion, ...row }) => ({ ...row, wallMs, modelVersion }));
  }

  keepBundle(lab: string, version: number, files: LabFiles): Promise<void> {
    const row = { lab, version, files: JSON.stringify(files) };
    return this.write((tx) =>
      tx
        .insertInto('lab_bundles')
        .values(row)
        .onConflict((same) => same.columns(['lab', 'version']).doNothing())
        .execute(),
    );
  }

  async findBundle(lab: string, version: number): Promise<LabFiles | undefined> {
    const row = await this.store.db
      .selectFrom('lab_bundles')
      .select('files')
      .where('lab', '=', lab)
      .where('version', '=', version)
      .executeTakeFirst();
    return row && (JSON.parse(row.files) as LabFiles);
  }

  saveProgress(attempt: string, step: string, progress: StepProgress): Promise<void> {
    return this.write((tx) => putProgress(tx, attempt, step, progress));
  }

  addJudgement(judgement: Judgement, progress: StepProgress, cell: string): Promise<void> {
    const { attempt, step, wallMs, plantUs, result, facts } = judgement;
    return this.write(async (tx) => {
      await moveToCell(tx, attempt, cell);
      const { last } = await tx
        .selectFrom('verdicts')
        .select((is) => is.fn.max('n').as('last'))
        .where('attempt', '=', attempt)
        .executeTakeFirstOrThrow();
      await tx
        .insertInto('verdicts')
        .values({
          attempt,
          n: (last ?? 0) + 1,
          step,
          wall_ms: Math.round(wallMs),
          plant_us: plantUs,
          model_version: MODEL_VERSION,
          result: JSON.stringify(result),
          facts,
        })
        .execute();
      await putProgress(tx, attempt, step, progress);
    });
  }

  private async withTeam(row: Schema['attempts']): Promise<Attempt> {
    const team = await this.teams.find(row.id);
    return { ...attemptOf(row), ...(team && { team }) };
  }

  private write(work: (tx: Tx) => Promise<unknown>): Promise<void> {
    return this.store.commits.write(undefined, work);
  }
}

/** A team comes along to the cell that its attempt goes on with. */
async function moveToCell(tx: Tx, attempt: string, cell: string): Promise<void> {
  const before = await tx.selectFrom('attempts').select('cell').where('id', '=', attempt).executeTakeFirst();
  if (!before || before.cell === cell) return;
  await tx.updateTable('attempts').set({ cell }).where('id', '=', attempt).execute();
  const team = await tx
    .selectFrom('team_members')
    .select('participant')
    .where('attempt', '=', attempt)
    .where('left_ms', 'is', null)
    .execute();
  await admit(tx, cell, team);
  const members = team.map(({ participant }) => participant);
  if (members.length === 0) return;
  await tx
    .updateTable('participants')
    .set({ current_cell: cell })
    .where('current_cell', '=', before.cell)
    .where('id', 'in', members)
    .execute();
}

function putProgress(tx: Tx, attempt: string, step: string, progress: StepProgress): Promise<unknown> {
  const json = JSON.stringify(progress);
  return tx
    .insertInto('progress')
    .values({ attempt, step, progress: json })
    .onConflict((same) => same.columns(['attempt', 'step']).doUpdateSet({ progress: json }))
    .execute();
}

const attemptOf = ({ lab_version, started_ms, ...row }: Schema['attempts']): Attempt => ({
  ...row,
  labVersion: lab_version,
  startedMs: started_ms,
});
