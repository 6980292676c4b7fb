import { randomBytes } from 'node:crypto';
import type { Curriculum } from '#contract/curriculum.ts';
import type { RecordedAttempt } from '#contract/lab-record.ts';
import type { AnswerEcho, AttemptView, LabSummary, StepResult } from '#contract/lab-view.ts';
import type { ClockState } from '#contract/clock.ts';
import type { Actor } from '#contract/command.ts';
import type { Language } from '#contract/text.ts';
import { AppError } from '#server/errors.ts';
import type { AttemptHost } from './attempt-host.ts';
import { changedCounts, createLines, nextRun, NOTHING_DONE, type Progress } from './attempt-lines.ts';
import type { Attempt, AttemptStore } from './attempt-store.ts';
import type { CellCatalogue } from './catalogue.ts';
import { curriculumIn } from './curriculum.ts';
import { echo, resultOf } from './explain.ts';
import type { AreasFile } from './format/texts.ts';
import { inTurn } from './in-turn.ts';
import { judgeAttempt } from './judge-attempt.ts';
import type { JudgeOrder } from './judge/judge-order.ts';
import { writeFacts } from './judge/stored-facts.ts';
import { getStep, type Lab, type LabStep } from './lab.ts';
import type { LabLibrary } from './load.ts';
import { type OpenAttempt, openAttempts } from './open-attempt.ts';
import { createRehearsals } from './rehearsal.ts';
import type { Picture } from './pictures.ts';
import { orderJudgement } from './order-judgement.ts';
import { recordOf } from './record.ts';
import { summaryOf, viewOf } from './view.ts';

export interface AttemptOptions {
  readonly store: AttemptStore;
  readonly host: AttemptHost;
  readonly library: Pick<LabLibrary, 'labs' | 'areas' | 'curriculum'>;
  readonly catalogue: (base: string) => CellCatalogue | undefined;
  /** From which everything is drawn. */
  readonly secret: Buffer;
  /** Wall time in ms since 1970. */
  readonly now: () => number;
}

/** What stands behind the routes of labs and attempts. */
export interface Attempts {
  list(language: Language): LabSummary[];
  summary(lab: string, language: Language): LabSummary;
  /** Starts a lab on a new current cell. */
  start(participant: string, lab: string, language: Language): Promise<AttemptView>;
  view(participant: string, attempt: string, language: Language): Promise<AttemptView>;
  curriculum(language: Language): Curriculum;
  /** All attempts of a participant with what each check came to, newest first. */
  record(participant: string, language: Language): Promise<RecordedAttempt[]>;
  /** The cell on which an attempt of the participant runs. */
  cellOf(participant: string, attempt: string): Promise<string>;
  /** Keeps answers as typed. Of a field that was typed later elsewhere, the later text stays, and is what is echoed. */
  saveAnswers(
    participant: string,
    attempt: string,
    step: string,
    answers: Readonly<Record<string, string>>,
    language: Language,
    typedMs?: Readonly<Record<string, number>>,
  ): Promise<AnswerEcho[]>;
  check(participant: string, attempt: string, step: string, language: Language): Promise<StepResult>;
  /** A participant has opened a step, and will have it checked: the judge gets ready. */
  expectCheck(participant: string, attempt: string, step: string): void;
  hint(participant: string, attempt: string, step: string, language: Language): Promise<StepResult>;
  /** A picture that a guide of the attempt's lab shows, by its hash. */
  picture(participant: string, attempt: string, hash: string): Promise<Picture>;
  /** Clears the answers of a step and what was judged of it and did not pass. Tries, hints and evidence stay as they are. */
  resetStep(participant: string, attempt: string, step: string, language: Language): Promise<StepResult>;
  /**
   * Begins a new run on the cell of an attempt: variables with `redraw: run` are drawn anew, and the line is a fair one.
   * Undefined if no attempt runs on the cell.
   */
  resetLine(cell: string, actor: Actor): Promise<ClockState | undefined>;
  /** The attempt that runs on a cell, if there is one. */
  findOfCell(cell: string): Promise<string | undefined>;
}

const TRY_FIRST = 'Press Check first; what could not be read or came too early is no try.';
const NO_CURRICULUM: AreasFile = { areas: [], paths: [], roles: [], goals: [] };

