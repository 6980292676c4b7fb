import type { Cell } from '#simulator/cell/cell.ts';
import { type CellSignal, rounded } from '#simulator/cell/sampling.ts';
import { minutes } from '#simulator/kernel/time.ts';

type Law = 'untouched' | 'moved' | 'jumped' | 'offGrid' | 'offRange' | 'outOfBounds';

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
    /** It left the bounds that it gave after the last event of its station. */
    outOfBounds: {},
  };

  private readonly promised: Given[];

  constructor(private readonly cell: Cell) {
    this.promised = cell.model.signals.map(() => ({ untilUs: -1, low: NaN, high: NaN, touchedUs: -1 }));
  }

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
      this.checkBounds(signal, t, { soon: soon[k], before: before[k], after: after[k] });
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
    // Nobody rests after a command.
    this.promised.fill({ untilUs: -1, low: NaN, high: NaN, touchedUs: -1 });
    const after = cell.readAll();
    for (const signal of signals) {
      const { index: k } = signal;
      const change = { before: before[k], after: after[k], lastUs: touched[k] };
      if (signal.station !== station) this.checkChange(signal, cell.now, change);
      this.checkSample(signal, cell.now);
    }
  }

  /** Asks for bounds for a while after each touch, and once in a while in between, as those do who rest. */
  private checkBounds(signal: CellSignal, t: number, looks: Record<'soon' | 'before' | 'after', number>): void {
    const { bounds, station, index, ofLine } = signal;
    if (bounds === undefined) return;
    const promised = this.promised[index];
    const touchedUs = this.cell.look(({ stations }) => stations.get(station)!.touch.lastUs);
    const isWithin = (value: number) => value >= promised.low - 1e-9 && value <= promised.high + 1e-9;
    if (t <= promised.untilUs) {
      const kept = isWithin(looks.soon) && isWithin(looks.before);
      const isOver = touchedUs !== promised.touchedUs;
      if (!kept || (!isOver && ofLine === true && !isWithin(looks.after))) {
        const { low, high } = promised;
        this.note('outOfBounds', signal, `${looks.before} is not within ${low} to ${high} at ${t}`);
      }
      if (!isOver) return;
    }
    const untilUs = t % 3 === 0 ? Infinity : t + minutes(1);
    const [low, high] = this.cell.look(() => bounds(t, untilUs));
    // What is not known for ever may be known for a while.
    const isKnown = !Number.isNaN(low) && !Number.isNaN(high);
    this.promised[index] = { low, high, touchedUs, untilUs: isKnown ? untilUs : -1 };
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

interface Given {
  readonly untilUs: number;
  readonly low: number;
  readonly high: number;
  readonly touchedUs: number;
}

interface Change {
  readonly before: number;
  readonly after: number;
  readonly lastUs: number;
}
