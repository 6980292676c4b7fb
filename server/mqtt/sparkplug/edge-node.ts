import { DataType, encodePayload, type Metric, type Property } from '#contract/sparkplug-payload.ts';
import type { LiveCell } from '#server/cells/live-cell.ts';
import type { Sample } from '#simulator/cell/sample.ts';
import type { Qos } from '../interest.ts';
import {
  type EdgeGroup,
  type EdgeMetrics,
  edgeMetricsOf,
  type ParameterMetric,
  type SignalMetric,
} from './edge-metrics.ts';
import { deviceTopic, type EdgeNames, edgeNamesOf, nodeTopic } from './edge-topics.ts';

export const REBIRTH = 'Node Control/Rebirth';
/** Quality codes of Sparkplug B 3.0, clause 6.4.13. */
const Quality = { Bad: 0, Good: 192, Stale: 500 } as const;

export interface EdgeNodeOptions {
  readonly cell: LiveCell;
  readonly publish: (topic: string, payload: Uint8Array, qos: Qos) => void;
  /** Where these are not what the line's topics and run say. */
  readonly names?: EdgeNames;
  readonly bdSeq?: number;
}

/**
 * The line as an edge node of Sparkplug B 3.0, its stations as devices. It is on line while somebody subscribes to any of
 * its topics: then all births come first, in one go, and after them what has changed. Births and data are QoS 0 and not
 * retained; a host that comes later asks for a rebirth. Timestamps are plant time.
 */
export class EdgeNode {
  readonly names: EdgeNames;
  readonly metrics: EdgeMetrics;
  isAlive = false;
  private readonly run: number;
  private seq = 0;
  /** What was sent, by signal; from the first birth on. */
  private versions = new Float64Array(0);
  private values = new Float64Array(0);
  private qualities = new Uint16Array(0);
  private readonly settings = new Map<string, unknown>();

  constructor(private readonly options: EdgeNodeOptions) {
    const { model, clock } = options.cell;
    this.run = clock.run;
    this.names = options.names ?? edgeNamesOf(model.definition.topicPrefix);
    this.metrics = edgeMetricsOf(model);
  }

  /** All that it publishes to; they are looked at when somebody comes or goes, and then forgotten. */
  get topics(): readonly string[] {
    const { names } = this;
    const devices = this.metrics.groups.flatMap(({ device }) => device ?? []);
    return [
      ...(['NBIRTH', 'NDATA', 'NDEATH'] as const).map((message) => nodeTopic(names, message)),
      ...(['DBIRTH', 'DDATA'] as const).flatMap((message) => devices.map((each) => deviceTopic(names, message, each))),
    ];
  }

  /** The number of the run, from 0: it stays through every birth of a run [tck-id-payloads-nbirth-bdseq-repeat]. */
  get bdSeq(): number {
    return (this.options.bdSeq ?? Math.max(0, this.run - 1)) % 256;
  }

  /** Comes on line for the first who wants it, and is silent after the last. */
  want(isWanted: boolean): void {
    if (isWanted === this.isAlive) return;
    if (isWanted) this.birth();
    else this.isAlive = false;
  }

  /** NBIRTH, then DBIRTH of every device; also as a rebirth. */
  birth(): void {
    this.isAlive = true;
    this.seq = 0;
    const { length } = this.options.cell.model.signals;
    this.versions = new Float64Array(length);
    this.values = new Float64Array(length);
    this.qualities = new Uint16Array(length);
    for (const group of this.metrics.groups) {
      const known = [
        ...group.signals.map((each) => this.signal(each, true)),
        ...group.parameters.map((each) => this.setting(each, true)),
      ];
      this.send(group, 'BIRTH', group.device === undefined ? [...this.control(), ...known] : known);
    }
  }

  /** Sends what has changed since it was last sent: at most one message for each device. */
  data(): void {
    if (!this.isAlive) return;
    for (const group of this.metrics.groups) {
      const changed: Metric[] = [];
      for (const each of group.signals) if (this.hasChanged(each)) changed.push(this.signal(each, false));
      for (const each of group.parameters) {
        if (this.present(each) !== this.settings.get(each.target)) changed.push(this.setting(each, false));
      }
      if (changed.length > 0) this.send(group, 'DATA', changed);
    }
  }

