import type { Cell } from '#simulator/cell/cell.ts';
import { type CellSignal, rounded } from '#simulator/cell/sampling.ts';
import { minutes } from '#simulator/kernel/time.ts';

type Law = 'untouched' | 'moved' | 'jumped' | 'offGrid' | 'offRange';

/** Goes with a cell from instant to instant, looks at every signal before and after each, and notes what breaks a law. */
export class SignalLaws {
  /** What was wrong, once per signal. */
  readonly broken: Readonly<Record<Law, Record<string, string>>> = {
    /** It changed at an event that did not touch its station. */
    untouched: {},
    /** It is held, and moved between events. */
    moved: {},
    /** It is continuous, does not restart, and does not end on the value that the event commits. */
    jumped: {},
    /** A sample is no whole multiple of its resolution, or neither on the scan grid nor at an event. */
    offGrid: {},
    /** A sample is outside the range. */
    offRange: {},
  };

  constructor(private readonly cell: Cell) {}

  /** On to the next event, or for a minute. */
  step(): void {
    const { cell } = this;
    const { signals } = cell.model;
    const t = Math.min(cell.nextUs, cell.now + minutes(1));
    const before = cell.look(() => signals.map((signal) => signal.at(t)));
    const soon = cell.look((_, now) => signals.map((signal) => signal.at((now + t) / 2)));
    const touched = cell.look(() => signals.map(({ track }) => track.lastUs));
    const old = cell.look((_, now) => signals.map((signal) => signal.at(now)));
    cell.runUntil(t);
    const after = cell.readAll();
    for (const signal of signals) {
      const k = signal.index;
      this.checkStep(signal, t, { old: old[k], soon: soon[k], before: before[k], after: after[k], lastUs: touched[k] });
      this.checkSample(signal, t);
    }
  }

  /**
   * Changes something at a station, which counts as an event. What the station is told to keep, such as a speed, may be
   * at its new value at once.
   */
  act(station: string, work: () => void): void {
    const { cell } = this;
    const { signals } = cell.model;
    const before = cell.look((_, now) => signals.map((signal) => signal.at(now + 1)));
    const touched = cell.look(() => signals.map(({ track }) => track.lastUs));
    work();
    const after = cell.readAll();
    for (const signal of signals) {
      const { index: k } = signal;
      const change = { before: before[k], after: after[k], lastUs: touched[k] };
      if (signal.station !== station) this.checkChange(signal, cell.now, change);
      this.checkSample(signal, cell.now);
    }
  }

  private checkStep(signal: CellSignal, t: number, looks: { old: number; soon: number } & Change): void {
    const { old, soon, before } = looks;
    if (signal.kind === 'held' && (soon !== old || before !== old)) {
      this.note('moved', signal, `from ${old} to ${before} before ${t}`);
    }
    this.checkChange(signal, t, looks);
  }

  private checkChange(signal: CellSignal, t: number, { before, after, lastUs }: Change): void {
    const { kind, restarts, resolution, track } = signal;
    const change = `from ${before} to ${after} at ${t}`;
    if (track.lastUs === lastUs && after !== before) this.note('untouched', signal, change);
    const isAlike = Math.abs(after - before) <= resolution * 1.001;
    if (kind === 'continuous' && restarts !== true && !isAlike) this.note('jumped', signal, change);
  }

  private checkSample(signal: CellSignal, t: number): void {
    const { index, range, track, scanUs, resolution } = signal;
    const { tUs, value } = this.cell.sample(index);
    if (!(value >= range[0] && value <= range[1])) {
      this.note('offRange', signal, `${value} is not within ${range.join(' to ')} at ${t}`);
    }
    const isOnGrid = tUs === track.lastUs || (scanUs > 0 && tUs % scanUs === 0);
    if (!isOnGrid || rounded(value, resolution) !== value || tUs > t) {
      this.note('offGrid', signal, `${value} at ${tUs}`);
    }
  }

  private note(law: Law, { path }: CellSignal, what: string): void {
    this.broken[law][path] ??= what;
  }
}

interface Change {
  readonly before: number;
  readonly after: number;
  readonly lastUs: number;
}
