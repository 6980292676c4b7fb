import { fitsGlob } from '#contract/glob.ts';
import { AppError } from '#server/errors.ts';
import type { Sample } from '#simulator/cell/sample.ts';
import type { Model } from '#simulator/cell/model.ts';

/** What a cell does not show, because a lab wants it to be worked out: paths and globs of signals and captures. */
export class Concealed {
  private readonly paths: ReadonlySet<string>;
  private readonly indices: ReadonlySet<number>;

  constructor(
    model: Model,
    private readonly globs: readonly string[],
  ) {
    const hides = (path: string) => globs.some((glob) => fitsGlob(path, glob));
    this.indices = new Set(model.signals.flatMap(({ path, index }) => (hides(path) ? [index] : [])));
    this.paths = new Set([...model.signals.map(({ path }) => path), ...model.captures.keys()].filter(hides));
  }

  hides(path: string): boolean {
    return this.paths.has(path);
  }

  hidesSignal(index: number): boolean {
    return this.indices.has(index);
  }

  /** A concealed signal looks on every door as one whose device does not answer. */
  sample({ tUs }: Sample): Sample {
    return { tUs, value: 0, status: 'BadNoCommunication' };
  }

  /** Throws if any of these is concealed. */
  refuse(paths: Iterable<string>): void {
    for (const path of paths) if (this.paths.has(path)) throw refusal(path);
  }

  /** Throws if the cell conceals anything, for doors whose answer holds a bit of everything. */
  refuseAll(pane: string): void {
    const [first] = this.paths;
    if (first !== undefined || this.globs.includes(pane)) throw refusal(first ?? pane);
  }

  /** All that is concealed. */
  get all(): readonly string[] {
    return [...this.paths];
  }

  /** Throws if the lab does without a pane, such as `pane.data`. */
  refusePane(pane: string): void {
    if (this.globs.some((glob) => fitsGlob(pane, glob))) throw refusal(pane);
  }

  /** The first concealed path that a text names, such as a rule that would read it. */
  findIn(text: string): string | undefined {
    return [...this.paths].find((path) => text.includes(path));
  }
}

export const concealment = (path: string): string => `This lab does not show ${path}.`;

const refusal = (path: string): AppError =>
  new AppError('concealed', concealment(path), 'Work it out from other signals.', 403);
