import type { ReadableSignal, SignalReader } from '#simulator/rules/compile.ts';
import type { Bounds } from '#simulator/kernel/closed-form.ts';
import { ANY } from '#simulator/plant/signal.ts';
import { alarms } from '#simulator/rules/alarms.ts';
import { rules } from '#simulator/rules/rules.ts';
import type { Model } from './model.ts';
import { type CellSignal, newestUs, rounded } from './sampling.ts';

/** Bounds and values are computed by different ways: for the last bits of a double. */
const SPARE = 1e-9;

/**
 * What rules and alarms see of signals: the samples that subscriptions see. What is Bad is unknown, NaN. A round is one
 * instant in one cell: what several ask for is sampled once, except for what rules and alarms change as they go on.
 */
export function signalReader({ signals, plant, distortions }: Model): SignalReader {
  let round = 0;
  const valueAt = (signal: CellSignal, t: number): number => {
    if (distortions.active === 0) return rounded(signal.at(newestUs(signal, t)), signal.resolution);
    const { value, status } = distortions.sampleAt(signal, t);
    return status === 'BadNoCommunication' ? NaN : value;
  };
  const boundsAt = (signal: CellSignal, t: number, untilUs: number): Bounds => {
    if (distortions.active !== 0) return ANY;
    const fromUs = newestUs(signal, t);
    const { resolution } = signal;
    if (signal.bounds === undefined) {
      const value = rounded(signal.at(fromUs), resolution);
      return [value, value];
    }
    const [low, high] = signal.bounds(fromUs, untilUs);
    const spare = SPARE * (Math.abs(low) + Math.abs(high));
    return [rounded(low - spare, resolution), rounded(high + spare, resolution)];
  };
  const stations = [...plant.stations.values()];
  const readable = (signal: CellSignal): ReadableSignal => {
    const { path, type, range, scanUs, track, ofLine = false } = signal;
    const isHeld = scanUs === 0 && !ofLine;
    const changedUs = (): number => (isHeld && distortions.active === 0 ? track.lastUs : Infinity);
    // Bounds that look at the time until which they are to hold take two arguments.
    const isForeseen = (signal.bounds?.length ?? 0) > 1;
    const known = { path, type, range, isHeld, changedUs, isForeseen };
    const of = plant.stations.get(signal.station)?.type;
    if (of === rules || of === alarms) {
      return { ...known, station: -1, boundsAt: () => ANY, sampleAt: (t) => valueAt(signal, t) };
    }
    const isBounded = isHeld || signal.bounds !== undefined;
    const station = isBounded ? stations.findIndex(({ path: each }) => each === signal.station) : -1;
    let [seenIn, seen] = [-1, NaN];
    const sampleAt = (t: number): number => {
      if (seenIn === round) return seen;
      seenIn = round;
      return (seen = valueAt(signal, t));
    };
    return { ...known, station, boundsAt: (t, untilUs) => boundsAt(signal, t, untilUs), sampleAt };
  };
  const byPath = new Map(signals.map((signal) => [signal.path, readable(signal)]));
  const makers = stations.filter(({ production }) => production !== undefined);
  return {
    find: (path) => byPath.get(path),
    touches: stations.map(({ touch }) => touch),
    paths: [...byPath.keys()],
    counts: new Map(makers.map((station) => [station.path, () => station.production?.made ?? 0])),
    beginRound: () => void (round += 1),
  };
}
