import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { loadModel } from '#server/cells/load.ts';
import { AppError } from '#server/errors.ts';
import { projectRoot } from '#server/project-root.ts';
import { estimate } from '#server/replications.ts';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import type { Model } from '#simulator/cell/model.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { cpuMs, median, type Row } from './measure.ts';

const ROUNDS = 10;
/** Runs of ours in each round, since ours take so much less time. */
const OURS = 10;

interface Comparison {
  readonly cell: string;
  readonly simulatedS: number;
  /** Mean wait or throughput: what both must agree on. */
  readonly figure: (cell: Cell) => number;
}

const COMPARISONS: readonly Comparison[] = [
  {
    cell: 'mm1',
    simulatedS: 50_000,
    figure: (cell) => cell.read('Queue.Parts.TotalTime') / cell.read('Queue.Parts.Passed'),
  },
  {
    cell: 'unreliable-line',
    simulatedS: 30_000,
    figure: (cell) => (cell.read('Exit.Parts.Taken') * SECOND) / cell.now,
  },
];

interface Run {
  readonly finished: number;
  readonly figure: number;
  readonly cpuS: number;
}

/**
 * The same two models here and in SimPy, in turn, by CPU time: customers per second of both, the ratio (median of the
 * rounds), the figure that both estimate, and how many standard errors of their difference lie between them.
 */
export function benchSimpy(): Row[] {
  const python = findPython();
  return COMPARISONS.flatMap((each) => compare(each, python));
}

function compare(comparison: Comparison, python: string): Row[] {
  const { cell: name, simulatedS } = comparison;
  const model = loadModel(`labs/cells/theory/${name}.yaml`);
  const ourRuns = (round: number) =>
    Array.from({ length: OURS }, (_, k) => runOurs(model, comparison, round * OURS + k + 1));
  ourRuns(ROUNDS);
  const rounds = Array.from({ length: ROUNDS }, (_, round) => ({
    ours: ourRuns(round),
    simpy: [runSimpy(python, name, simulatedS, round + 1)],
  }));
  const rate = (runs: readonly Run[]) => sum(runs, 'finished') / sum(runs, 'cpuS');
  const ours = estimate(rounds.flatMap((round) => round.ours.map(({ figure }) => figure)));
  const simpy = estimate(rounds.flatMap((round) => round.simpy.map(({ figure }) => figure)));
  const unit = name === 'mm1' ? 's' : '1/s';
  return [
    row(`${name}.customersPerSecond`, median(rounds.map((round) => rate(round.ours))), '1/s'),
    row(`${name}.simpy.customersPerSecond`, median(rounds.map((round) => rate(round.simpy))), '1/s'),
    row(`${name}.ratio`, median(rounds.map((round) => rate(round.ours) / rate(round.simpy))), '1'),
    row(`${name}.figure`, ours.mean, unit),
    row(`${name}.simpy.figure`, simpy.mean, unit),
    row(`${name}.apart`, apart(ours, simpy), 'standard errors'),
  ];
}

function runOurs(model: Model, { simulatedS, figure }: Comparison, seed: number): Run {
  const cell = createCell(model, { seed });
  const cpuS = cpuMs(() => cell.runUntil(simulatedS * SECOND)) / 1000;
  return { finished: cell.look(({ parts }) => parts.finished), figure: figure(cell), cpuS };
}

function runSimpy(python: string, name: string, simulatedS: number, seed: number): Run {
  const script = join(projectRoot(), 'server/bench/simpy-models.py');
  const { status, stdout, stderr } = spawnSync(python, [script, name, `${simulatedS}`, `${seed}`], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Run;
}

/** Debian's own Python has Debian's own SimPy, whichever Python comes first on the path. */
function findPython(): string {
  const found = ['python3', '/usr/bin/python3'].find((each) => spawnSync(each, ['-c', 'import simpy']).status === 0);
  if (found !== undefined) return found;
  const hint = 'Install it: apt-get install python3-simpy3, or pip install simpy.';
  throw new AppError('simpy_missing', 'There is no Python with SimPy here.', hint);
}

const row = (measure: string, value: number, unit: string): Row => ({ measure, value, unit });
const sum = (runs: readonly Run[], of: 'finished' | 'cpuS'): number => runs.reduce((total, run) => total + run[of], 0);
const apart = (a: ReturnType<typeof estimate>, b: ReturnType<typeof estimate>): number =>
  Math.abs(a.mean - b.mean) / Math.sqrt(a.standardError * a.standardError + b.standardError * b.standardError);
