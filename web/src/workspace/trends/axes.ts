import type { SignalView } from '#contract/cell-view.ts';

/** Signals that share an axis: of one unit, or of one enumeration. */
export interface AxisGroup {
  /** Name of the scale. */
  readonly key: string;
  readonly signals: readonly SignalView[];
  /** Place of each signal among all that are shown, for its look. */
  readonly places: readonly number[];
}

const keyOf = ({ words, type, unit, path }: SignalView): string =>
  words ? path : type === 'Boolean' ? 'Boolean' : unit;

/** In the order in which their first signals are shown. */
export function axisGroups(signals: readonly SignalView[]): AxisGroup[] {
  const keys = [...new Set(signals.map(keyOf))];
  return keys.map((key) => {
    const members = signals.filter((signal) => keyOf(signal) === key);
    return { key, signals: members, places: members.map((signal) => signals.indexOf(signal)) };
  });
}
