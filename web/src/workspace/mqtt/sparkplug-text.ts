import { DataType, decodePayload, encodePayload, type ReceivedMetric, valueOf } from '#contract/sparkplug-payload.ts';

/** The NCMD by which an edge node tells all its names and values anew: `Node Control/Rebirth` of Sparkplug B 3.0. */
export const rebirthOrder = (): Uint8Array =>
  encodePayload(
    {
      timestampMs: Date.now(),
      metrics: [{ name: 'Node Control/Rebirth', timestampMs: Date.now(), type: DataType.Boolean, value: true }],
    },
    true,
  );

interface Born {
  readonly name: string;
  readonly type: number | undefined;
}

const TYPE_NAMES = new Map<number, string>(Object.entries(DataType).map(([name, number]) => [number, name]));

/**
 * Sparkplug B payloads as JSON that people can read. Data carry aliases alone (3.0, clause 6.4.7): their names and types
 * are those of the births that were seen. What was born before that is shown as `alias 17`.
 */
export class SparkplugReader {
  /** By edge node, then by alias. */
  private readonly nodes = new Map<string, Map<number, Born>>();

  /** Undefined for a topic that carries no such payload. Never throws: what is no payload is said so. */
  read(topic: string, bytes: Uint8Array): string | undefined {
    const [namespace, group, kind, node] = topic.split('/');
    if (namespace !== 'spBv1.0' || group === 'STATE' || node === undefined) return undefined;
    try {
      const { timestampMs, seq, metrics } = decodePayload(bytes);
      const born = this.bornOf(`${group}/${node}`, kind === 'NBIRTH');
      const isBirth = kind.endsWith('BIRTH');
      if (isBirth) for (const { alias, name, type } of metrics) if (alias && name) born.set(alias, { name, type });
      const entries = metrics.map((metric) => shown(metric, born, isBirth));
      const stamp = timestampMs === undefined ? {} : { timestamp: isoOf(timestampMs) };
      return JSON.stringify({ ...stamp, ...(seq !== undefined && { seq }), metrics: Object.fromEntries(entries) });
    } catch {
      return JSON.stringify({ problem: `no Sparkplug B payload: ${bytes.length} bytes` });
    }
  }

  private bornOf(node: string, isNew: boolean): Map<number, Born> {
    const known = isNew ? undefined : this.nodes.get(node);
    const born = known ?? new Map<number, Born>();
    this.nodes.set(node, born);
    return born;
  }
}

function shown(metric: ReceivedMetric, born: ReadonlyMap<number, Born>, isBirth: boolean): [string, unknown] {
  const { alias, isNull, isOther, properties } = metric;
  const known = alias === undefined ? undefined : born.get(alias);
  const name = metric.name ?? known?.name ?? `alias ${alias ?? '?'}`;
  const type = metric.type ?? known?.type;
  const value = isNull ? null : isOther ? '…' : valueOf(metric.value, type);
  const more = Object.entries(properties).map(([key, property]) => [key, valueOf(property, undefined)] as const);
  if (!isBirth && more.length === 0) return [name, value];
  const birth = isBirth ? { type: TYPE_NAMES.get(type ?? 0) ?? type, ...(alias !== undefined && { alias }) } : {};
  return [name, { value, ...birth, ...Object.fromEntries(more) }];
}

function isoOf(ms: number): string | number {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? ms : date.toISOString();
}
