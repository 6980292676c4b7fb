import { DataValue, NumericRange, type ReadValueId, StatusCodes, Variant, VariantArrayType } from 'node-opcua';

/**
 * A range of no characters means all of a value, as no range does (OPC 10000-4, 7.27), and asyncua asks for history with
 * one. The library takes it for the element of no number.
 */
export function readBlankRanges(request: object): void {
  const { nodesToRead, nodesToWrite, itemsToCreate } = request as {
    readonly nodesToRead?: Ranged[] | null;
    readonly nodesToWrite?: Ranged[] | null;
    readonly itemsToCreate?: { readonly itemToMonitor: Ranged }[] | null;
  };
  const items = itemsToCreate?.map(({ itemToMonitor }) => itemToMonitor);
  for (const each of nodesToRead ?? nodesToWrite ?? items ?? []) {
    if (Number.isNaN(each.indexRange?.value)) each.indexRange = new NumericRange();
  }
}

type Ranged = Partial<Pick<ReadValueId, 'indexRange'>>;

/** What a read gets that asks for a part: elements of an array; what has no parts has no data there. */
export function partOf(whole: DataValue, range: NumericRange): DataValue {
  if (!range.isValid()) return new DataValue({ statusCode: StatusCodes.BadIndexRangeInvalid });
  const { dataType, arrayType } = whole.value;
  if (arrayType !== VariantArrayType.Array) return new DataValue({ statusCode: StatusCodes.BadIndexRangeNoData });
  const { array, statusCode } = range.extract_values(whole.value.value as unknown[]);
  if (statusCode.isNotGood()) return new DataValue({ statusCode });
  whole.value = new Variant({ dataType, arrayType, value: array });
  return whole;
}
