import type { Language } from '#contract/text.ts';
import { AppError } from '#server/errors.ts';
import type { AttemptLines } from './attempt-lines.ts';
import type { Attempt, AttemptStore } from './attempt-store.ts';
import type { CellCatalogue } from './catalogue.ts';
import type { Drawn } from './draw.ts';
import type { Reader } from './explain.ts';
import type { Lab } from './lab.ts';
import { type LabLibrary, readLab } from './load.ts';
import { publicValues } from './texts.ts';
import type { AttemptState } from './view.ts';

export interface OpeningOptions {
  readonly store: AttemptStore;
  readonly library: Pick<LabLibrary, 'labs'>;
  readonly catalogue: (base: string) => CellCatalogue | undefined;
  readonly lines: Pick<AttemptLines, 'draw'>;
}

/** An attempt with all that is kept of it, and its lab as it was when it was begun. */
export interface OpenAttempt extends AttemptState {
  readonly lab: Lab;
  readonly reader: Reader;
}

/** Attempts as they are kept, put together with their labs. */
export interface OpenAttempts {
  readonly labOf: (attempt: Attempt) => Promise<Lab>;
  readonly readerOf: (lab: Lab, drawn: Drawn, language: Language) => Reader;
  /** Everything of an attempt that one of its participants asks about; a stranger's attempt does not exist. */
  readonly own: (participant: string, id: string, language: Language) => Promise<OpenAttempt>;
  /** Anybody's attempt, for teachers. */
  readonly any: (id: string, language: Language) => Promise<OpenAttempt>;
}

export function openAttempts({ store, library, catalogue, lines }: OpeningOptions): OpenAttempts {
  /** Former versions of labs on which attempts are still open. */
  const former = new Map<string, Lab>();

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

  function readerOf(lab: Lab, drawn: Drawn, language: Language): Reader {
    const found = catalogue(lab.cell.base);
    if (!found) throw new Error(`There is no cell "${lab.cell.base}".`);
    return { lab, language, shown: publicValues(lab, drawn, language), catalogue: found };
  }

  async function opened(attempt: Attempt, language: Language, viewer: string): Promise<OpenAttempt> {
    const { id } = attempt;
    const lab = await labOf(attempt);
    const [answers, progress, marks] = await Promise.all([
      store.answersOf(id),
      store.progressOf(id),
      store.marksOf(id),
    ]);
    const reader = readerOf(lab, lines.draw(lab, attempt, progress), language);
    return { attempt, lab, answers, progress, marks, reader, viewer };
  }

  return {
    labOf,
    readerOf,
    async own(participant, id, language) {
      const attempt = await store.findAttempt(id);
      if (attempt && isOf(attempt, participant)) return opened(attempt, language, participant);
      throw unknown('Start a lab from the home page.');
    },
    async any(id, language) {
      const attempt = await store.findAttempt(id);
      if (attempt) return opened(attempt, language, attempt.participant);
      throw unknown('See GET /api/grading/attempts for those there are.');
    },
  };
}

/** Whether somebody works on an attempt: the one who began it, or a member of its team. */
const isOf = ({ participant, team = [] }: Attempt, who: string): boolean =>
  participant === who || team.some((member) => member.participant === who);

const unknown = (hint: string): AppError => new AppError('unknown_attempt', 'There is no such attempt.', hint, 404);
