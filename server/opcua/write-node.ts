import { AttributeIds, DataType, type StatusCode, StatusCodes, VariantArrayType, type WriteValue } from 'node-opcua';
import { lineId, type Outcome } from './line-node.ts';
import type { Visit } from './visit.ts';

/** One write of a session: a parameter or the clock, or a refusal that says what is wrong. */
export async function writeNode(visit: Visit, request: WriteValue): Promise<Outcome> {
  const id = lineId(request.nodeId);
  const node = visit.view.find(id ?? '');
  const refuse = (status: StatusCode, reason: string): Outcome => {
    visit.refused(`write ${id ?? request.nodeId.toString()}`, reason);
    return { status, reason };
  };
  if (id === undefined) return refuse(StatusCodes.BadNotWritable, 'The nodes of the server itself cannot be written.');
  if (!node) return refuse(StatusCodes.BadNodeIdUnknown, `The cell has no node ${id}. Browse the line for its nodes.`);
  const attribute = AttributeIds[request.attributeId] as string | undefined;
  if (attribute === undefined || attribute === 'INVALID') {
    return refuse(StatusCodes.BadAttributeIdInvalid, `No node has an attribute ${request.attributeId}.`);
  }
  if (attribute !== 'Value') {
    return refuse(StatusCodes.BadNotWritable, `Only the Value of ${id} might be written.`);
  }
  if (node.kind !== 'variable' || !node.write) {
    return refuse(StatusCodes.BadNotWritable, `${id} cannot be written: it shows what the plant does.`);
  }
  if (request.indexRange && !request.indexRange.isEmpty()) {
    return refuse(StatusCodes.BadWriteNotSupported, `${id} is a single value. Write it without an index range.`);
  }
  const { value } = request.value;
  if (
    !value ||
    VariantArrayType[value.arrayType] !== 'Scalar' ||
    DataType[value.dataType] !== DataType[node.blank.dataType]
  ) {
    return refuse(StatusCodes.BadTypeMismatch, `${id} takes a value of type ${DataType[node.blank.dataType]}.`);
  }
  const outcome = await node.write(visit, value);
  if (outcome.reason !== undefined) visit.lastRefusal = outcome.reason;
  return outcome;
}
