import { AttributeIds, CallRequest, DataType, Variant, VariantArrayType, WriteRequest } from 'node-opcua';
import { lineNode } from '#test/support/opcua-line.ts';
import { type Cases, noAttribute } from './cases.ts';

const LOAD = lineNode('ST03.Spindle.Load');
const FEED = lineNode('ST03.Program.Feed');

/** Writes and calls that cannot be. */
export function badWrites(): Cases {
  const write = (value: object, more: object = {}) =>
    new WriteRequest({
      nodesToWrite: [{ nodeId: FEED, attributeId: AttributeIds.Value, value: { value: value as never }, ...more }],
    });
  const double = (value: number) => ({ dataType: DataType.Double, value });
  const call = (objectId: string, methodId: string, ...inputArguments: object[]) =>
    new CallRequest({ methodsToCall: [{ objectId, methodId, inputArguments: inputArguments }] });
  const mode = (...given: object[]) => call(lineNode('ST03'), lineNode('ST03.SetMode'), ...given);
  const one = { dataType: DataType.Int32, value: 1 };

  return {
    'write nothing': [new WriteRequest({ nodesToWrite: [] }), 'BadNothingToDo'],
    'an array on a scalar': [
      write(new Variant({ dataType: DataType.Double, arrayType: VariantArrayType.Array, value: [80, 90] })),
      'BadTypeMismatch',
    ],
    'a part of a scalar': [write(double(80), { indexRange: '0:1' }), 'BadWriteNotSupported'],
    'no number': [write(double(NaN)), 'BadTypeMismatch'],
    'no end': [write(double(Infinity)), 'BadOutOfRange'],
    'no value': [write({ dataType: DataType.Null, value: null }), 'BadTypeMismatch'],
    'below its range': [write(double(-1)), 'BadOutOfRange'],
    'another attribute': [write(double(80), { attributeId: AttributeIds.AccessLevel }), 'BadNotWritable'],
    'an attribute that is none': [noAttribute(write(double(80))), 'BadAttributeIdInvalid'],
    'a method': [write(double(80), { nodeId: lineNode('ST03.Hold') }), 'BadNotWritable'],
    'call nothing': [new CallRequest({ methodsToCall: [] }), 'BadNothingToDo'],
    'a method that nobody has': [call(lineNode('ST03'), lineNode('ST03.Fly')), 'BadMethodInvalid'],
    'a method of nobody': [call(lineNode('ST99'), lineNode('ST03.SetMode'), one), 'BadNodeIdUnknown'],
    'what is no method': [call(lineNode('ST03'), LOAD), 'BadMethodInvalid'],
    'too few arguments': [mode(), 'BadArgumentsMissing'],
    'too many arguments': [mode(one, one), 'BadTooManyArguments'],
    'an argument of another type': [mode({ dataType: DataType.String, value: '1' }), 'BadTypeMismatch'],
    'an array for an argument': [
      mode(new Variant({ dataType: DataType.Int32, arrayType: VariantArrayType.Array, value: [1] })),
      'BadTypeMismatch',
    ],
    'an argument out of range': [mode({ dataType: DataType.Int32, value: 77 }), 'BadOutOfRange'],
    'an order that is no JSON': [
      call(lineNode('Orders'), lineNode('Orders.Store'), {
        dataType: DataType.String,
        value: '{"variant":',
      }),
      'BadTypeMismatch',
    ],
    'an order of millions of characters': [
      call(lineNode('Orders'), lineNode('Orders.Store'), {
        dataType: DataType.String,
        value: 'x'.repeat(2e6),
      }),
      'BadTypeMismatch',
    ],
  };
}
