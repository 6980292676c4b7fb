import { loadModel } from '#server/cells/load.ts';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import type { Model } from '#simulator/cell/model.ts';
import { HOUR, MINUTE, SECOND } from '#simulator/kernel/time.ts';
import { cpuMs, median, type Row, warmCpuMs } from './measure.ts';

const CELLS = 2300;
const COPIES = 2000;

/** What the kernel costs: one shift, one cell, and as many live cells as a large course has. */
export function benchKernel(): Row[] {
  const line = loadModel('labs/cells/pump-line.yaml');
  const queue = loadModel('labs/cells/theory/mm1.yaml');
  return [
    { measure: 'shift8h.cpuMs', value: shiftMs(line), unit: 'ms' },
    { measure: 'cell.bytes', value: line.blank.buffer.byteLength, unit: 'bytes' },
    ...copies(line),
    { measure: 'fleet2300.corePercent', value: fleetPercent(line), unit: '%' },
    { measure: 'mm1.customersPerSecond', value: customersPerSecond(queue), unit: '1/s' },
  ];
}

function shiftMs(model: Model): number {
  const shift = () => createCell(model, { seed: 7 }).runUntil(8 * HOUR);
  return warmCpuMs(5, shift);
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
  ];
}

/**
 * Live cells at x1 as a host runs them: every 100 ms those in which something is due go forward, and 5 % are read as
 * a whole twice a second. Simulated for 20 s after a warm-up; no time passes in between.
 */
function fleetPercent(model: Model): number {
  const cells = Array.from({ length: CELLS }, (_, seed) => createCell(model, { seed }));
  const next = new Float64Array(CELLS);
  const open = 10 * MINUTE;
  const go = (cell: Cell, k: number, t: number) => {
    cell.runUntil(t);
    next[k] = cell.nextUs;
  };
  for (let k = 0; k < CELLS; k++) go(cells[k], k, open + k);
  let t = open + CELLS;
  const slice = (n: number) => {
    t += SECOND / 10;
    for (let k = 0; k < CELLS; k++) if (next[k] <= t) go(cells[k], k, t);
    for (let k = n % 5; k < CELLS / 20; k += 5) readAll(cells[k], t);
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
