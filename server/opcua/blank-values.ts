import {
  type AddressSpace,
  type BaseNode,
  DataType,
  DataValue,
  NodeClass,
  StatusCodes,
  type UAVariable,
  Variant,
} from 'node-opcua';

/**
 * Whether the encoder of the library fails on a value: it holds nothing where its type demands something. Only what is
 * made of objects has to be tried; whatever else is there can be encoded.
 */
export function isBlank({ value }: Pick<DataValue, 'value'>): boolean {
  const variant = value as DataValue['value'] | null | undefined;
  if (!variant || variant.dataType === DataType.Null) return false;
  const held: unknown = variant.value;
  if (typeof held === 'number' || typeof held === 'boolean' || typeof held === 'string') return false;
  if (ArrayBuffer.isView(held)) return false;
  try {
    variant.binaryStoreSize();
    return false;
  } catch {
    return true;
  }
}

const noData = (): DataValue =>
  new DataValue({
    value: new Variant({ dataType: DataType.Null }),
    statusCode: StatusCodes.BadNoData,
    serverTimestamp: new Date(),
  });

/** A blank value as the wire can carry it: none, and why. The encoder would end the whole request, and the process. */
export function withoutBlank(read: DataValue): DataValue {
  if (!isBlank(read)) return read;
  const { value, statusCode } = noData();
  read.value = value;
  if (read.statusCode.isGood()) read.statusCode = statusCode;
  return read;
}

/**
 * Variables that nodesets declare without a value, such as the meta data of a result that no instance has yet: reads
 * and subscriptions of them get BadNoData.
 */
export function endBlankValues(space: AddressSpace): void {
  const blank = space
    .getNamespaceArray()
    .flatMap((namespace) => [...(namespace as unknown as { nodeIterator(): Iterable<BaseNode> }).nodeIterator()])
    .filter(
      (node): node is UAVariable => node.nodeClass === NodeClass.Variable && isBlank((node as UAVariable).readValue()),
    );
  // What stands for a field of a structure is frozen: no other way in than its reader.
  for (const node of blank) node.readValue = noData;
}
