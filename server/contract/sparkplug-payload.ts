import protobuf from 'protobufjs/minimal.js';

const { Reader, Writer } = protobuf;

/** Data types of Sparkplug B 3.0, clause 6.4.16, as far as they are sent or understood here. */
export const DataType = {
  Int8: 1,
  Int16: 2,
  Int32: 3,
  Int64: 4,
  UInt8: 5,
  UInt16: 6,
  UInt32: 7,
  UInt64: 8,
  Float: 9,
  Double: 10,
  Boolean: 11,
  String: 12,
  DateTime: 13,
  Text: 14,
} as const;
export type DataTypeNumber = (typeof DataType)[keyof typeof DataType];
export type MetricValue = number | boolean | string;

export interface Property {
  readonly key: string;
  readonly type: DataTypeNumber;
  readonly value: MetricValue;
}

/** A metric as it is sent. `isBirth` writes name and data type; data carry the alias alone. */
export interface Metric {
  readonly name?: string;
  readonly alias?: number;
  /** Ms since 1970, UTC. */
  readonly timestampMs: number;
  readonly type: DataTypeNumber;
  /** Null is sent as such. */
  readonly value: MetricValue | null;
  readonly properties?: readonly Property[];
}

export interface Payload {
  readonly timestampMs: number;
  /** 0 to 255; a death certificate has none. */
  readonly seq?: number;
  readonly metrics: readonly Metric[];
}

/** A metric as it was received. Integers are unsigned until `valueOf` is told their type. */
export interface ReceivedMetric {
  name?: string;
  alias?: number;
  timestampMs?: number;
  type?: number;
  isHistorical?: boolean;
  isNull?: boolean;
  value?: MetricValue | bigint;
  /** Set if the value is of a kind that is not read here: bytes, a data set, a template. */
  isOther?: boolean;
  properties: Record<string, MetricValue | bigint | undefined>;
}
export interface ReceivedPayload {
  timestampMs?: number;
  seq?: number;
  readonly metrics: ReceivedMetric[];
}

const MOST_METRICS = 2000;
/** Tag of a field: its number and wire type 0 (varint), 1 (64 bits), 2 (length) or 5 (32 bits). */
const tag = (field: number, wire: 0 | 1 | 2 | 5): number => (field << 3) | wire;
type Out = protobuf.Writer;

/** Sparkplug B 3.0, clause 6.4: what a birth or data message carries. */
export function encodePayload({ timestampMs, seq, metrics }: Payload, isBirth: boolean): Uint8Array {
  const out = Writer.create().uint32(tag(1, 0)).uint64(Math.floor(timestampMs));
  for (const metric of metrics) {
    encodeMetric(out.uint32(tag(2, 2)).fork(), metric, isBirth);
    out.ldelim();
  }
  if (seq !== undefined) out.uint32(tag(3, 0)).uint64(seq);
  return out.finish();
}

function encodeMetric(out: Out, { name, alias, timestampMs, type, value, properties }: Metric, isBirth: boolean): void {
  if (name !== undefined && (isBirth || alias === undefined)) out.uint32(tag(1, 2)).string(name);
  if (alias !== undefined) out.uint32(tag(2, 0)).uint64(alias);
  out.uint32(tag(3, 0)).uint64(Math.floor(timestampMs));
  if (isBirth || alias === undefined) out.uint32(tag(4, 0)).uint32(type);
  if (value === null) out.uint32(tag(7, 0)).bool(true);
  if (properties && properties.length > 0) encodeProperties(out.uint32(tag(9, 2)).fork(), properties);
  if (value !== null) encodeValue(out, 10, type, value);
}

function encodeProperties(out: Out, properties: readonly Property[]): void {
  for (const { key } of properties) out.uint32(tag(1, 2)).string(key);
  for (const { type, value } of properties) {
    out.uint32(tag(2, 2)).fork().uint32(tag(1, 0)).uint32(type);
    encodeValue(out, 3, type, value);
    out.ldelim();
  }
  out.ldelim();
}

/** Fields `first` and on are int, long, float, double, boolean and string, in metrics and in properties. */
function encodeValue(out: Out, first: number, type: DataTypeNumber, value: MetricValue): void {
  switch (type) {
    case DataType.Int64:
    case DataType.UInt64:
    case DataType.DateTime:
      out.uint32(tag(first + 1, 0)).int64(Number(value));
      return;
    case DataType.Float:
      out.uint32(tag(first + 2, 5)).float(Number(value));
      return;
    case DataType.Double:
      out.uint32(tag(first + 3, 1)).double(Number(value));
      return;
    case DataType.Boolean:
      out.uint32(tag(first + 4, 0)).bool(value === true || value === 1);
      return;
    case DataType.String:
    case DataType.Text:
      out.uint32(tag(first + 5, 2)).string(String(value));
      return;
    default:
      out.uint32(tag(first, 0)).uint32(Number(value) >>> 0);
  }
}

