import { loadModel } from '#server/cells/load.ts';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { genealogy } from '#simulator/cell/genealogy.ts';
import type { Model } from '#simulator/cell/model.ts';
import { truth } from '#simulator/cell/truth.ts';
import { HOUR, SECOND } from '#simulator/kernel/time.ts';
import type { Document } from '#simulator/plant/capture.ts';
import { cpuMs, median, type Row, warmCpuMs } from './measure.ts';

const CELLS = 2300;
const COPIES = 2000;
const STATED = ['ST01', 'ST03', 'ST04', 'ST05', 'ST06', 'ST07', 'ST08'];
const QUANTITIES = [
  ['ST03.Spindle.Load', 99],
  ['ST07.Oil.Temperature', 70],
  ['ST03.Meter.Power', 20],
  ['ST12.Air.Pressure', 9],
  ['ST03.Coolant.Level', 99],
  ['ST03.Bore.Deviation', 40],
  ['ST03.Spindle.Temperature', 80],
] as const;

/** What the kernel costs: one shift, one cell, and as many live cells as a large course has. */
export function benchKernel(): Row[] {
  const line = loadModel('labs/cells/pump-line.yaml');
  const queue = loadModel('labs/cells/theory/mm1.yaml');
  return [
    ...shift(line),
    ...watched(line),
    { measure: 'cell.bytes', value: line.blank.buffer.byteLength, unit: 'bytes' },
    { measure: 'cell.signals', value: line.signals.length, unit: '1' },
    ...copies(line),
    ...lookingBack(line),
    { measure: 'fleet2300.corePercent', value: fleetPercent(line, () => {}), unit: '%' },
    { measure: 'fleet2300.watchedCorePercent', value: fleetPercent(line, watcher(line)), unit: '%' },
    { measure: 'mm1.customersPerSecond', value: customersPerSecond(queue), unit: '1/s' },
  ];
}

/**
 * 8 h of the whole line: the very first in this process, the warm median of 5 after 40 h, and that of 10 after 400 h more,
 * when the engine has compiled all that it will compile.
 */
function shift(model: Model): Row[] {
  const run = () => {
    const cell = createCell(model, { seed: 7 });
    cell.runUntil(8 * HOUR);
    return cell;
  };
  const cold = cpuMs(run);
  const warm = warmCpuMs(5, run);
  for (let k = 0; k < 50; k++) run();
  const steady = median(Array.from({ length: 10 }, () => cpuMs(run)));
  return [
    { measure: 'shift8h.cpuMs', value: warm, unit: 'ms' },
    { measure: 'shift8h.coldCpuMs', value: cold, unit: 'ms' },
    { measure: 'shift8h.steadyCpuMs', value: steady, unit: 'ms' },
    { measure: 'shift8h.events', value: run().events, unit: '1' },
  ];
}

/** The same shift with as many rules and alarms as a cell can have. */
function watched(model: Model): Row[] {
  const watch = watcher(model);
  const run = () => {
    const cell = createCell(model, { seed: 7 });
    watch(cell);
    cell.runUntil(8 * HOUR);
    return cell;
  };
  return [
    { measure: 'shift8h.watchedCpuMs', value: warmCpuMs(5, run), unit: 'ms' },
    { measure: 'shift8h.watchedEvents', value: run().events, unit: '1' },
  ];
}

/**
 * Gives a cell as many rules as it can have, each with a window and every 10 s, and as many alarms: those of the line in
 * service, the others on states of stations and on quantities, half and half.
 */
function watcher(model: Model): (cell: Cell) => void {
  const { content } = createCell(model, { seed: 7 }).capture('Alarms.All') as Document;
  const alarms = (content.alarms as { id: string }[]).map(({ id }) => ({ alarm: id, enabled: true }));
  const when = 'mean(ST03.Spindle.Load, "10 min") > 200 && ST07.Oil.Temperature > 30';
  const rules = Array.from({ length: 10 }, (_, k) => ({ id: `r${k}`, every: '10 s', when, do: 'alarm' }));
  const states = STATED.map((station) => ({ signal: `${station}.State.Current`, kind: 'off-normal', limit: 6 }));
  const quantities = QUANTITIES.map(([signal, limit]) => ({ signal, kind: 'high-high', limit }));
  const own = [...states, ...quantities].map((each, k) => ({ alarm: `Own${k}`, ...each }));
  return (cell) => {
    for (const value of alarms) cell.command({ target: 'Alarms.Configure', value });
    for (const value of own) cell.command({ target: 'Alarms.Create', value });
    for (const value of rules) cell.command({ target: 'Rules.Define', value });
  };
}