export function createAttempts({ store, host, library, catalogue, secret, now }: AttemptOptions): Attempts {
  const oneByOne = inTurn();
  const lines = createLines(host, secret);
  const { labOf, readerOf, own: open } = openAttempts({ store, library, catalogue, lines });
  const rehearse = createRehearsals(host, now);

  function getLab(id: string): Lab {
    const lab = library.labs.get(id);
    if (lab) return lab;
    throw new AppError('unknown_lab', `There is no lab "${id}".`, 'Choose one of GET /api/labs.', 404);
  }

  function findStep(lab: Lab, id: string): LabStep {
    if (lab.steps.some((step) => step.id === id)) return getStep(lab, id);
    throw new AppError('unknown_step', `The lab has no step "${id}".`, 'See the steps of the attempt.', 404);
  }

  async function start(participant: string, id: string, language: Language): Promise<AttemptView> {
    const lab = getLab(id);
    const number = (await store.countAttempts(participant, id)) + 1;
    const started: Omit<Attempt, 'cell'> = {
      id: `a-${randomBytes(10).toString('hex')}`,
      participant,
      lab: id,
      labVersion: lab.version,
      number,
      startedMs: now(),
    };
    const { line, progress } = await lines.fair(lab, { ...started, cell: '' }, {});
    const cell = await host.openCell(participant, line);
    await store.keepBundle(id, lab.version, lab.files);
    await store.addAttempt({ ...started, cell });
    await keepCounts(started.id, {}, progress);
    return view(participant, started.id, language);
  }

  async function view(participant: string, id: string, language: Language): Promise<AttemptView> {
    const { reader, ...state } = await open(participant, id, language);
    return viewOf(reader, library.areas, state);
  }

  async function record(participant: string, language: Language): Promise<RecordedAttempt[]> {
    const rows: RecordedAttempt[] = [];
    for (const { id } of await store.attemptsOf(participant)) {
      const state = await open(participant, id, language).catch((error: unknown) => {
        // What was begun on a version that is not kept cannot be read any more; the others can.
        if (error instanceof AppError && error.code === 'lab_changed') return undefined;
        throw error;
      });
      if (state) rows.push(recordOf(state.reader, library.areas, state, await store.judgedSteps(id)));
    }
    return rows;
  }

  async function saveAnswers(
    participant: string,
    id: string,
    stepId: string,
    answers: Readonly<Record<string, string>>,
    language: Language,
    typedMs: Readonly<Record<string, number>> = {},
  ): Promise<AnswerEcho[]> {
    const { lab, reader } = await open(participant, id, language);
    const step = findStep(lab, stepId);
    const unknown = Object.keys(answers).find((ask) => !step.asks.some((one) => one.id === ask));
    if (unknown !== undefined)
      throw new AppError('unknown_field', `The step asks nothing called "${unknown}".`, 'See `asks` of the step.');
    await store.saveAnswers(id, stepId, answers, now(), typedMs);
    expectCheck(participant, id, stepId);
    return echo(reader, step, (await store.answersOf(id))[stepId] ?? {});
  }

  /** What is needed to judge a step as it stands. */
  function orderOf({ attempt, lab, answers, progress, marks }: OpenAttempt, step: LabStep): Promise<JudgeOrder> {
    const drawn = lines.draw(lab, attempt, progress);
    const key = lines.keyOf(attempt);
    return orderJudgement({ attempt, lab, step, host, answers, drawn, progress, marks, secret, key, nowMs: now() });
  }

  function expectCheck(participant: string, id: string, stepId: string): void {
    const ready = open(participant, id, 'en').then((state) => {
      const step = state.lab.steps.find((one) => one.id === stepId);
      return step && rehearse(state.attempt.cell, stepId, () => orderOf(state, step));
    });
    // Nobody waits for it: if it cannot be done, the check itself says why.
    ready.catch(() => {});
  }

  async function check(participant: string, id: string, stepId: string, language: Language): Promise<StepResult> {
    const state = await open(participant, id, language);
    const { attempt, lab, progress, marks } = state;
    const step = findStep(lab, stepId);
    const { outcomes, facts } = await host.judge(attempt.cell, await orderOf(state, step), participant);
    const judged = judgeAttempt(lab, step, outcomes, progress[stepId]);

    let after: Progress = { ...progress, [stepId]: judged };
    let { cell } = attempt;
    if (judged.redrawn === 'line') {
      const fresh = await lines.fair(lab, attempt, after);
      after = fresh.progress;
      // A team comes along when it is stored.
      cell = await host.openCell(participant, fresh.line);
      await keepCounts(id, progress, after);
    }
    const result = resultOf(readerOf(lab, lines.draw(lab, attempt, after), language), stepId, judged, marks);
    const judgement = { attempt: id, step: stepId, wallMs: facts.nowMs, plantUs: facts.nowUs };
    await store.addJudgement({ ...judgement, result, facts: writeFacts(facts) }, judged, cell);
    // The old answers belong to questions that are not asked any more.
    if (judged.redrawn) await clearAnswers(id, step);
    return result;
  }

  const clearAnswers = (id: string, { id: step, asks }: LabStep) =>
    store.saveAnswers(id, step, Object.fromEntries(asks.map((ask) => [ask.id, ''])), now());

  const keepCounts = (id: string, before: Progress, after: Progress) =>
    Promise.all(changedCounts(before, after).map(([name, count]) => store.saveProgress(id, name, count)));

  /** Tries and hints are not given back: else whoever guesses would begin anew until it is right. */
  async function resetStep(participant: string, id: string, stepId: string, language: Language): Promise<StepResult> {
    const { lab, progress, marks, reader } = await open(participant, id, language);
    const step = findStep(lab, stepId);
    const { redrawn: _, ...before } = progress[stepId] ?? NOTHING_DONE;
    const begun = { ...before, outcomes: before.outcomes.filter(({ status }) => status === 'passed') };
    await Promise.all([clearAnswers(id, step), store.saveProgress(id, stepId, begun)]);
    return resultOf(reader, stepId, begun, marks);
  }

  async function resetLine(attempt: Attempt, cell: string, actor: Actor): Promise<ClockState> {
    const lab = await labOf(attempt);
    const before = await store.progressOf(attempt.id);
    const { line, progress } = await lines.fair(lab, attempt, nextRun(before));
    return host.beginRun(cell, line, actor, () => keepCounts(attempt.id, before, progress));
  }

  async function picture(participant: string, id: string, hash: string): Promise<Picture> {
    const { lab } = await open(participant, id, 'en');
    const found = [...lab.pictures.values()].find((one) => one.hash === hash);
    if (found) return found;
    throw new AppError('unknown_picture', 'The guide shows no such picture.', 'Read the attempt again.', 404);
  }

  async function hint(participant: string, id: string, stepId: string, language: Language): Promise<StepResult> {
    const { lab, progress, marks, reader } = await open(participant, id, language);
    findStep(lab, stepId);
    const now = progress[stepId] ?? NOTHING_DONE;
    const next = lab.hints.filter(({ step }) => step === stepId)[now.hintsShown];
    if (!next)
      throw new AppError('no_more_hints', 'There are no more hints for this step.', 'Read the step again.', 409);
    if (now.fails < next.afterFails)
      throw new AppError('hint_not_yet', 'This hint opens when you have tried.', TRY_FIRST, 409);
    const shown = { ...now, hintsShown: now.hintsShown + 1 };
    await store.saveProgress(id, stepId, shown);
    return resultOf(reader, stepId, shown, marks);
  }

  return {
    list: (language) => [...library.labs.values()].map((lab) => summaryOf(lab, library.areas, language)),
    summary: (id, language) => summaryOf(getLab(id), library.areas, language),
    start: (participant, ...rest) => oneByOne(participant, () => start(participant, ...rest)),
    view,
    curriculum: (language) => curriculumIn(library.curriculum ?? NO_CURRICULUM, language),
    record,
    cellOf: async (participant, id) => (await open(participant, id, 'en')).attempt.cell,
    // One after the other in an attempt, whoever of its team asks.
    saveAnswers: (who, id, ...rest) => oneByOne(id, () => saveAnswers(who, id, ...rest)),
    check: (who, id, ...rest) => oneByOne(id, () => check(who, id, ...rest)),
    hint: (who, id, ...rest) => oneByOne(id, () => hint(who, id, ...rest)),
    picture,
    expectCheck,
    resetStep: (who, id, ...rest) => oneByOne(id, () => resetStep(who, id, ...rest)),
    async resetLine(cell, actor) {
      const attempt = await store.findAttemptOfCell(cell);
      return attempt && oneByOne(attempt.id, () => resetLine(attempt, cell, actor));
    },
    findOfCell: async (cell) => (await store.findAttemptOfCell(cell))?.id,
  };
}
