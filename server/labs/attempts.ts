import { randomBytes } from 'node:crypto';
import type { Curriculum } from '#contract/curriculum.ts';
import type { RecordedAttempt } from '#contract/lab-record.ts';
import type { AnswerEcho, AttemptView, LabSummary, StepResult } from '#contract/lab-view.ts';
import type { Language } from '#contract/text.ts';
import { AppError } from '#server/errors.ts';
import type { AttemptHost } from './attempt-host.ts';
import type { Attempt, AttemptStore, StepProgress } from './attempt-store.ts';
import type { CellCatalogue } from './catalogue.ts';
import { curriculumIn } from './curriculum.ts';
import { type Drawn, type DrawKey, drawAll, drawSeed } from './draw.ts';
import { echo, type Reader, resultOf } from './explain.ts';
import type { AreasFile } from './format/texts.ts';
import { inTurn } from './in-turn.ts';
import { judgeAttempt } from './judge-attempt.ts';
import { writeFacts } from './judge/stored-facts.ts';
import { getStep, type Lab, type LabStep } from './lab.ts';
import { orderLine, stepsInLine } from './line-order.ts';
import { type LabLibrary, readLab } from './load.ts';
import { orderJudgement } from './order-judgement.ts';
import { publicValues } from './texts.ts';
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
  saveAnswers(
    participant: string,
    attempt: string,
    step: string,
    answers: Readonly<Record<string, string>>,
    language: Language,
  ): Promise<AnswerEcho[]>;
  check(participant: string, attempt: string, step: string, language: Language): Promise<StepResult>;
  hint(participant: string, attempt: string, step: string, language: Language): Promise<StepResult>;
  /** The attempt that runs on a cell, if there is one. */
  findOfCell(cell: string): Promise<string | undefined>;
}

const NOTHING_DONE: StepProgress = { draw: 0, failedTries: 0, fails: 0, hintsShown: 0, outcomes: [] };
const NO_CURRICULUM: AreasFile = { areas: [], paths: [], roles: [], goals: [] };
/** Where the number of the candidate is kept that was fair, for labs that have `where`. */
const CANDIDATE = '#candidate';
/** So many unfair draws in a row mean that the lab asks for something that never is. */
const MOST_CANDIDATES = 60;

