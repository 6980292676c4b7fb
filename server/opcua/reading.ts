import { DataType, DataValue, StatusCodes, Variant, VariantArrayType } from 'node-opcua';
import type { Sample, SampleStatus } from '#simulator/cell/sample.ts';
import type { Signal } from '#simulator/plant/signal.ts';

/** A new DataValue: the library may keep and change what it is given, so one is never given twice. */
export function reading(dataType: DataType, value: unknown, sourceMs: number, status?: SampleStatus): DataValue {
  const whole = Math.floor(sourceMs);
  const made = new DataValue(null);
  // What is bad has no value (OPC 10000-4, 7.11), and nothing is what a new one has.
  if (status !== 'BadNoCommunication' && made.value) fill(made.value, dataType, value);
  made.statusCode = status === undefined ? StatusCodes.Good : StatusCodes[status];
  made.sourceTimestamp = sourceDate(whole);
  made.sourcePicoseconds = Math.round((sourceMs - whole) * 1000) * 1e6;
  made.serverTimestamp = serverDate(Date.now());
  made.serverPicoseconds = 0;
  return made;
}

const sourceDate = rememberedDate();
const serverDate = rememberedDate();

/** Values of one look mostly have one time, and share the object: nobody changes it. */
function rememberedDate(): (ms: number) => Date {
  let last = new Date(0);
  return (ms) => (last.getTime() === ms ? last : (last = new Date(ms)));
}

export const scalar = (dataType: DataType, value: unknown): Variant => fill(new Variant(null), dataType, value);

function fill(variant: Variant, dataType: DataType, value: unknown): Variant {
  variant.dataType = dataType;
  variant.arrayType = VariantArrayType.Scalar;
  variant.value = value;
  return variant;
}

export const signalDataType: Readonly<Record<Signal['type'], DataType>> = {
  Double: DataType.Double,
  Int32: DataType.Int32,
  UInt32: DataType.UInt32,
  Boolean: DataType.Boolean,
};

/** In the plant every value is a number. */
export const atTheDoor = (type: Signal['type'], value: number): number | boolean =>
  type === 'Boolean' ? value !== 0 : value;

/** A sample of a signal as a DataValue. `epochMs` turns plant time into wall time. */
export const sampleReading = (
  type: Signal['type'],
  { tUs, value, status, stampUs = tUs }: Sample,
  epochMs: (tUs: number) => number,
): DataValue => reading(signalDataType[type], atTheDoor(type, value), epochMs(stampUs), status);
