import type { Facts, PlantWindow } from '#contract/facts.ts';
import { fitsGlob } from '#contract/glob.ts';
import type { HistoryColumn } from '#contract/history.ts';
import type { Sample } from '#simulator/cell/sample.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import type { Capture } from '#simulator/plant/capture.ts';
import { evaluate } from '../judge/expression/evaluate.ts';
import { labScope, type LabNames } from '../judge/expression/lab-scope.ts';
import type { Value } from '../judge/expression/value.ts';
import type { AtOnce, Player } from './player.ts';

/** Something that has not been read yet, and how to read it. */
class Unread extends Error {
  constructor(readonly read: () => Promise<void>) {
    super('Not read yet.');
  }
}

/** What was looked at: all samples of a window, or those at its ends. */
type Look = readonly [path: string, window: PlantWindow, ends?: 'edges'];
interface Finding {
  readonly answer: unknown;
  readonly looks: readonly Look[];
}

const hidden = (): never => {
  throw new Error('A participant cannot see that.');
};

/**
 * Expressions of a solution, over what the player reads through its own doors. An expression that lacks something stops;
 * it is read, and the expression begins anew.
 */
export class SeenFacts {
  private readonly columns = new Map<string, readonly Sample[]>();
  private readonly ends = new Map<string, readonly [number, number]>();
  private readonly captures = new Map<string, Capture>();
  private readonly happened = new Map<string, readonly Happening[]>();
  /** What the present computation looks at. */
  private looks: Look[] = [];

  constructor(private readonly player: Player) {}

  /** For a player who has read the same so far. */
  fork(player: Player): SeenFacts {
    const fork = new SeenFacts(player);
    for (const [name, column] of this.columns) fork.columns.set(name, column);
    for (const [name, ends] of this.ends) fork.ends.set(name, ends);
    for (const [name, capture] of this.captures) fork.captures.set(name, capture);
    for (const [name, happened] of this.happened) fork.happened.set(name, happened);
    return fork;
  }

  /** The value of an expression with the names of the lab's windows and of what was seen before. */
  async evaluate(text: string, names: LabNames, known: Readonly<Record<string, Value>>): Promise<Value> {
    const { simUs, anchorMs } = await this.player.clock();
    const facts = this.factsAt(simUs, anchorMs);
    for (;;) {
      this.looks = [];
      try {
        return evaluate(text, labScope(facts, { windows: names.windows, derive: {} }, known));
      } catch (error) {
        if (!(error instanceof Unread)) throw error;
        await error.read();
      }
    }
  }

  private factsAt(nowUs: number, anchorMs: number): Facts {
    return {
      ...{ nowMs: anchorMs + nowUs / 1000, nowUs, anchorMs, evidence: [], drawn: {} },
      answers: () => ({}),
      signal: (path, window) => this.signal(path, window),
      expect: (paths, window) => {
        const unread = paths.filter((path) => !this.columns.has(`${path} ${window.fromUs} ${window.toUs}`));
        this.player.atOnce?.expect(unread, window);
      },
      ...(this.player.atOnce && { edges: (path, window) => this.edges(path, window) }),
      events: (glob, window) => this.events(glob, window),
      config: hidden,
      truth: hidden,
      totals: hidden,
      capture: (path, tUs) => this.capture(path, tUs),
      fork: hidden,
      keep: (question, find) => this.keep(question, find),
    };
  }

  /** What another player of an equal life has worked out is taken over, but each reads for itself what it comes from. */
  private keep<T>(question: string, find: () => T): T {
    const findings = this.player.findings?.();
    if (!findings) return find();
    const name = `seen ${question}`;
    if (!findings.has(name)) findings.set(name, this.lookedAt(find));
    const { answer, looks } = findings.get(name) as Finding;
    for (const [path, window, ends] of looks) {
      if (ends) this.edges(path, window);
      else this.signal(path, window);
    }
    return answer as T;
  }

  /** What is found, and what was looked at for it. */
  private lookedAt(find: () => unknown): Finding {
    const outer = this.looks;
    const looks: Look[] = [];
    this.looks = looks;
    try {
      return { answer: find(), looks };
    } finally {
      this.looks = outer;
    }
  }

  /** Through doors that answer at once, if there are; else the expression stops here and waits. */
  private read<T>(now: (doors: AtOnce) => T, later: () => Promise<void>): T {
    const { atOnce } = this.player;
    if (atOnce) return now(atOnce);
    throw new Unread(later);
  }

  private signal(path: string, { fromUs, toUs }: PlantWindow): readonly Sample[] {
    this.looks.push([path, { fromUs, toUs }]);
    const name = `${path} ${fromUs} ${toUs}`;
    const found = this.columns.get(name);
    if (found) return found;
    const take = ([{ tUs, values }]: readonly HistoryColumn[]): readonly Sample[] => {
      const samples = tUs.map((t, k) => ({ tUs: Math.max(t, fromUs), value: values[k] }));
      this.columns.set(name, samples);
      return samples;
    };
    const { player } = this;
    return this.read(
      (doors) => take(doors.history([path], { fromUs, toUs })),
      async () => void take(await player.history([path], { fromUs, toUs })),
    );
  }

  private edges(path: string, window: PlantWindow): readonly [number, number] {
    this.looks.push([path, window, 'edges']);
    const name = `${path} ${window.fromUs} ${window.toUs}`;
    const read = this.columns.get(name);
    if (read) return [read[0].value, read.at(-1)!.value];
    const found = this.ends.get(name) ?? this.player.atOnce!.edges(path, window);
    this.ends.set(name, found);
    return found;
  }

  private capture(path: string, tUs: number): Capture {
    const name = `${path} ${tUs}`;
    const found = this.captures.get(name);
    if (found) return found;
    const take = (capture: Capture): Capture => {
      this.captures.set(name, capture);
      return capture;
    };
    return this.read(
      (doors) => take(doors.capture(path, tUs)),
      async () => void take(await this.player.capture(path, tUs)),
    );
  }

  private events(glob: string, { fromUs, toUs }: PlantWindow): readonly Happening[] {
    const name = `${glob} ${fromUs} ${toUs}`;
    const found = this.happened.get(name);
    if (found) return found;
    const take = (events: readonly Happening[]): readonly Happening[] => {
      const fitting = events.filter(({ event }) => fitsGlob(event, glob));
      this.happened.set(name, fitting);
      return fitting;
    };
    return this.read(
      (doors) => take(doors.events(glob, { fromUs, toUs })),
      async () => void take(await this.player.events(glob, { fromUs, toUs })),
    );
  }
}