export function createAttempts({ store, host, library, catalogue, secret, now }: AttemptOptions): Attempts {
  const oneByOne = inTurn();
  /** Former versions of labs on which attempts are still open. */
  const former = new Map<string, Lab>();

  function getLab(id: string): Lab {
    const lab = library.labs.get(id);
    if (lab) return lab;
    throw new AppError('unknown_lab', `There is no lab "${id}".`, 'Choose one of GET /api/labs.', 404);
  }

  const keyOf = ({ lab, labVersion, participant, number }: Attempt): DrawKey => {
    return { lab, version: labVersion, participant, attempt: number };
  };

  function draw(lab: Lab, attempt: Attempt, progress: Readonly<Record<string, StepProgress>>): Drawn {
    const candidate = progress[CANDIDATE]?.draw ?? 0;
    const drawOf = (step: string) => progress[step]?.draw ?? 0;
    return drawAll(secret, keyOf(attempt), lab.vars, lab.cell.start, drawOf, candidate);
  }

  /** A line begins with another seed each time that something in it is drawn anew. */
  function order(lab: Lab, attempt: Attempt, progress: Readonly<Record<string, StepProgress>>) {
    const draws = [...stepsInLine(lab)].reduce((sum, step) => sum + (progress[step]?.draw ?? 0), 0);
    const seed = drawSeed(secret, keyOf(attempt), draws, progress[CANDIDATE]?.draw);
    return orderLine(lab, draw(lab, attempt, progress), seed);
  }

  /** The first fair draw from a candidate on, with the line that it makes. */
  async function fairLine(lab: Lab, attempt: Attempt, progress: Readonly<Record<string, StepProgress>>) {
    const first = progress[CANDIDATE]?.draw ?? 0;
    for (let candidate = first; candidate < first + MOST_CANDIDATES; candidate++) {
      const tried = candidate === 0 ? progress : { ...progress, [CANDIDATE]: { ...NOTHING_DONE, draw: candidate } };
      const line = order(lab, attempt, tried);
      const asked = {
        drawn: draw(lab, attempt, tried),
        names: lab.names,
        where: lab.where,
        horizonUs: lab.cell.horizon,
      };
      const isFair = lab.where.length === 0 || (await host.isFair(line, asked, attempt.participant));
      if (isFair) return { line, progress: tried };
    }
    throw new AppError(
      'no_fair_draw',
      'No fair line could be drawn.',
      'Tell your teacher: see "where" in the lab.',
      500,
    );
  }

  /** The lab as it was when the attempt was started. */
  async function labOf({ lab: id, labVersion }: Attempt): Promise<Lab> {
    const now = library.labs.get(id);
    if (now?.version === labVersion) return now;
    const name = `${id} ${labVersion}`;
    const known = former.get(name);
    if (known) return known;
    const files = await store.findBundle(id, labVersion);
    const read = files && readLab(id, files, id.split('/')[0], catalogue).lab;
    if (read) former.set(name, read);
    if (read) return read;
    throw new AppError(
      'lab_changed',
      `The lab has been changed since this attempt was started, and its old version is not kept.`,
      'Start the lab again; what was judged is kept.',
      409,
    );
  }

  /** Everything of an attempt that its participant asks about; a stranger's attempt does not exist. */
  async function open(participant: string, id: string, language: Language) {
    const attempt = await store.findAttempt(id);
    if (!attempt || attempt.participant !== participant)
      throw new AppError('unknown_attempt', 'There is no such attempt.', 'Start a lab from the home page.', 404);
    const lab = await labOf(attempt);
    const [answers, progress] = await Promise.all([store.answersOf(id), store.progressOf(id)]);
    return { attempt, lab, answers, progress, reader: readerOf(lab, draw(lab, attempt, progress), language) };
  }

  function readerOf(lab: Lab, drawn: Drawn, language: Language): Reader {
    const found = catalogue(lab.cell.base);
    if (!found) throw new Error(`There is no cell "${lab.cell.base}".`);
    return { lab, language, shown: publicValues(lab, drawn, language), catalogue: found };
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
    const { line, progress } = await fairLine(lab, { ...started, cell: '' }, {});
    const cell = await host.openCell(participant, line);
    await store.keepBundle(id, lab.version, lab.files);
    await store.addAttempt({ ...started, cell });
    if (progress[CANDIDATE]) await store.saveProgress(started.id, CANDIDATE, progress[CANDIDATE]);
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
  ): Promise<AnswerEcho[]> {
    const { lab, reader, answers: before } = await open(participant, id, language);
    const step = findStep(lab, stepId);
    const unknown = Object.keys(answers).find((ask) => !step.asks.some((one) => one.id === ask));
    if (unknown !== undefined)
      throw new AppError('unknown_field', `The step asks nothing called "${unknown}".`, 'See `asks` of the step.');
    await store.saveAnswers(id, stepId, answers, now());
    return echo(reader, step, { ...before[stepId], ...answers });
  }

  async function check(participant: string, id: string, stepId: string, language: Language): Promise<StepResult> {
    const { attempt, lab, answers, progress } = await open(participant, id, language);
    const step = findStep(lab, stepId);
    const drawn = draw(lab, attempt, progress);
    const key = keyOf(attempt);
    const sources = { attempt, lab, step, host, answers, drawn, progress, secret, key, nowMs: now() };
    const { outcomes, facts } = await host.judge(attempt.cell, await orderJudgement(sources), participant);
    const judged = judgeAttempt(lab, step, outcomes, progress[stepId]);

    let after: Readonly<Record<string, StepProgress>> = { ...progress, [stepId]: judged };
    let { cell } = attempt;
    if (judged.redrawn === 'line') {
      const fresh = await fairLine(lab, attempt, after);
      after = fresh.progress;
      cell = await host.openCell(participant, fresh.line);
      if (after[CANDIDATE]) await store.saveProgress(id, CANDIDATE, after[CANDIDATE]);
    }
    const result = resultOf(readerOf(lab, draw(lab, attempt, after), language), stepId, judged);
    const judgement = { attempt: id, step: stepId, wallMs: facts.nowMs, plantUs: facts.nowUs };
    await store.addJudgement({ ...judgement, result, facts: writeFacts(facts) }, judged, cell);
    // The old answers belong to questions that are not asked any more.
    if (judged.redrawn)
      await store.saveAnswers(id, stepId, Object.fromEntries(step.asks.map((ask) => [ask.id, ''])), now());
    return result;
  }

  async function hint(participant: string, id: string, stepId: string, language: Language): Promise<StepResult> {
    const { lab, progress, reader } = await open(participant, id, language);
    findStep(lab, stepId);
    const now = progress[stepId] ?? NOTHING_DONE;
    const next = lab.hints.filter(({ step }) => step === stepId)[now.hintsShown];
    if (!next)
      throw new AppError('no_more_hints', 'There are no more hints for this step.', 'Read the step again.', 409);
    if (now.fails < next.afterFails)
      throw new AppError('hint_not_yet', 'This hint opens when you have tried.', 'Press Check first.', 409);
    const shown = { ...now, hintsShown: now.hintsShown + 1 };
    await store.saveProgress(id, stepId, shown);
    return resultOf(reader, stepId, shown);
  }

  return {
    list: (language) => [...library.labs.values()].map((lab) => summaryOf(lab, library.areas, language)),
    summary: (id, language) => summaryOf(getLab(id), library.areas, language),
    start: (participant, ...rest) => oneByOne(participant, () => start(participant, ...rest)),
    view,
    curriculum: (language) => curriculumIn(library.curriculum ?? NO_CURRICULUM, language),
    record,
    cellOf: async (participant, id) => (await open(participant, id, 'en')).attempt.cell,
    saveAnswers: (participant, ...rest) => oneByOne(participant, () => saveAnswers(participant, ...rest)),
    check: (participant, ...rest) => oneByOne(participant, () => check(participant, ...rest)),
    hint: (participant, ...rest) => oneByOne(participant, () => hint(participant, ...rest)),
    findOfCell: async (cell) => (await store.findAttemptOfCell(cell))?.id,
  };
}
