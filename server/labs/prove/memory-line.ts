import type { ClockState } from '#contract/clock.ts';
import type { Actor } from '#contract/command.ts';
import type { EvidenceEntry, NewEvidence } from '#contract/evidence.ts';
import type { PlantWindow } from '#contract/facts.ts';
import { fitsGlob } from '#contract/glob.ts';
import type { HistoryColumn } from '#contract/history.ts';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { happenings, walk } from '#simulator/cell/history.ts';
import type { Model } from '#simulator/cell/model.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import { anchorMs, getStart } from '#simulator/cell/plant-time.ts';
import { KnownPast } from '../judge/known-past.ts';
import { type FairOrder, isFairDraw, judgeOnCell, type JudgeOrder, type JudgeResult } from '../judge/judge-order.ts';
import { type AttemptHost, type CellOrder, scenarioOf } from '../attempt-host.ts';

/** A model of a base with settings replaced. */
export type Models = (base: string, set: Readonly<Record<string, unknown>>) => Model;

interface MemoryCell {
  readonly cell: Cell;
  readonly anchorMs: number;
  readonly run: number;
  readonly evidence: EvidenceEntry[];
  readonly order: CellOrder;
  readonly known: KnownPast;
}

/** A line without doors: real cells, a wall clock that is moved by hand, and evidence that is written by the player. */
export class MemoryLine implements AttemptHost {
  nowMs = Date.UTC(2026, 10, 3, 9);
  private readonly cells = new Map<string, MemoryCell>();

  constructor(private readonly models: Models) {}

  async openCell(_participant: string, order: CellOrder): Promise<string> {
    const id = `c-${this.cells.size + 1}`;
    this.begin(id, order, 1, []);
    return id;
  }

  async beginRun(id: string, order: CellOrder, { actor, via }: Actor, keep: () => Promise<unknown>) {
    const { run, evidence } = this.get(id);
    this.record(id, { kind: 'command', participant: actor, via, target: 'Clock.Reset', status: 'done' });
    this.begin(id, order, run + 1, evidence);
    await keep();
    return this.clock(id);
  }

  private begin(id: string, order: CellOrder, run: number, evidence: EvidenceEntry[]): void {
    const model = this.models(order.base, order.set);
    const cell = createCell(model, { seed: BigInt(`0x${order.seed}`), scenario: scenarioOf(order) });
    cell.runUntil(order.openUs);
    const start = getStart(model.definition.start);
    this.cells.set(id, {
      cell,
      anchorMs: anchorMs(start, Math.max(order.horizonUs, order.openUs), this.nowMs),
      ...{ run, evidence, order },
      known: new KnownPast(),
    });
  }

  async clock(id: string): Promise<ClockState> {
    const { cell, anchorMs: anchor, run } = this.get(id);
    return { simUs: cell.now, wallMs: this.nowMs, speed: 1, paused: false, anchorMs: anchor, run };
  }

  async history(id: string, request: { signals: readonly string[]; fromUs: number; toUs: number }) {
    return { columns: request.signals.map((signal) => this.samples(id, signal, request.fromUs, request.toUs)) };
  }

  async judge(id: string, order: JudgeOrder): Promise<JudgeResult> {
    const { cell, order: made, known } = this.get(id);
    const forkModel = (set: Readonly<Record<string, unknown>>) => this.models(made.base, { ...made.set, ...set });
    return judgeOnCell(cell, order, forkModel, known.at(cell.now));
  }

  async isFair(order: CellOrder, draw: FairOrder): Promise<boolean> {
    const model = this.models(order.base, order.set);
    return isFairDraw(model, { seed: order.seed, scenario: scenarioOf(order) }, draw);
  }

  async evidence(id: string): Promise<readonly EvidenceEntry[]> {
    return this.get(id).evidence;
  }

  cell(id: string): Cell {
    return this.get(id).cell;
  }

  record(id: string, entry: NewEvidence): void {
    const { cell, evidence } = this.get(id);
    evidence.push({ ...entry, wallMs: this.nowMs, plantUs: cell.now });
  }

  /** Wall time goes on, and plant time with it. */
  pass(id: string, ms: number): void {
    this.nowMs += ms;
    const { cell } = this.get(id);
    cell.runUntil(cell.now + Math.round(ms * 1000));
  }

  /** As `pass`, until something happens. */
  passUntil(id: string, event: string, withinUs: number): void {
    const { cell } = this.get(id);
    const before = cell.now;
    let came = false;
    cell.listener = (happening) => void (came ||= happening.event === event);
    while (!came && cell.now < before + withinUs) cell.runUntil(Math.min(cell.nextUs, before + withinUs));
    cell.listener = undefined;
    this.nowMs += (cell.now - before) / 1000;
  }

  events(id: string, glob: string, { fromUs, toUs }: PlantWindow): Happening[] {
    return happenings(this.get(id).cell, Math.max(0, fromUs - 1), toUs).filter(({ event }) => fitsGlob(event, glob));
  }

  /** What held at the beginning, and then every change. */
  private samples(id: string, signal: string, fromUs: number, toUs: number): HistoryColumn {
    const { cell } = this.get(id);
    const index = cell.model.indexOf(signal);
    const first = cell.past(fromUs).sample(index);
    const column = { signal, tUs: [first.tUs], values: [first.value], truncated: false };
    walk(cell, [index], fromUs, toUs, (_, { tUs, value }) => {
      if (tUs <= first.tUs || value === column.values.at(-1)) return;
      column.tUs.push(tUs);
      column.values.push(value);
    });
    return column;
  }

  private get(id: string) {
    const found = this.cells.get(id);
    if (!found) throw new Error(`There is no cell ${id}.`);
    return found;
  }
}
