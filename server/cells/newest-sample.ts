import type { Cell } from '#simulator/cell/cell.ts';
import type { Sample } from '#simulator/cell/sample.ts';

export function newestSample(cell: Cell, index: number): Sample {
  const { kind, scanS, resolution } = cell.model.signals[index];
  const tUs = kind === 'held' ? cell.now : Math.floor(cell.now / (scanS * 1e6)) * scanS * 1e6;
  const value = cell.read(index);
  return { tUs, value: Number((Math.round(value / resolution) * resolution).toPrecision(12)) };
}

export function sampleVersion(cell: Cell, index: number): number {
  const { kind, scanS } = cell.model.signals[index];
  return cell.events * 1e6 + (kind === 'held' ? 0 : Math.floor(cell.now / (scanS * 1e6)));
}