/** Reads a payload of anyone. Throws an Error for bytes that are none, or for more metrics than a message may have. */
export function decodePayload(bytes: Uint8Array): ReceivedPayload {
  const input = Reader.create(bytes);
  const payload: ReceivedPayload = { metrics: [] };
  while (input.pos < input.len) {
    const at = input.uint32();
    if (at === tag(1, 0)) payload.timestampMs = Number(readLong(input));
    else if (at === tag(3, 0)) payload.seq = Number(readLong(input));
    else if (at === tag(2, 2)) {
      if (payload.metrics.length >= MOST_METRICS) throw new Error(`more than ${MOST_METRICS} metrics`);
      payload.metrics.push(decodeMetric(input, input.uint32() + input.pos));
    } else input.skipType(at & 7);
  }
  return payload;
}

type In = protobuf.Reader;

function decodeMetric(input: In, end: number): ReceivedMetric {
  if (end > input.len) throw new Error('a metric is longer than the payload');
  const metric: ReceivedMetric = { properties: {} };
  while (input.pos < end) {
    const at = input.uint32();
    if (at === tag(1, 2)) metric.name = input.string();
    else if (at === tag(2, 0)) metric.alias = Number(readLong(input));
    else if (at === tag(3, 0)) metric.timestampMs = Number(readLong(input));
    else if (at === tag(4, 0)) metric.type = input.uint32();
    else if (at === tag(5, 0)) metric.isHistorical = input.bool();
    else if (at === tag(7, 0)) metric.isNull = input.bool();
    else if (at === tag(9, 2)) metric.properties = decodeProperties(input, input.uint32() + input.pos);
    else {
      const value = decodeValue(input, at, 10);
      if (value !== undefined) metric.value = value;
      else if (at >> 3 > 15) metric.isOther = true;
    }
  }
  return metric;
}

function decodeProperties(input: In, end: number): Record<string, MetricValue | bigint | undefined> {
  const [keys, values]: [string[], (MetricValue | bigint | undefined)[]] = [[], []];
  while (input.pos < end) {
    const at = input.uint32();
    if (at === tag(1, 2)) keys.push(input.string());
    else if (at === tag(2, 2)) values.push(decodeProperty(input, input.uint32() + input.pos));
    else input.skipType(at & 7);
  }
  return Object.fromEntries(keys.map((key, k) => [key, values[k]]));
}

function decodeProperty(input: In, end: number): MetricValue | bigint | undefined {
  let found: MetricValue | bigint | undefined;
  while (input.pos < end) found = decodeValue(input, input.uint32(), 3) ?? found;
  return found;
}

/** Reads or skips one field; its value, if it is one of the six kinds that begin at field `first`. */
function decodeValue(input: In, at: number, first: number): MetricValue | bigint | undefined {
  switch (at) {
    case tag(first, 0):
      return input.uint32();
    case tag(first + 1, 0):
      return readLong(input);
    case tag(first + 2, 5):
      return input.float();
    case tag(first + 3, 1):
      return input.double();
    case tag(first + 4, 0):
      return input.bool();
    case tag(first + 5, 2):
      return input.string();
    default:
      input.skipType(at & 7);
      return undefined;
  }
}

function readLong(input: In): bigint {
  const long: number | protobuf.Long = input.uint64();
  if (typeof long === 'number') return BigInt(long);
  return (BigInt(long.high >>> 0) << 32n) | BigInt(long.low >>> 0);
}

const SIGNED_BITS: Readonly<Record<number, number>> = {
  [DataType.Int8]: 8,
  [DataType.Int16]: 16,
  [DataType.Int32]: 32,
  [DataType.Int64]: 64,
};

/** What a received value means if its metric has this type: integers below 0 travel as large ones. */
export function valueOf(value: MetricValue | bigint | undefined, type: number | undefined): MetricValue | undefined {
  if (typeof value !== 'bigint' && typeof value !== 'number') return value;
  const bits = SIGNED_BITS[type ?? 0];
  if (bits === undefined || !Number.isInteger(Number(value))) return Number(value);
  return Number(BigInt.asIntN(bits, BigInt(value)));
}
