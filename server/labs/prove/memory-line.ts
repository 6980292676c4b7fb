import type { ClockState } from '#contract/clock.ts';
import type { Actor } from '#contract/command.ts';
import type { EvidenceEntry, NewEvidence } from '#contract/evidence.ts';
import type { PlantWindow } from '#contract/facts.ts';
import type { SqlRequest, SqlResult } from '#contract/sql.ts';
import { Concealed } from '#server/cells/concealed.ts';
import { sqlWindow } from '#server/cells/sql-window.ts';
import { sqlJob } from '#server/jobs/sql-job.ts';
import type { HistoryColumn } from '#contract/history.ts';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { happenings, walkOn } from '#simulator/cell/history.ts';
import type { Model } from '#simulator/cell/model.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import type { Capture } from '#simulator/plant/capture.ts';
import { anchorMs, getStart } from '#simulator/cell/plant-time.ts';
import { eventsIn } from '../judge/events-in.ts';
import { KnownPast } from '../judge/known-past.ts';
import { Replays } from '../judge/replays.ts';
import { runUntilHappening } from '../judge/run-until.ts';
import { type FairOrder, isFairDraw, judgeOnCell, type JudgeOrder, type JudgeResult } from '../judge/judge-order.ts';
import { type AttemptHost, type CellOrder, scenarioOf } from '../attempt-host.ts';
import { type Findings, judgeOnce, lifeOf } from './findings.ts';
import { Heard } from './heard.ts';

/** A model of a base with settings replaced. */
export type Models = (base: string, set: Readonly<Record<string, unknown>>) => Model;

interface Life {
  readonly cell: Cell;
  /** All that happened in it; undefined where nothing is remembered. */
  readonly heard: Heard | undefined;
}

interface MemoryCell extends Life {
  readonly anchorMs: number;
  readonly run: number;
  readonly evidence: EvidenceEntry[];
  readonly order: CellOrder;
  readonly known: KnownPast;
}

/** A second cell that has lived the same so far, and hears on from there. */
function copyOf({ cell, heard }: Life): Life {
  const copy = cell.fork();
  return { cell: copy, heard: heard?.copyFor(copy) };
}

/** A line without doors: real cells, a wall clock that is moved by hand, and evidence that is written by the player. */
export class MemoryLine implements AttemptHost {
  nowMs = Date.UTC(2026, 10, 3, 9);
  private readonly cells = new Map<string, MemoryCell>();

  /** With `findings`, what was found out about a life is not worked out again on an equal one. */
  constructor(
    private readonly models: Models,
    private readonly findings?: Findings,
  ) {}

  /** A second line that has lived the same so far, and goes its own way from here. */
  fork(): MemoryLine {
    const fork = new MemoryLine(this.models, this.findings);
    fork.nowMs = this.nowMs;
    for (const [id, one] of this.cells) {
      const { cell, heard, evidence, known } = one;
      fork.cells.set(id, { ...one, ...copyOf({ cell, heard }), evidence: [...evidence], known: known.copy() });
    }
    return fork;
  }

  /** What was found out about the cell as it is now, shared with all that have lived the same. */
  findingsOf(id: string): Map<string, unknown> | undefined {
    const { cell, order } = this.get(id);
    return this.findings?.of(lifeOf(cell, order.seed));
  }

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

  /** Made once for each seed: to make it again only to find it equal costs as much as an hour of the line. */
  private model(base: string, set: CellOrder['set']): Model {
    const known = this.findings?.of('models');
    const name = `${base} ${JSON.stringify(set)}`;
    const model = (known?.get(name) as Model | undefined) ?? this.models(base, set);
    known?.set(name, model);
    return model;
  }

