import { DataType, type DataTypeNumber, type Property } from '#contract/sparkplug-payload.ts';
import { topicOfPath } from '#contract/topic.ts';
import type { Model } from '#simulator/cell/model.ts';
import type { CellSignal } from '#simulator/cell/sampling.ts';
import type { Target } from '#simulator/cell/targets.ts';

/** Something that a birth certificate names. */
export interface EdgeMetric {
  /** Within its device, with slashes as folders: `Spindle/Load`. */
  readonly name: string;
  /** Unique in the edge node. */
  readonly alias: number;
  readonly type: DataTypeNumber;
  readonly properties: readonly Property[];
}
export interface SignalMetric extends EdgeMetric {
  readonly signal: number;
}
/** A parameter: the only kind of metric that a command may write. */
export interface ParameterMetric extends EdgeMetric {
  /** `ST03.Program.Speed`. */
  readonly target: string;
}

/** A device; without `device` it is the edge node itself. */
export interface EdgeGroup {
  readonly device: string | undefined;
  readonly signals: readonly SignalMetric[];
  readonly parameters: readonly ParameterMetric[];
}

/** The edge node first, then its devices in the order of the definition. */
export interface EdgeMetrics {
  readonly groups: readonly EdgeGroup[];
}

/** Counts are Int64: libraries do not agree in which field a UInt32 travels. */
const SIGNAL_TYPES: Readonly<Record<CellSignal['type'], DataTypeNumber>> = {
  Boolean: DataType.Boolean,
  Double: DataType.Double,
  Int32: DataType.Int32,
  UInt32: DataType.Int64,
};
const PARAMETER_TYPES = { number: DataType.Double, count: DataType.Int64, choice: DataType.String } as const;
/** Aliases of parameters begin here; those of signals are below. */
const FIRST_PARAMETER = 10_000;

/**
 * Stations that stand somewhere in the hall are devices, or all of them if none does; whatever belongs to the line as a
 * whole (orders, crew, alarms) is a metric of the edge node.
 */
function edgeMetrics({ stations, signals, targets }: Model): EdgeMetrics {
  const placed = stations.filter(({ at }) => at !== undefined);
  const devices = (placed.length > 0 ? placed : stations).map(({ id }) => id);
  const isOf = (device: string | undefined, station: string) =>
    device === undefined ? !devices.includes(station) : station === device;
  const parameters = [...targets.values()].filter((target) => !target.hidden && target.shape !== undefined);
  const nameIn = (device: string | undefined, path: string) =>
    topicOfPath(device === undefined ? path : path.slice(device.length + 1));
  const groups = [undefined, ...devices].map((device): EdgeGroup => ({
    device,
    signals: signals
      .filter(({ station }) => isOf(device, station))
      .map((signal) => ({
        ...{ name: nameIn(device, signal.path), alias: signal.index + 1, type: SIGNAL_TYPES[signal.type] },
        ...{ properties: signalProperties(signal), signal: signal.index },
      })),
    parameters: parameters.flatMap((target, k) =>
      isOf(device, target.station) ? [parameterMetric(target, nameIn(device, target.path), FIRST_PARAMETER + k)] : [],
    ),
  }));
  return { groups: groups.filter(({ device, signals: own }) => device === undefined || own.length > 0) };
}

function parameterMetric({ path, text, shape }: Target, name: string, alias: number): ParameterMetric {
  const { type, unit, range } = shape!;
  const limits = type === 'choice' ? [] : [range?.[0] ?? 0, range?.[1] ?? Infinity];
  return {
    ...{ name: `Parameters/${name}`, alias, type: PARAMETER_TYPES[type], target: path },
    properties: [...properties(unit, limits, text.en), { key: 'readOnly', type: DataType.Boolean, value: false }],
  };
}

const signalProperties = ({ unit, range, text, type }: CellSignal): Property[] => [
  ...properties(unit, type === 'Boolean' ? [] : range, text.en),
  { key: 'readOnly', type: DataType.Boolean, value: true },
];

/** `engUnit` (UCUM), `engLow`, `engHigh`: the property names that hosts look for. */
function properties(unit: string, range: readonly number[], text: string): Property[] {
  const limits = range.filter(Number.isFinite).length === 2 ? range : [];
  return [
    { key: 'engUnit', type: DataType.String, value: unit },
    ...limits.map((value, k) => ({ key: k === 0 ? 'engLow' : 'engHigh', type: DataType.Double, value })),
    { key: 'documentation', type: DataType.String, value: text },
  ];
}

const known = new WeakMap<Model, EdgeMetrics>();

/** The metrics of a model; made once. */
export function edgeMetricsOf(model: Model): EdgeMetrics {
  const metrics = known.get(model) ?? edgeMetrics(model);
  known.set(model, metrics);
  return metrics;
}
