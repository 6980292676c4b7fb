import { createHash } from 'node:crypto';
import { coerceNodeId, DataType, LocalizedText, type NodeId, Variant, VariantArrayType } from 'node-opcua';
import type { Language, Text } from '#contract/text.ts';
import { type EventTypeName, typeNodeId } from './event-types.ts';
import { LINE_NAMESPACE_INDEX } from './line-definition.ts';
import { scalar } from './reading.ts';

/** What happened, as OPC UA tells it: a type, where, when, and fields by browse path such as `ActiveState/Id`. */
export interface PlantEvent {
  readonly type: EventTypeName;
  readonly eventId: Buffer;
  /** NodeId of the source, and its name. */
  readonly source: NodeId;
  readonly sourceName: string;
  /** Ids of the stations that notify of it, beside the line and the server. */
  readonly stations: readonly string[];
  /** Only the server notifies of it: audit events, refreshes. */
  readonly isOfServer?: boolean;
  /** It goes to every item, whatever its filter (OPC 10000-9, 5.11). */
  readonly isUnfiltered?: boolean;
  /** Of a condition: its NodeId. */
  readonly condition?: NodeId;
  /** ms since 1970. */
  readonly timeMs: number;
  readonly receivedMs: number;
  readonly severity: number;
  readonly message: Text;
  readonly fields: ReadonlyMap<string, FieldValue>;
}

/** A value, or one that depends on the language of the session. */
export type FieldValue = Variant | Text;

/** The same whenever it is asked for, live or from history. 16 bytes. */
export const eventIdOf = (...parts: readonly (string | number)[]): Buffer =>
  createHash('sha256').update(parts.join(' ')).digest().subarray(0, 16);

export const lineNodeId = (id: string): NodeId => coerceNodeId(`ns=${LINE_NAMESPACE_INDEX};s=${id}`);
export const date = (ms: number): Variant => scalar(DataType.DateTime, new Date(Math.floor(ms)));
export const string = (value: string): Variant => scalar(DataType.String, value);
export const boolean = (value: boolean): Variant => scalar(DataType.Boolean, value);
export const nodeIdValue = (value: NodeId): Variant => scalar(DataType.NodeId, value);
export const nothing = (): Variant => new Variant({ dataType: DataType.Null });
export const words = (en: string, sv: string): Text => ({ en, sv });

/** The value of a field, by its browse path; Null if the event has no such field. */
export function fieldOf(event: PlantEvent, path: string, language: Language): Variant {
  const own = event.fields.get(path);
  if (own) return own instanceof Variant ? own : localized(own, language);
  switch (path) {
    case 'EventId':
      return scalar(DataType.ByteString, event.eventId);
    case 'EventType':
      return nodeIdValue(coerceNodeId(typeNodeId(event.type)));
    case 'SourceNode':
      return nodeIdValue(event.source);
    case 'SourceName':
      return string(event.sourceName);
    case 'Time':
      return date(event.timeMs);
    case 'ReceiveTime':
      return date(event.receivedMs);
    case 'Message':
      return localized(event.message, language);
    case 'Severity':
      return scalar(DataType.UInt16, event.severity);
    default:
      return nothing();
  }
}

export const localized = (text: Text, language: Language): Variant =>
  scalar(DataType.LocalizedText, new LocalizedText({ locale: language, text: text[language] }));

export function valueVariant(value: unknown): Variant {
  if (value === undefined || value === null) return nothing();
  if (typeof value === 'number') {
    return scalar(Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? DataType.Int32 : DataType.Double, value);
  }
  if (typeof value === 'boolean') return boolean(value);
  return string(typeof value === 'string' ? value : JSON.stringify(value));
}

export const variants = (value: readonly Variant[]): Variant =>
  new Variant({ dataType: DataType.Variant, arrayType: VariantArrayType.Array, value: [...value] });
