import { coerceInt64, coerceUInt64, DataType, LocalizedText, Variant, VariantArrayType } from 'node-opcua';
import type { PaneField } from '#contract/opcua-pane-deeds.ts';
import { readOpcuaValue } from '#contract/opcua-value.ts';
import { AppError } from '#server/errors.ts';
import { parseNodeId } from './pane-node-id.ts';

/** A typed text as a Variant of the type of a field. An array is written as values with semicolons between. */
export function variantOf({ name, dataType, isArray }: PaneField, text: string): Variant {
  const builtIn = DataType[dataType as keyof typeof DataType] as DataType | undefined;
  if (builtIn === undefined) throw wrong(name, dataType, text);
  const one = (each: string): unknown => {
    const read = readOpcuaValue(dataType, each);
    if (!('value' in read)) throw wrong(name, dataType, each);
    return valueOf(dataType, read.value);
  };
  if (!isArray) return new Variant({ dataType: builtIn, arrayType: VariantArrayType.Scalar, value: one(text) });
  const value = text.trim() === '' ? [] : text.split(';').map(one);
  return new Variant({ dataType: builtIn, arrayType: VariantArrayType.Array, value });
}

function valueOf(dataType: string, value: number | boolean | string | Date): unknown {
  switch (dataType) {
    case 'LocalizedText':
      return new LocalizedText({ text: String(value) });
    case 'ByteString':
      return Buffer.from(String(value), 'hex');
    case 'NodeId':
      return parseNodeId(String(value));
    case 'Int64':
      return coerceInt64(value as number);
    case 'UInt64':
      return coerceUInt64(value as number);
    default:
      return value;
  }
}

const wrong = (name: string, dataType: string, text: string): AppError =>
  new AppError(
    'bad_value',
    `"${text.slice(0, 80)}" is no value of type ${dataType}, as ${name} wants.`,
    'Write another value.',
    400,
  );