  private begin(id: string, order: CellOrder, run: number, evidence: EvidenceEntry[]): void {
    const model = this.model(order.base, order.set);
    const cell = createCell(model, { seed: BigInt(`0x${order.seed}`), scenario: scenarioOf(order) });
    const heard = this.findings && Heard.listenTo(cell);
    cell.runUntil(order.openUs);
    const start = getStart(model.definition.start);
    this.cells.set(id, {
      ...{ cell, heard },
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
    return { columns: this.columns(id, request.signals, request) };
  }

  columns(id: string, signals: readonly string[], { fromUs, toUs }: PlantWindow): HistoryColumn[] {
    const known = this.findingsOf(id) ?? new Map<string, unknown>();
    const question = (signal: string) => `history ${signal} ${fromUs}-${toUs}`;
    const unknown = [...new Set(signals)].filter((signal) => !known.has(question(signal)));
    for (const column of this.samples(id, unknown, fromUs, toUs)) known.set(question(column.signal), column);
    return signals.map((signal) => known.get(question(signal)) as HistoryColumn);
  }

  edges(id: string, signal: string, { fromUs, toUs }: PlantWindow): readonly [first: number, last: number] {
    const { cell } = this.get(id);
    const index = cell.model.indexOf(signal);
    const replays = this.once(id, 'replays', () => new Replays(cell));
    const at = (tUs: number): number => replays.still(tUs, (past) => past.sample(index).value);
    return [at(fromUs), at(toUs)];
  }

  async judge(id: string, order: JudgeOrder): Promise<JudgeResult> {
    const { cell, heard, order: made, known } = this.get(id);
    const forkModel = (set: Readonly<Record<string, unknown>>) => this.model(made.base, { ...made.set, ...set });
    const { findings } = this;
    const before = known.at(cell.now, order.basis.drawn);
    if (!findings) return judgeOnCell(cell, order, forkModel, before);
    return judgeOnce(cell, order, forkModel, { known: before, heard: heard?.all, findings, seed: made.seed });
  }

  async isFair(order: CellOrder, draw: FairOrder): Promise<boolean> {
    const model = this.model(order.base, order.set);
    return isFairDraw(model, { seed: order.seed, scenario: scenarioOf(order) }, draw);
  }

  async evidence(id: string): Promise<readonly EvidenceEntry[]> {
    return this.get(id).evidence;
  }

  cell(id: string): Cell {
    return this.get(id).cell;
  }

  sql(id: string, request: SqlRequest): SqlResult {
    const { cell, order, anchorMs: anchor } = this.get(id);
    const { model, log, now } = cell;
    const { fromUs, toUs } = sqlWindow(request, now);
    const life = { definition: model.definitionHash, seed: order.seed, scenario: scenarioOf(order) };
    const lived = { ...life, log: log.toJSON(), checkpoint: undefined, nowUs: now };
    const hidden = new Concealed(model, order.conceal ?? []).all;
    return this.once(id, `sql ${JSON.stringify(request)}`, () =>
      sqlJob(model, lived, { ...request, fromUs, toUs, anchorMs: anchor, hidden }),
    );
  }

  capture(id: string, path: string, tUs: number): Capture {
    return this.once(id, `capture ${path} ${tUs}`, () => this.cell(id).past(tUs).capture(path));
  }

  record(id: string, entry: NewEvidence): void {
    const { cell, evidence } = this.get(id);
    evidence.push({ ...entry, wallMs: this.nowMs, plantUs: cell.now });
  }

  /** Wall time goes on, and plant time with it. */
  pass(id: string, ms: number): void {
    this.nowMs += ms;
    const toUs = this.cell(id).now + Math.round(ms * 1000);
    this.live(id, `run to ${toUs}`, (life) => {
      life.cell.runUntil(toUs);
      return life;
    });
  }

  /** As `pass`, until something happens. */
  passUntil(id: string, event: string, withinUs: number): void {
    const { now } = this.cell(id);
    this.live(id, `run to ${event} within ${withinUs}`, ({ cell, heard }) => {
      const came = runUntilHappening(cell, now + withinUs, (happening) => happening.event === event);
      return { cell: came.cell, heard: heard?.copyFor(came.cell, came.heard) };
    });
    this.nowMs += (this.cell(id).now - now) / 1000;
  }

  /** Lets a cell live on; if an equal one has done the same already, it becomes what that one became. */
  private live(id: string, question: string, go: (life: Life) => Life): void {
    const one = this.get(id);
    const findings = this.findingsOf(id);
    const known = findings?.get(question) as Life | undefined;
    const { cell, heard } = known ? copyOf(known) : go(one);
    this.cells.set(id, { ...one, cell, heard });
    if (!known) findings?.set(question, copyOf({ cell, heard }));
  }

  events(id: string, glob: string, { fromUs, toUs }: PlantWindow): Happening[] {
    const { cell, heard } = this.get(id);
    return eventsIn(heard?.all ?? happenings(cell, Math.max(0, fromUs - 1), toUs), glob, { fromUs, toUs });
  }

  /** What held at the beginning, and then every change: all of them in one go. */
  private samples(id: string, signals: readonly string[], fromUs: number, toUs: number): readonly HistoryColumn[] {
    if (signals.length === 0) return [];
    const { cell } = this.get(id);
    const indices = signals.map((signal) => cell.model.indexOf(signal));
    const past = this.once(id, 'replays', () => new Replays(cell)).take(fromUs);
    const columns = indices.map((index, k) => {
      const { tUs, value } = past.sample(index);
      return { signal: signals[k], tUs: [tUs], values: [value], truncated: false };
    });
    walkOn(past, indices, fromUs, Math.min(toUs, cell.now), (index, { tUs, value }) => {
      const column = columns[indices.indexOf(index)];
      if (tUs <= column.tUs[0] || value === column.values.at(-1)) return;
      column.tUs.push(tUs);
      column.values.push(value);
    });
    return columns;
  }

  private once<T>(id: string, question: string, find: () => T): T {
    const findings = this.findingsOf(id);
    if (!findings) return find();
    if (!findings.has(question)) findings.set(question, find());
    return findings.get(question) as T;
  }

  private get(id: string) {
    const found = this.cells.get(id);
    if (!found) throw new Error(`There is no cell ${id}.`);
    return found;
  }
}
