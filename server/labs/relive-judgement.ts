import type { EvidenceEntry } from '#contract/evidence.ts';
import { modelWith } from '#server/cells/model-with.ts';
import { CellLogs } from '#server/store/cell-logs.ts';
import { type CellRow, CellsTable } from '#server/store/cells-table.ts';
import type { Store } from '#server/store/open-store.ts';
import type { Command } from '#simulator/cell/command-log.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import type { Model } from '#simulator/cell/model.ts';
import { MODEL_VERSION } from '#simulator/cell/model-version.ts';
import { scenarioOf } from './attempt-host.ts';
import type { KeptJudgement } from './attempt-store.ts';
import { judgeOnCell, type JudgeResult, type StoredFacts } from './judge/judge-order.ts';
import type { Regrading } from './judge/regrade.ts';
import { evidenceFor } from './order-judgement.ts';

/** A judgement made again on the line as it was, or why that cannot be. */
export type Relived = JudgeResult | { readonly why: string };

export type Relive = (judgement: KeptJudgement, stored: StoredFacts, regrading: Regrading) => Promise<Relived>;

/** The model of a definition as it was kept, by its hash. */
export type ModelOf = (hash: string, json: string) => Model;

/**
 * Lives the line of a judgement again, from its seed and its commands to the instant at which it was judged. Only on the
 * engine that it ran on, and only while that run is the last of its cell; and what was asked then must be answered as it
 * was then, or this is not the same life.
 */
export function reliveOn(store: Store, modelOf: ModelOf): Relive {
  const [cells, logs] = [new CellsTable(store), new CellLogs(store)];
  return async (judgement, stored, regrading) => {
    const { modelVersion, cell: id, wallMs } = judgement;
    if (modelVersion !== MODEL_VERSION) return { why: `the engine was ${modelVersion} and is ${MODEL_VERSION} now` };
    const row = await cells.find(id);
    if (!row) return { why: 'its line is not kept' };
    const begun = await cells.runBegunMs(id, row.run);
    if (begun === undefined || begun > wallMs) return { why: 'the line has begun anew since' };
    const model = modelOf(row.definition, await cells.definition(row.definition));
    const evidence = (await logs.evidenceOf(id)).filter((entry) => entry.wallMs <= stored.nowMs);
    const log = await logs.commandsOf(id, row.run);
    const relived = judgeAgain(row, { stored, regrading, evidence, model, log });
    const other = Object.keys(stored.kept).find(
      (question) => question in relived.facts.kept && !isSame(stored.kept[question], relived.facts.kept[question]),
    );
    return other === undefined ? relived : { why: `the line lived again answers "${other}" otherwise` };
  };
}

interface Again {
  readonly stored: StoredFacts;
  readonly regrading: Regrading;
  readonly evidence: readonly EvidenceEntry[];
  readonly model: Model;
  readonly log: readonly Command[];
}

function judgeAgain(row: CellRow, { stored, regrading, evidence, model, log }: Again): JudgeResult {
  const { step, names, asks, passed } = regrading;
  const { nowMs, nowUs, anchorMs, team = [], answers, window, seeds } = stored;
  const cell = createCell(model, { seed: BigInt(`0x${row.seed}`), scenario: scenarioOf(row) });
  for (const command of log) if (command.at <= nowUs) cell.log.append(command);
  cell.runUntil(nowUs);
  // Rules are numbered by the line itself.
  const drawn = Object.fromEntries(Object.entries(stored.drawn).filter(([name]) => !name.startsWith('#')));
  const basis = { nowMs, anchorMs, drawn, answers, team, evidence: evidenceFor(step.checks, evidence, team) };
  return judgeOnCell(cell, { step, basis, names, asks, passed, openUs: window.fromUs, seeds }, (set) =>
    modelWith(model, set),
  );
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
