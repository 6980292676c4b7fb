import { get } from 'sparkplug-payload';
import type { UPayload } from 'sparkplug-payload/lib/sparkplugbpayload.js';
import proto from 'sparkplug-payload/lib/sparkplugPayloadProto.js';
import type { Listener, Received } from './mqtt-line.ts';

/** The payload library of Eclipse Tahu, which this project did not write. */
const oracle = get('spBv1.0')!;
const { Payload } = proto.org.eclipse.tahu.protobuf;

export const topicOf = (message: string, device?: string): string =>
  ['spBv1.0', 'nordpump-halmstad', message, 'line1', ...(device === undefined ? [] : [device])].join('/');

interface RawValue {
  readonly type?: number;
  readonly longValue?: unknown;
}
export interface RawMetric extends RawValue {
  readonly name?: string;
  readonly alias?: unknown;
  readonly timestamp?: unknown;
  datatype?: number;
  readonly isNull?: boolean;
  readonly properties?: { readonly keys?: readonly string[]; readonly values?: readonly RawValue[] };
}
interface RawPayload {
  readonly timestamp?: unknown;
  readonly metrics: RawMetric[];
}

/** The fields of a payload that are there, as the library reads the bytes and before it makes anything of them. */
export const rawOf = (bytes: Uint8Array): RawPayload => {
  const own = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(own);
    if (typeof value !== 'object' || value === null || 'unsigned' in value || value instanceof Uint8Array) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, own(one)]));
  };
  return own(Payload.decode(bytes)) as RawPayload;
};

type Metric = NonNullable<UPayload['metrics']>[number];

export interface SparkplugMessage extends Received {
  /** `NBIRTH`, `DDATA` ... */
  readonly kind: string;
  readonly device: string | undefined;
  readonly payload: UPayload;
  readonly metrics: readonly Metric[];
  readonly seq: number | undefined;
  /** Those of the payload whose data type was on the wire. */
  readonly typed: number;
}

export const encodeOracle = (payload: UPayload): Buffer => Buffer.from(oracle.encodePayload(payload));

/** What a client got of the line's edge node, decoded by the library; data get their types from the births before. */
export function heardBy({ got }: Pick<Listener, 'got'>, node = 'line1'): SparkplugMessage[] {
  const types = new Map<number, number>();
  return got.flatMap((one) => {
    const [namespace, group, kind, of, device] = one.topic.split('/');
    if (namespace !== 'spBv1.0' || group !== 'nordpump-halmstad' || of !== node || kind.endsWith('CMD')) return [];
    const raw = Payload.decode(one.bytes) as { metrics: { alias?: unknown; datatype?: number }[] };
    const typed = raw.metrics.filter(({ datatype }) => (datatype ?? 0) > 0).length;
    for (const metric of raw.metrics) {
      const alias = Number(metric.alias ?? 0);
      if (kind.endsWith('BIRTH')) types.set(alias, metric.datatype ?? 0);
      else if (alias > 0) metric.datatype = types.get(alias) ?? 0;
    }
    const payload = oracle.decodePayload(Payload.encode(raw).finish());
    const { seq } = payload as { seq?: unknown };
    const numbered = seq === undefined || seq === null || !Object.hasOwn(raw, 'seq') ? undefined : Number(seq);
    return [{ ...one, kind, device, payload, metrics: payload.metrics ?? [], seq: numbered, typed }];
  });
}
