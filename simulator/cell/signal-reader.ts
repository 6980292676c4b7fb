import type { ReadableSignal, SignalReader } from '#simulator/rules/compile.ts';
import { alarms } from '#simulator/rules/alarms.ts';
import { rules } from '#simulator/rules/rules.ts';
import type { Model } from './model.ts';
import { type CellSignal, newestUs, rounded } from './sampling.ts';

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
  const readable = (signal: CellSignal): ReadableSignal => {
    const { path, type, range, scanUs, track, ofLine = false } = signal;
    const isHeld = scanUs === 0 && !ofLine;
    const changedUs = (): number => (isHeld && distortions.active === 0 ? track.lastUs : Infinity);
    const known = { path, type, range, isHeld, changedUs };
    const of = plant.stations.get(signal.station)?.type;
    if (of === rules || of === alarms) return { ...known, sampleAt: (t) => valueAt(signal, t) };
    let [seenIn, seen] = [-1, NaN];
    const sampleAt = (t: number): number => {
      if (seenIn === round) return seen;
      seenIn = round;
      return (seen = valueAt(signal, t));
    };
    return { ...known, sampleAt };
  };
  const byPath = new Map(signals.map((signal) => [signal.path, readable(signal)]));
  const makers = [...plant.stations.values()].filter(({ production }) => production !== undefined);
  return {
    find: (path) => byPath.get(path),
    paths: [...byPath.keys()],
    counts: new Map(makers.map((station) => [station.path, () => station.production?.made ?? 0])),
    beginRound: () => void (round += 1),
  };
}
