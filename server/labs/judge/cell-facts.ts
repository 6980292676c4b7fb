import type { Facts, ForkOrder, PlantWindow } from '#contract/facts.ts';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { walkOn } from '#simulator/cell/history.ts';
import type { Sample } from '#simulator/cell/sample.ts';
import type { ScenarioEntry } from '#simulator/cell/scenario.ts';
import { totalsOf } from '#simulator/cell/totals.ts';
import { truth } from '#simulator/cell/truth.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import { HOUR, SECOND } from '#simulator/kernel/time.ts';
import { signalFaults } from '#simulator/plant/faults/signal-faults.ts';
import type { Model } from '#simulator/cell/model.ts';
import { eventsIn } from './events-in.ts';
import { configure } from './fork-configuration.ts';
import { Replays } from './replays.ts';
import { runUntilHappening } from './run-until.ts';

/** What is known of an attempt beside its cell. */
export type FactBasis = Pick<Facts, 'nowMs' | 'nowUs' | 'anchorMs' | 'evidence' | 'team' | 'drawn'> & {
  readonly answers: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

/** Answers to questions, by question. */
export type Kept = Map<string, unknown>;

/** A model of the cell's base with settings replaced. */
export type ForkModel = (set: Readonly<Record<string, unknown>>) => Model;

const LONGEST_FORK_US = 14 * 24 * HOUR;

/**
 * The facts of a cell that is at `nowUs`. Nothing here changes it. `known` outlives the judgement; `kept` is what it used.
 * Whoever ran the cell from the start may give all that was `heard`: then nothing needs to be replayed for it.
 */
export function cellFacts(
  cell: Cell,
  basis: FactBasis,
  forkModel: ForkModel,
  known: Kept,
  kept: Kept,
  heard?: readonly Happening[],
): Facts {
  const replay = new Replays(cell);
  const remember = <T>(name: string, find: () => T): T => {
    if (!known.has(name)) known.set(name, find());
    return known.get(name) as T;
  };
  const span = ({ fromUs, toUs }: PlantWindow) => `${fromUs}-${toUs}`;
  const asked = (path: string, window: PlantWindow) => `signal ${path} ${span(window)}`;
  return {
    ...basis,
    answers: (step) => basis.answers[step] ?? {},
    signal: (path, window) => remember(asked(path, window), () => samplesOf(replay, cell, [path], window)[0]),
    expect(paths, window) {
      const unknown = paths.filter((path) => !known.has(asked(path, window)));
      const found = unknown.length > 0 ? samplesOf(replay, cell, unknown, window) : [];
      for (const [k, samples] of found.entries()) known.set(asked(unknown[k], window), samples);
    },
    edges: (path, { fromUs, toUs }) =>
      remember(`edges ${path} ${span({ fromUs, toUs })}`, () => {
        const index = cell.model.indexOf(path);
        const at = (tUs: number) => replay.still(tUs, (past) => past.sample(index).value);
        return [at(fromUs), at(toUs)] as const;
      }),
    integral(path, { fromUs, toUs }) {
      const { station, counter } = cell.model.signals[cell.model.indexOf(path)];
      if (counter === undefined || !showsTruth(cell, toUs)) return undefined;
      return remember(`integral ${path} ${span({ fromUs, toUs })}`, () => {
        const index = cell.model.indexOf(`${station}.${counter}`);
        const at = (tUs: number) => replay.still(tUs, (past) => past.read(index));
        return (at(toUs) - at(fromUs)) * (HOUR / SECOND);
      });
    },
    events: (glob, window) =>
      eventsIn(heard ?? remember(`events ${span(window)}`, () => eventsOf(replay, window)), glob, window),
    config: (path) => cell.parameter(path) ?? cell.model.targets.get(path)?.read?.(),
    truth: (window) => remember(`truth ${span(window)}`, () => truth(cell, window)),
    faults: () => cell.faults(),
    totals: (tUs) => remember(`totals ${tUs}`, () => replay.at(tUs, totalsOf)),
    capture: (path, tUs) => remember(`capture ${path} ${tUs}`, () => replay.at(tUs, (past) => past.capture(path))),
    fork: (order) => forkFacts(cell, basis, forkModel, order),
    keep(question, find) {
      const answer = remember(question, find);
      kept.set(question, answer);
      return answer;
    },
  };
}

const SIGNAL_FAULTS: ReadonlySet<string> = new Set(signalFaults.map(({ id }) => id));

/** Whether no sensor has been wrong until then. */
const showsTruth = (cell: Cell, toUs: number): boolean =>
  cell.faults().every(({ fault, beganUs }) => beganUs > toUs || !SIGNAL_FAULTS.has(fault));

/** Of all these signals in one go. */
function samplesOf(replay: Replays, cell: Cell, paths: readonly string[], { fromUs, toUs }: PlantWindow): Sample[][] {
  const indices = paths.map((path) => cell.model.indexOf(path));
  const past = replay.take(fromUs);
  const columns = indices.map((index) => [{ ...past.sample(index), tUs: fromUs }]);
  walkOn(past, indices, fromUs, toUs, (index, sample) => {
    const samples = columns[indices.indexOf(index)];
    if (sample.tUs > fromUs && sample.value !== samples.at(-1)!.value) samples.push(sample);
  });
  return columns;
}

function eventsOf(replay: Replays, { fromUs, toUs }: PlantWindow): Happening[] {
  const found: Happening[] = [];
  const past = replay.take(Math.max(0, fromUs - 1));
  past.listener = (happening) => {
    if (happening.t >= fromUs) found.push(happening);
  };
  past.runUntil(toUs);
  past.listener = undefined;
  return found;
}

/** Begins the participant's line anew with other luck, configures it as they did, and lets it run. */
function forkFacts(cell: Cell, basis: FactBasis, forkModel: ForkModel, order: ForkOrder): Facts {
  const model = forkModel(order.set);
  const scenario = order.scenario as readonly ScenarioEntry[];
  let fork = createCell(model, { seed: BigInt(`0x${order.seed}`), scenario });
  const heard: Happening[] = [];
  fork.listener = (happening) => heard.push(happening);
  configure(fork, cell);
  if ('us' in order.run) {
    fork.runUntil(order.run.us);
    fork.listener = undefined;
  } else {
    const { parts, station } = order.run;
    let made = 0;
    const isLast = ({ event }: Happening) => event === `${station}.PartDone` && ++made >= parts;
    const run = runUntilHappening(fork, LONGEST_FORK_US, isLast);
    for (const happening of run.heard) heard.push(happening);
    fork = run.cell;
  }
  const faults = fork.faults();
  const drawn = { ...basis.drawn, '#shift': (faults[0]?.beganUs ?? fork.now) / 1e6 };
  return cellFacts(fork, { ...basis, nowUs: fork.now, evidence: [], drawn }, forkModel, new Map(), new Map(), heard);
}
