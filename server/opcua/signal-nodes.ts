import type { CellSignal } from '#simulator/cell/sampling.ts';
import type { Draft, LineVariable } from './line-node.ts';
import { enumProperty, rangeProperty, textProperty, unitProperty } from './properties.ts';
import { atTheDoor, sampleReading, scalar, signalDataType } from './reading.ts';
import type { Visit } from './visit.ts';

/** The variable of a signal. */
export function signalNode(signal: CellSignal): Draft<LineVariable> {
  const { path, type, unit } = signal;
  const dataType = signalDataType[type];
  return {
    kind: 'variable',
    id: path,
    browseName: lastName(path),
    needs: path,
    type: typeOf(signal),
    dataType,
    unit,
    signal: path,
    hasHistory: true,
    blank: scalar(dataType, atTheDoor(type, 0)),
    read: (visit) => sampleReading(type, visit.sample(path), (tUs) => visit.cell.epochMs(tUs)),
  };
}

/** What belongs to it by OPC 10000-8: range and unit of a quantity, the words of an enumeration. */
export function signalProperties(signal: CellSignal): Draft<LineVariable>[] {
  const type = typeOf(signal);
  if (type === 'AnalogItemType') {
    const range = (visit: Visit) => visit.view.signal(signal.path).range;
    return [rangeProperty(signal.path, signal.range, range), unitProperty(signal.path, signal.unit)];
  }
  if (type === 'MultiStateValueDiscreteType') {
    const words = (visit: Visit) => visit.view.signal(signal.path).words ?? {};
    return [
      enumProperty(signal.path, signal.words ?? {}, words),
      textProperty(signal.path, signal.path, (visit) => {
        const { tUs, value } = visit.sample(signal.path);
        return [words(visit)[value]?.[visit.language] ?? String(value), visit.cell.epochMs(tUs)];
      }),
    ];
  }
  return [];
}

export const lastName = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

const typeOf = ({ type, words }: CellSignal): LineVariable['type'] => {
  if (type === 'Boolean') return 'BaseDataVariableType';
  return words ? 'MultiStateValueDiscreteType' : 'AnalogItemType';
};
