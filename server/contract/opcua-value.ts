/** Built-in types whose values a person can type, by their name (OPC 10000-6, 5.1.2). */
const WHOLE: Readonly<Record<string, readonly [low: number, high: number]>> = {
  SByte: [-128, 127],
  Byte: [0, 255],
  Int16: [-32_768, 32_767],
  UInt16: [0, 65_535],
  Int32: [-2_147_483_648, 2_147_483_647],
  UInt32: [0, 4_294_967_295],
  Int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  UInt64: [0, Number.MAX_SAFE_INTEGER],
};

/** What is wrong with a typed text: no number, no whole one, out of the range of its type, no time, too long, unknown type. */
export type ValueProblem = 'empty' | 'number' | 'whole' | 'range' | 'boolean' | 'time' | 'bytes' | 'type';

export type TypedValue =
  | { readonly value: number | boolean | string | Date }
  | { readonly problem: ValueProblem; readonly range?: readonly [number, number] };

/** A text as a value of a built-in type. A comma may begin decimals; times are ISO 8601; byte strings are hex digits. */
export function readOpcuaValue(dataType: string, text: string): TypedValue {
  if (dataType === 'String' || dataType === 'LocalizedText') return { value: text };
  const typed = text.trim();
  if (typed === '') return { problem: 'empty' };
  if (dataType === 'Double' || dataType === 'Float') return readNumber(typed);
  const range = WHOLE[dataType];
  if (range) {
    const read = readNumber(typed);
    if (!('value' in read)) return read;
    if (!Number.isInteger(read.value)) return { problem: 'whole' };
    return (read.value as number) < range[0] || (read.value as number) > range[1] ? { problem: 'range', range } : read;
  }
  switch (dataType) {
    case 'Boolean':
      return /^(true|false)$/i.test(typed) ? { value: typed.toLowerCase() === 'true' } : { problem: 'boolean' };
    case 'DateTime': {
      const value = new Date(typed);
      return Number.isNaN(value.getTime()) ? { problem: 'time' } : { value };
    }
    case 'ByteString':
      return /^([0-9a-f]{2})*$/i.test(typed) ? { value: typed.toLowerCase() } : { problem: 'bytes' };
    case 'NodeId':
      return { value: typed };
    default:
      return { problem: 'type' };
  }
}

function readNumber(text: string): TypedValue {
  const plain = text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
  return Number.isFinite(value) ? { value } : { problem: 'number' };
}
