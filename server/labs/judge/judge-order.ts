import type { DrawnValue, PlantWindow } from '#contract/facts.ts';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import type { Model } from '#simulator/cell/model.ts';
import type { ScenarioEntry } from '#simulator/cell/scenario.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import { HOUR, SECOND } from '#simulator/kernel/time.ts';
import type { Ask } from './ask.ts';
import { cellFacts, type FactBasis, type ForkModel, type Kept } from './cell-facts.ts';
import { evaluate } from './expression/evaluate.ts';
import { labScope, type LabNames } from './expression/lab-scope.ts';
import { NotYet } from './expression/value.ts';
import { rulesOf } from './fork-configuration.ts';
import { KnownPast } from './known-past.ts';
import { judgeStep, type JudgedStep } from './judge-step.ts';
import type { Outcome } from './outcome.ts';

/** All that is needed to judge a step on a cell. Plain data: it goes to workers. */
export interface JudgeOrder {
  readonly step: JudgedStep;
  readonly basis: Omit<FactBasis, 'nowUs'>;
  readonly names: LabNames;
  readonly asks: Readonly<Record<string, readonly Ask[]>>;
  readonly passed: readonly string[];
  /** Plant time at which the cell opened. */
  readonly openUs: number;
  readonly seeds: Readonly<Record<string, readonly string[]>>;
  /** For whoever wants verdicts and nothing else, as a proof does. */
  readonly stopsWhenDecided?: boolean;
}

/** Facts as plain data: what is stored with a judgement, and from which it can be judged again. */
export interface StoredFacts extends FactBasis {
  readonly window: PlantWindow;
  /** Answers to what the judge asked, by question. */
  readonly kept: Readonly<Record<string, unknown>>;
  readonly units: Readonly<Record<string, string>>;
  readonly seeds: JudgeOrder['seeds'];
}

export interface JudgeResult {
  readonly outcomes: readonly Outcome[];
  readonly facts: StoredFacts;
}

/** Judges a step on a cell that is at its present. `known` may hold what was asked of the same cell before. */
export function judgeOnCell(
  cell: Cell,
  order: JudgeOrder,
  forkModel: ForkModel,
  known: Kept = new Map(),
  heard?: readonly Happening[],
): JudgeResult {
  const { step, basis, names, asks, passed, openUs, seeds, stopsWhenDecided = false } = order;
  const nowUs = cell.now;
  const window = { fromUs: openUs, toUs: nowUs };
  const rules = Object.fromEntries([...rulesOf(cell)].map(([rule, number]) => [`#rule ${rule}`, number]));
  const own: FactBasis = { ...basis, nowUs, drawn: { ...basis.drawn, ...rules } };
  const kept: Kept = new Map();
  const units: Record<string, string> = {};
  const { signals } = cell.model;
  const unitOf = (path: string) => (units[path] ??= signals.find((signal) => signal.path === path)?.unit ?? '');
  const facts = cellFacts(cell, own, forkModel, known, kept, heard);
  const outcomes = judgeStep(step, facts, {
    ...{ passed: new Set(passed), window, unitOf, names, asks, seeds, stopsWhenDecided },
  });
  return { outcomes, facts: { ...own, window, kept: Object.fromEntries(kept), units, seeds } };
}

/** A draw whose fairness is asked about. */
export interface FairOrder {
  readonly drawn: Readonly<Record<string, DrawnValue>>;
  readonly names: LabNames;
  readonly where: readonly string[];
  readonly horizonUs: number;
}

const STRIDE_US = 8 * HOUR;

/** Runs a line that nobody touches as far as the conditions look, and says whether all hold. */
export function isFairDraw(
  model: Model,
  { seed, scenario }: { readonly seed: string; readonly scenario: readonly ScenarioEntry[] },
  { drawn, names, where, horizonUs }: FairOrder,
): boolean {
  const cell = createCell(model, { seed: BigInt(`0x${seed}`), scenario });
  const heard: Happening[] = [];
  cell.listener = (happening) => heard.push(happening);
  const known = new KnownPast();
  return where.every((condition) => {
    for (;;) {
      const basis = { nowMs: 0, nowUs: cell.now, anchorMs: 0, evidence: [], drawn, answers: {} };
      const facts = cellFacts(cell, basis, () => model, known.at(cell.now, drawn), new Map(), heard);
      try {
        return evaluate(condition, labScope(facts, names)) === true;
      } catch (error) {
        if (!(error instanceof NotYet) || cell.now >= horizonUs) throw error;
        const untilUs = error.atS === undefined ? cell.now + STRIDE_US : Math.ceil(error.atS * SECOND);
        cell.runUntil(Math.min(horizonUs, Math.max(untilUs, cell.now + 1)));
      }
    }
  });
}
