import { topicOfPath } from '#contract/topic.ts';
import type { Model } from '#simulator/cell/model.ts';
import { type CellSignal, haveSameInstants } from '#simulator/cell/sampling.ts';
import { scaleOf } from './number-bytes.ts';
import { hasWildcard, matches } from './topic-filter.ts';
import { type VehicleName, vehiclesOf, vehicleTopic } from './vda5050/vehicle-topics.ts';

/** A station that has signals, and which. `Line` is one too. */
export interface StationTopic {
  readonly topic: string;
  readonly signals: readonly number[];
  /** `,"Spindle.Load":` for each signal, as it stands in a station message. */
  readonly keys: readonly Buffer[];
  /** For each signal the least power of ten that makes its values whole; 0 for a Boolean. */
  readonly scales: readonly number[];
  /** Places in `signals` of those that are sampled at the same instants. */
  readonly groups: readonly (readonly number[])[];
}

/** Topics that carry a value at any time, and therefore answer a new subscription at once. */
export type LiveTopic =
  | { readonly kind: 'signal'; readonly topic: string; readonly signal: number }
  | { readonly kind: 'station'; readonly topic: string; readonly station: StationTopic }
  | { readonly kind: 'clock'; readonly topic: string; readonly name: ClockName }
  | { readonly kind: 'snapshot'; readonly topic: string }
  | {
      readonly kind: 'vehicle';
      readonly topic: string;
      readonly serial: string;
      readonly name: 'connection' | 'factsheet';
    }
  | { readonly kind: 'limits'; readonly topic: string };
export type ClockName = 'all' | 'SimTime' | 'Speed' | 'Paused' | 'Run';

const REMEMBERED_FILTERS = 2000;
const REMEMBERED_EVENTS = 2000;

/** All live topics of the cells of one model. Shared by them: it knows no state. */
export class TopicTable {
  /** Those of the signals first, in the model's order. */
  readonly topics: readonly LiveTopic[];
  readonly stations: readonly StationTopic[];
  readonly vehicles: readonly VehicleName[];
  private readonly index = new Map<string, number>();
  private readonly expanded = new Map<string, readonly number[]>();
  private readonly events = new Map<string, string>();

  constructor(
    model: Model,
    readonly prefix: string,
  ) {
    const signals = model.signals.map(({ path, index }) => {
      return { kind: 'signal', topic: `${prefix}/${topicOfPath(path)}`, signal: index } as const;
    });
    this.stations = stationsOf(model, prefix);
    this.vehicles = vehiclesOf(model, prefix);
    this.topics = [
      ...signals,
      ...this.stations.map((station) => ({ kind: 'station', topic: station.topic, station }) as const),
      { kind: 'clock', topic: `${prefix}/Clock`, name: 'all' },
      ...(['SimTime', 'Speed', 'Paused', 'Run'] as const).map((name) => {
        return { kind: 'clock', topic: `${prefix}/Clock/${name}`, name } as const;
      }),
      { kind: 'snapshot', topic: `${prefix}/motion/snapshot` },
      ...this.vehicles.flatMap((vehicle) =>
        (['connection', 'factsheet'] as const).map((name) => {
          return { kind: 'vehicle', topic: vehicleTopic(vehicle, name), serial: vehicle.serial, name } as const;
        }),
      ),
      { kind: 'limits', topic: `${prefix}/limits` },
    ];
    this.topics.forEach(({ topic }, k) => this.index.set(topic, k));
  }

  /** Where an event is told. */
  eventTopic(event: string): string {
    const known = this.events.get(event);
    if (known !== undefined) return known;
    const topic = `${this.prefix}/events/${topicOfPath(event)}`;
    if (this.events.size >= REMEMBERED_EVENTS) this.events.clear();
    this.events.set(event, topic);
    return topic;
  }

  /** The topic of this name, if it is one of `topics`. */
  find(name: string): LiveTopic | undefined {
    const place = this.index.get(name);
    return place === undefined ? undefined : this.topics[place];
  }

  /** Which of `topics` a filter matches, by index. */
  expand(filter: string): readonly number[] {
    const exact = this.index.get(filter);
    if (exact !== undefined) return [exact];
    if (!hasWildcard(filter)) return [];
    const known = this.expanded.get(filter);
    if (known) return known;
    // Most filters that match nothing do not even begin as a topic does.
    const fixed = filter.slice(0, filter.search(/[+#]/));
    const mayMatch = (topic: string) => topic.startsWith(fixed) || `${topic}/` === fixed;
    const found = this.topics.flatMap(({ topic }, k) => (mayMatch(topic) && matches(filter, topic) ? [k] : []));
    if (this.expanded.size >= REMEMBERED_FILTERS) this.expanded.clear();
    this.expanded.set(filter, found);
    return found;
  }
}

function stationsOf(model: Model, prefix: string): StationTopic[] {
  const stations = new Map<string, CellSignal[]>();
  for (const signal of model.signals) {
    const id = signal.path.slice(0, signal.path.indexOf('.'));
    const known = stations.get(id);
    if (known) known.push(signal);
    else stations.set(id, [signal]);
  }
  return [...stations].map(([id, signals]) => ({
    topic: `${prefix}/${id}`,
    signals: signals.map(({ index }) => index),
    keys: signals.map(({ path }) => Buffer.from(`,${JSON.stringify(path.slice(id.length + 1))}:`)),
    scales: signals.map(({ type, resolution }) => (type === 'Boolean' ? 0 : scaleOf(resolution))),
    groups: sampledTogether(signals),
  }));
}

/** Places of signals, by what makes their instants: the events of one track, and the scan. */
function sampledTogether(signals: readonly CellSignal[]): number[][] {
  const groups: { first: CellSignal; places: number[] }[] = [];
  signals.forEach((signal, k) => {
    const group = groups.find(({ first }) => haveSameInstants(first, signal));
    if (group) group.places.push(k);
    else groups.push({ first: signal, places: [k] });
  });
  return groups.map(({ places }) => places);
}

const tables = new WeakMap<Model, Map<string, TopicTable>>();

/** The table of a model below a prefix; made once. */
export function topicTableOf(model: Model, prefix: string): TopicTable {
  const ofModel = tables.get(model) ?? new Map<string, TopicTable>();
  tables.set(model, ofModel);
  const table = ofModel.get(prefix) ?? new TopicTable(model, prefix);
  ofModel.set(prefix, table);
  return table;
}
