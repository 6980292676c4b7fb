import { createHash } from 'node:crypto';
import { type Cell } from '#simulator/cell/cell.ts';
import { createCell, type Creation } from '#simulator/cell/create-cell.ts';
import { type Kpis, kpisBetween, type StationTimes, stationTimes } from '#simulator/cell/kpis.ts';
import type { Model } from '#simulator/cell/model.ts';
import { totalsOf } from '#simulator/cell/totals.ts';
import { HOUR } from '#simulator/kernel/time.ts';
import { loadModel } from '#server/cells/load.ts';
import { print } from '#server/print.ts';
import type { CliCommand } from './command-line.ts';
import { cpuMs, median } from './bench/measure.ts';
import { estimateAll } from './replications.ts';

/** `verkstad simulate`: runs a cell as fast as it goes and prints what came of it. */
export const simulateCommand: CliCommand = {
  usage: 'simulate CELL.yaml [--seed N] [--hours H] [--set Station.name=value]... [--replications N] [--json]',
  options: {
    seed: { type: 'string' },
    hours: { type: 'string' },
    set: { type: 'string', multiple: true },
    replications: { type: 'string' },
    json: { type: 'boolean' },
  },
  run(given) {
    const model = loadModel(given.word);
    const hours = given.number('hours', 8);
    const replications = given.count('replications', 1);
    const creation = { seed: given.seed(), set: Object.fromEntries(given.pairs('set')) };
    const report =
      replications === 1 ? simulate(model, creation, hours) : replicate(model, creation, hours, replications);
    if (given.flag('json')) print(JSON.stringify(report, undefined, 2));
    else printReport(report);
  },
};

interface Outcome {
  readonly events: number;
  readonly kpis: Kpis;
  readonly stations: Readonly<Record<string, StationTimes>>;
}

/** One run, and the CPU time that it takes: cold, and warm as the median of 5 runs after 40 simulated hours. */
function simulate(model: Model, creation: Creation, hours: number) {
  const { cell, cpu: cpuColdMs } = timedRun(model, creation, hours);
  for (let warm = hours; warm < 40; warm += hours) timedRun(model, creation, hours);
  const warm = Array.from({ length: 5 }, () => timedRun(model, creation, hours).cpu);
  return { hash: cell.hash, hours, cpuMs: median(warm), cpuColdMs, ...outcome(model, creation, cell) };
}

function replicate(model: Model, creation: Creation & { seed: bigint }, hours: number, replications: number) {
  const hashes: string[] = [];
  const outcomes: Outcome[] = [];
  let cpu = 0;
  for (let k = 0n; k < BigInt(replications); k++) {
    const one = { ...creation, seed: BigInt.asUintN(64, creation.seed + k) };
    const run = timedRun(model, one, hours);
    hashes.push(run.cell.hash);
    outcomes.push(outcome(model, one, run.cell));
    cpu += run.cpu;
  }
  const hash = createHash('sha256').update(hashes.join()).digest('hex').slice(0, 16);
  return { hash, hours, replications, cpuMs: cpu, ...estimateAll(outcomes) };
}

function timedRun(model: Model, creation: Creation, hours: number): { cell: Cell; cpu: number } {
  const cell = createCell(model, creation);
  return { cell, cpu: cpuMs(() => cell.runUntil(Math.round(hours * HOUR))) };
}

function outcome(model: Model, creation: Creation, cell: Cell): Outcome {
  const from = totalsOf(createCell(model, creation));
  const to = totalsOf(cell);
  return { events: cell.events, kpis: kpisBetween(cell, from, to), stations: stationTimes(cell, from, to) };
}

/** For people: one figure a line, stations by their name. */
function printReport(report: object, indent = ''): void {
  for (const [name, value] of Object.entries(report)) {
    if (typeof value !== 'object' || value === null) print(`${indent}${name}: ${shown(value)}`);
    else if ('standardError' in value) {
      const { mean, standardError } = value as { mean: number; standardError: number };
      print(`${indent}${name}: ${shown(mean)} +- ${shown(standardError)}`);
    } else {
      print(`${indent}${name}`);
      printReport(value as object, `${indent}  `);
    }
  }
}

const shown = (value: unknown): string =>
  typeof value === 'number' ? String(Number(value.toPrecision(6))) : String(value);