  /** NDEATH, as the will of an edge node: QoS 1, no sequence number, the bdSeq of its births. */
  die(): void {
    if (!this.isAlive) return;
    this.isAlive = false;
    const { topic, payload } = this.death();
    this.options.publish(topic, payload, 1);
  }

  /** What is said when it dies. */
  death(): { topic: string; payload: Uint8Array } {
    const timestampMs = this.nowMs();
    const payload = encodePayload({ timestampMs, metrics: [this.bdSeqMetric(timestampMs)] }, true);
    return { topic: nodeTopic(this.names, 'NDEATH'), payload };
  }

  private control(): Metric[] {
    const timestampMs = this.nowMs();
    return [this.bdSeqMetric(timestampMs), { name: REBIRTH, timestampMs, type: DataType.Boolean, value: false }];
  }

  private bdSeqMetric(timestampMs: number): Metric {
    return { name: 'bdSeq', timestampMs, type: DataType.Int64, value: this.bdSeq };
  }

  private send({ device }: EdgeGroup, what: 'BIRTH' | 'DATA', metrics: readonly Metric[]): void {
    const { seq, names } = this;
    this.seq = (seq + 1) % 256;
    const topic = device === undefined ? nodeTopic(names, `N${what}`) : deviceTopic(names, `D${what}`, device);
    // [tck-id-operational-behavior-data-publish-nbirth-order] and its twin for devices.
    const inOrder = [...metrics].sort((a, b) => a.timestampMs - b.timestampMs);
    const payload = encodePayload({ timestampMs: this.nowMs(), seq, metrics: inOrder }, what === 'BIRTH');
    this.options.publish(topic, payload, 0);
  }

  private hasChanged({ signal }: SignalMetric): boolean {
    const { cell } = this.options;
    const version = cell.version(signal);
    if (version === this.versions[signal]) return false;
    this.versions[signal] = version;
    const sample = cell.sample(signal);
    return !Object.is(sample.value, this.values[signal]) || qualityOf(sample) !== this.qualities[signal];
  }

  /** With its newest sample, which counts as sent. Data tell the quality unless it is good and was so before. */
  private signal({ name, alias, type, properties, signal }: SignalMetric, isBirth: boolean): Metric {
    const { cell } = this.options;
    const sample = cell.sample(signal);
    const { value, tUs, stampUs = tUs } = sample;
    const quality = qualityOf(sample);
    const isNoted = isBirth || quality !== Quality.Good || this.qualities[signal] !== Quality.Good;
    const noted: Property[] = isNoted ? [{ key: 'Quality', type: DataType.Int32, value: quality }] : [];
    this.versions[signal] = cell.version(signal);
    this.values[signal] = value;
    this.qualities[signal] = quality;
    const shown = Number.isFinite(value) ? value : null;
    return {
      ...{
        name,
        alias,
        type,
        timestampMs: cell.epochMs(stampUs),
        properties: isBirth ? [...properties, ...noted] : noted,
      },
      value: type === DataType.Boolean && shown !== null ? shown !== 0 : shown,
    };
  }

  private setting(metric: ParameterMetric, isBirth: boolean): Metric {
    const { name, alias, type, properties, target } = metric;
    const value = this.present(metric);
    this.settings.set(target, value);
    const isFinite = typeof value === 'string' || Number.isFinite(value);
    const shown = isFinite ? (value as number | string) : null;
    return { name, alias, type, timestampMs: this.nowMs(), value: shown, properties: isBirth ? properties : [] };
  }

  private present({ target }: ParameterMetric): unknown {
    const { cell } = this.options;
    // All cells of a model share one window; reading a sample slides it to this cell.
    cell.version(0);
    return cell.model.targets.get(target)?.read?.();
  }

  private nowMs(): number {
    const { cell } = this.options;
    return cell.epochMs(cell.clock.simUs);
  }
}

function qualityOf({ value, status }: Sample): number {
  if (status === 'BadNoCommunication' || status === 'UncertainLastUsableValue') return Quality.Stale;
  return status === undefined && Number.isFinite(value) ? Quality.Good : Quality.Bad;
}
