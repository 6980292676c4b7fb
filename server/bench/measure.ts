import { cpus } from 'node:os';

/** One measured figure. Names stay the same over time, so that figures can be compared. */
export interface Row {
  readonly measure: string;
  readonly value: number;
  readonly unit: string;
}

/** CPU time of this process for some work, in ms: all threads, so that compiling and collecting count too. */
export function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median CPU time of one round in ms, over `rounds` after as many to warm up. */
export function warmCpuMs(rounds: number, work: () => void): number {
  for (let k = 0; k < rounds; k++) work();
  return median(Array.from({ length: rounds }, () => cpuMs(work)));
}

export const machine = (): string =>
  `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`;
