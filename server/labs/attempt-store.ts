import type { TeamMember } from '#contract/facts.ts';
import type { MarkEntry } from '#contract/grading.ts';
import type { StepResult } from '#contract/lab-view.ts';
import type { Outcome } from './judge/outcome.ts';

/** An attempt as it is kept. What was drawn is not in it: it follows from secret, lab, version, participant and counts. */
export interface Attempt {
  readonly id: string;
  readonly participant: string;
  /** All who work on it, where it is not one alone. */
  readonly team?: readonly TeamMember[];
  /** `iiot/meet-the-machine` */
  readonly lab: string;
  readonly labVersion: number;
  /** Counts the attempts of this participant at this lab, from 1. */
  readonly number: number;
  /** The cell it runs on now. */
  readonly cell: string;
  readonly startedMs: number;
}

/** How far a step has come. */
export interface StepProgress {
  /** How often the step's secrets were drawn; 0 for the first draw. */
  readonly draw: number;
  /** Answers that were judged and failed since the last draw. */
  readonly failedTries: number;
  /** Checks of the step that failed in all. */
  readonly fails: number;
  readonly hintsShown: number;
  /** The newest result; a check that has passed stays passed. */
  readonly outcomes: readonly Outcome[];
  /** By check: judgements of a rule on these hidden lines, and how often others were drawn. */
  readonly hidden?: Readonly<Record<string, { readonly tries: number; readonly draw: number }>>;
  /** Set when the newest check used up the tries: the step's secrets, or the whole line, were drawn anew. */
  readonly redrawn?: 'step' | 'line';
}

/** One judgement with all that it saw, so that it can be explained and judged again on another engine. */
export interface Judgement {
  readonly attempt: string;
  readonly step: string;
  readonly wallMs: number;
  readonly plantUs: number;
  readonly result: StepResult;
  /** The facts that were used, as JSON: see `StoredFacts`. */
  readonly facts: string;
}

/** What is needed of a judgement to judge again. */
export interface KeptJudgement extends Pick<Judgement, 'attempt' | 'step' | 'facts' | 'wallMs'> {
  readonly lab: string;
  /** On which the attempt runs now. */
  readonly cell: string;
  /** Of the engine that lived the line. */
  readonly modelVersion: number;
}

/** That a step was judged, and when. */
export interface JudgedStep {
  readonly step: string;
  readonly wallMs: number;
  readonly passed: boolean;
}

/** The files of a lab in one of its versions, by name. */
export type LabFiles = Readonly<Record<string, string>>;

/** Where attempts are kept. Every promise is fulfilled once what it stands for is durable. */
export interface AttemptStore {
  addAttempt(attempt: Attempt): Promise<void>;
  findAttempt(id: string): Promise<Attempt | undefined>;
  /** The newest attempt that runs on this cell. */
  findAttemptOfCell(cell: string): Promise<Attempt | undefined>;
  /** The newest attempts of a participant, alone or in a team, newest first. */
  attemptsOf(participant: string): Promise<readonly Attempt[]>;
  /** All judgements of an attempt, oldest first. */
  judgedSteps(attempt: string): Promise<readonly JudgedStep[]>;
  countAttempts(participant: string, lab: string): Promise<number>;
  /** Answers as typed: by step, by ask. */
  answersOf(attempt: string): Promise<Readonly<Record<string, Readonly<Record<string, string>>>>>;
  /**
   * Keeps what was typed; `typedMs` says by ask when, where that was before `wallMs`. What was typed later stays.
   */
  saveAnswers(
    attempt: string,
    step: string,
    answers: Readonly<Record<string, string>>,
    wallMs: number,
    typedMs?: Readonly<Record<string, number>>,
  ): Promise<void>;
  /** By step; a step that was never checked is absent. */
  progressOf(attempt: string): Promise<Readonly<Record<string, StepProgress>>>;
  /** Keeps the files of a lab's version, once. */
  keepBundle(lab: string, version: number, files: LabFiles): Promise<void>;
  findBundle(lab: string, version: number): Promise<LabFiles | undefined>;
  saveProgress(attempt: string, step: string, progress: StepProgress): Promise<void>;
  /** All points that people ever gave in an attempt, oldest first. */
  marksOf(attempt: string): Promise<readonly MarkEntry[]>;
  /** The newest judgement of each step of each attempt, of one lab or of all. */
  newestJudgements(lab: string | undefined): Promise<readonly KeptJudgement[]>;
  /** Stores a judgement, the progress that it leads to, and the cell that the attempt goes on with: all or nothing. */
  addJudgement(judgement: Judgement, progress: StepProgress, cell: string): Promise<void>;
}
