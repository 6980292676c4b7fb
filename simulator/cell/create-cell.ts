import type { Slab } from '#simulator/kernel/memory.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { Cell } from './cell.ts';
import { type Checkpoint, Checkpoints } from './checkpoints.ts';
import { type Command, CommandLog } from './command-log.ts';
import { MODEL_VERSION } from './model-version.ts';
import type { Model } from './model.ts';
import { getPlanned, type ScenarioEntry, scheduleOf } from './scenario.ts';
import type { Schedule } from './schedule.ts';
import { halvesOf, type Seed } from './seed.ts';

export interface Creation {
  readonly seed: Seed;
  /** Parameters that begin with another value than in the definition, by path. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Hidden faults and commands beside those of the definition; they act at their time and are not in the log. */
  readonly scenario?: readonly ScenarioEntry[];
  /** Without checkpoints it takes a third of the memory, and nobody can ask it for its past. */
  readonly keepsPast?: boolean;
}

/** A cell at plant time 0. */
export function createCell(model: Model, creation: Creation): Cell {
  const { slab, schedule, first } = begin(model, creation);
  return new Cell(model, {
    slab,
    schedule,
    log: new CommandLog(),
    checkpoints: new Checkpoints(first ? [first] : []),
  });
}

export interface Resumption extends Creation {
  readonly log: readonly Command[];
  /** Where to begin; without it, or if it is of another engine or definition, the replay begins at 0. */
  readonly checkpoint?: Checkpoint | undefined;
}

/**
 * A cell from what was stored of it, at the time of the checkpoint; run it on from there. Commands of the log that the
 * checkpoint already holds are not applied again. All of its past can be asked for.
 */
export function resumeCell(model: Model, { log, checkpoint, ...creation }: Resumption): Cell {
  const { slab, schedule, first } = begin(model, creation);
  const usable = checkpoint !== undefined && fits(checkpoint, model, slab) ? checkpoint : undefined;
  if (usable) slab.overwrite(usable.snapshot);
  const cell = new Cell(model, {
    slab,
    schedule,
    log: new CommandLog([...log]),
    checkpoints: new Checkpoints(first ? [first, ...(usable && usable.tUs > 0 ? [usable] : [])] : []),
  });
  const { clock } = model.plant.kernel;
  if (clock.commands > log.length) {
    throw new Refusal(
      `The checkpoint holds ${clock.commands} commands, the log ${log.length}.`,
      'Give the whole log of the same cell.',
    );
  }
  return cell;
}

/** What of stored state can be used: it must be of this engine and of this definition. */
function fits({ modelVersion, definitionHash, snapshot }: Checkpoint, model: Model, slab: Slab): boolean {
  const isOurs = modelVersion === MODEL_VERSION && definitionHash === model.definitionHash;
  return isOurs && snapshot.byteLength === slab.buffer.byteLength;
}

interface Beginning {
  readonly slab: Slab;
  readonly schedule: Schedule;
  readonly first: Checkpoint | undefined;
}

function begin(model: Model, { seed, set = {}, scenario = [], keepsPast = true }: Creation): Beginning {
  const { kernel } = model.plant;
  const slab = model.blank.copy();
  kernel.open(slab);
  kernel.journal.listener = undefined;
  kernel.seed(...halvesOf(seed));
  for (const [path, value] of Object.entries(set)) model.getParameter(path).write(value);
  const schedule = scheduleOf(model, [...model.scenario, ...scenario.map((entry) => getPlanned(model, entry))]);
  kernel.act(() => model.plant.start(0));
  const { definitionHash } = model;
  const first = { modelVersion: MODEL_VERSION, definitionHash, tUs: 0 };
  return { slab, schedule, first: keepsPast ? { ...first, snapshot: slab.buffer.slice(0) } : undefined };
}
