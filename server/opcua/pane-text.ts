import {
  accessLevelFlagToString,
  Argument,
  AttributeIds,
  DataType,
  type DataValue,
  EnumValueType,
  type EUInformation,
  LocalizedText,
  NodeClass,
  NodeId,
  QualifiedName,
  Range,
  type Variant,
} from 'node-opcua';

/** A value as people read it. */
export function valueText({ value, statusCode }: DataValue): string {
  if (statusCode.isNotGood()) return statusCode.name;
  return value ? variantText(value) : '';
}

/** An attribute as people read it: numbers that stand for words become words. */
export function attributeText(attribute: AttributeIds, read: DataValue): string {
  const value: unknown = read.value?.value;
  switch (attribute) {
    case AttributeIds.NodeClass:
      return NodeClass[value as number] ?? String(value);
    case AttributeIds.DataType:
      return value instanceof NodeId ? dataTypeText(value) : valueText(read);
    case AttributeIds.ValueRank:
      return value === -1 ? 'Scalar' : value === 1 ? 'Array' : String(value);
    case AttributeIds.AccessLevel:
    case AttributeIds.UserAccessLevel:
      return accessLevelFlagToString(value as Parameters<typeof accessLevelFlagToString>[0]);
    default:
      return valueText(read);
  }
}

const dataTypeText = (nodeId: NodeId): string =>
  (nodeId.namespace === 0 ? DataType[nodeId.value as number] : undefined) ?? nodeId.toString();

function variantText({ dataType, value }: Variant): string {
  const one = (each: unknown): string => (dataType === DataType.StatusCode ? String(each) : plainText(each));
  if (value === null || value === undefined) return '';
  if (Buffer.isBuffer(value)) return value.toString('hex');
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return Array.from(value as ArrayLike<unknown>, one).join(', ');
  return one(value);
}

function plainText(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof LocalizedText) return value.text ?? '';
  if (value instanceof QualifiedName || value instanceof NodeId) return value.toString();
  if (value instanceof Range) return `${value.low} … ${value.high}`;
  if (isUnit(value)) return value.displayName.text ?? '';
  if (value instanceof EnumValueType) return `${value.value[1]} = ${value.displayName.text}`;
  if (value instanceof Argument) return `${value.name}: ${dataTypeText(value.dataType)}`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The library exports the class as a type only. */
const isUnit = (value: unknown): value is EUInformation =>
  (value as { schema?: { name?: string } } | null)?.schema?.name === 'EUInformation';
