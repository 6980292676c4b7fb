import { randomUUID } from 'node:crypto';
import { DataType, type Variant } from 'node-opcua';
import type { ParameterView } from '#contract/cell-view.ts';
import type { Draft, LineVariable, Outcome } from './line-node.ts';
import { enumProperty, rangeProperty, textProperty, unitProperty } from './properties.ts';
import { reading, scalar } from './reading.ts';
import { lastName } from './signal-nodes.ts';
import { outcomeOf } from './status-codes.ts';
import type { Visit } from './visit.ts';

const dataTypes: Readonly<Record<ParameterView['type'], DataType>> = {
  number: DataType.Double,
  count: DataType.UInt32,
  choice: DataType.Int32,
};

/** The writable variable of a parameter. A choice is an enumeration; its numbers are places in the list of choices. */
export function parameterNode(parameter: ParameterView): Draft<LineVariable> {
  const { path, type, unit } = parameter;
  const dataType = dataTypes[type];
  return {
    kind: 'variable',
    id: path,
    browseName: lastName(path),
    needs: path,
    type: type === 'choice' ? 'MultiStateValueDiscreteType' : 'AnalogItemType',
    dataType,
    unit,
    blank: scalar(dataType, 0),
    read: (visit) => reading(dataType, presentValue(visit, parameter), visit.nowMs()),
    write: (visit, value) => writeParameter(visit, parameter, value),
  };
}

export function parameterProperties(parameter: ParameterView): Draft<LineVariable>[] {
  const { path, unit, choices = [], range = [0, 1e9] } = parameter;
  if (parameter.type !== 'choice') return [rangeProperty(path, range, () => range), unitProperty(path, unit)];
  const words = Object.fromEntries(choices.map((word, place) => [String(place), { en: word, sv: word }]));
  const text = (visit: Visit) => [String(visit.setting(path)), visit.nowMs()] as const;
  return [enumProperty(path, words, () => words), textProperty(path, undefined, text)];
}

/** Becomes a command; what the plant says is the outcome of the write. */
export async function writeParameter(visit: Visit, parameter: ParameterView, { value }: Variant): Promise<Outcome> {
  const { path, type, choices = [] } = parameter;
  const meant = type === 'choice' ? (choices[value as number] ?? String(value)) : (value as number | boolean);
  return outcomeOf(await visit.command({ id: randomUUID(), target: path, value: meant }));
}

function presentValue(visit: Visit, { path, type, choices = [] }: ParameterView): number {
  const value = visit.setting(path);
  return type === 'choice' ? choices.indexOf(String(value)) : Number(value);
}