/** The truth about a shift and the histories of all its parts, each by a replay. */
function lookingBack(model: Model): Row[] {
  const cell = createCell(model, { seed: 7 });
  cell.runUntil(8 * HOUR);
  const window = { fromUs: 0, toUs: 8 * HOUR };
  return [
    { measure: 'truth8h.ms', value: warmCpuMs(5, () => void truth(cell, window)), unit: 'ms' },
    { measure: 'genealogy8h.ms', value: warmCpuMs(5, () => void genealogy(cell, window)), unit: 'ms' },
  ];
}

function copies(model: Model): Row[] {
  const cell = createCell(model, { seed: 7 });
  cell.runUntil(2 * HOUR);
  const each = (work: () => unknown) =>
    (1000 *
      warmCpuMs(5, () => {
        for (let k = 0; k < COPIES; k++) work();
      })) /
    COPIES;
  return [
    { measure: 'snapshot.us', value: each(() => cell.snapshot()), unit: 'us' },
    { measure: 'fork.us', value: each(() => cell.fork()), unit: 'us' },
    { measure: 'read.us', value: each(() => readAll(cell, cell.now)), unit: 'us' },
  ];
}

/**
 * Live cells at x1 as a host runs them: every 100 ms those in which something is due go forward, and 5 % are read as
 * a whole twice a second, as the doors read: every signal is looked at, and sampled if it has another sample. Simulated for 20 s after a warm-up, all seeds at the plant time at which a cell is handed over;
 * no time passes in between.
 */
function fleetPercent(model: Model, prepare: (cell: Cell) => void): number {
  const cells = Array.from({ length: CELLS }, (_, seed) => createCell(model, { seed }));
  cells.forEach(prepare);
  const next = new Float64Array(CELLS);
  const seen = Array.from({ length: CELLS / 20 }, () => new Float64Array(model.signals.length).fill(NaN));
  const go = (cell: Cell, k: number, t: number) => {
    cell.runUntil(t);
    next[k] = cell.nextUs;
  };
  for (let k = 0; k < CELLS; k++) go(cells[k], k, model.openUs + k);
  let t = model.openUs + CELLS;
  const slice = (n: number) => {
    t += SECOND / 10;
    for (let k = 0; k < CELLS; k++) if (next[k] <= t) go(cells[k], k, t);
    for (let k = n % 5; k < CELLS / 20; k += 5) readNew(cells[k], seen[k], t);
  };
  const second = () => {
    for (let n = 0; n < 10; n++) slice(n);
  };
  for (let k = 0; k < 10; k++) second();
  return median(Array.from({ length: 20 }, () => cpuMs(second))) / 10;
}

function readAll(cell: Cell, t: number): void {
  cell.runUntil(t);
  for (let signal = 0; signal < cell.model.signals.length; signal++) cell.sample(signal);
}

/** @param seen versions of the samples that were read before, by signal. */
function readNew(cell: Cell, seen: Float64Array, t: number): void {
  cell.runUntil(t);
  for (let signal = 0; signal < seen.length; signal++) {
    const version = cell.version(signal);
    if (version === seen[signal]) continue;
    seen[signal] = version;
    cell.sample(signal);
  }
}

function customersPerSecond(model: Model): number {
  const simulatedS = 200_000;
  let customers = 0;
  const run = () => {
    const cell = createCell(model, { seed: 1 });
    cell.runUntil(simulatedS * SECOND);
    customers = cell.look(({ parts }) => parts.finished);
  };
  const ms = warmCpuMs(5, run);
  return (1000 * customers) / ms;
}
