import { SECOND } from '#simulator/kernel/time.ts';
import type { Signal } from '#simulator/plant/signal.ts';
import type { Sample } from './sample.ts';

/** When something last happened to what a signal shows. */
interface Track {
  readonly lastUs: number;
}

/**
 * A signal of a cell. Its sample instants are the events of its station (of the cell, if it is `ofLine`) and, if it is
 * continuous, the whole multiples of its scan.
 */
export interface CellSignal extends Omit<Signal, 'name'> {
  /** `ST03.Motor.Power`: its name on every door. */
  readonly path: string;
  /** `ST03`, or `Line`. */
  readonly station: string;
  /** Its place in `model.signals`. */
  readonly index: number;
  /** 0 if it is held. */
  readonly scanUs: number;
  readonly track: Track;
}

export const cellSignal = ({ name, ...signal }: Signal, station: string, index: number, track: Track): CellSignal => ({
  ...signal,
  path: `${station}.${name}`,
  station,
  index,
  scanUs: signal.kind === 'continuous' ? Math.round(signal.scanS * SECOND) : 0,
  track,
});

/**
 * The instant of the newest sample at t, if nothing happens between the present of the open slab and t. All events of an
 * instant are over before anybody reads, so it also tells one sample from the next.
 */
export function newestUs({ track, scanUs }: CellSignal, t: number): number {
  const { lastUs } = track;
  return scanUs === 0 ? lastUs : Math.max(lastUs, Math.floor(t / scanUs) * scanUs);
}

/** Whether two signals of a model get their samples at the same instants. */
export const haveSameInstants = (a: CellSignal, b: CellSignal): boolean => a.track === b.track && a.scanUs === b.scanUs;

/** The newest sample at t. */
export function sampleAt(signal: CellSignal, t: number): Sample {
  const tUs = newestUs(signal, t);
  return { tUs, value: rounded(signal.at(tUs), signal.resolution) };
}

/** The nearest whole multiple of the resolution, as the double nearest to its decimal form. */
export function rounded(value: number, resolution: number): number {
  if (resolution >= 1) return Math.round(value / resolution) * resolution + 0;
  const perUnit = Math.round(1 / resolution);
  return Math.round(value * perUnit) / perUnit + 0;
}
