import { DataType } from 'node-opcua';
import { lastName } from './signal-nodes.ts';
import type { LineArgument } from './line-node.ts';

/** Station commands that want to know more than that they are called, by name within the station. */
const argumentsByName: Readonly<Record<string, LineArgument>> = {
  SetMode: {
    name: 'Mode',
    dataType: DataType.Int32,
    about: {
      en: 'Unit mode: 1 Produce, 2 Maintenance, 3 Manual',
      sv: 'Enhetsläge: 1 Produktion, 2 Underhåll, 3 Manuellt',
    },
  },
  Charge: {
    name: 'Vehicle',
    dataType: DataType.String,
    about: { en: 'The vehicle, such as AGV1', sv: 'Fordonet, till exempel AGV1' },
  },
  CloseGate: {
    name: 'Station',
    dataType: DataType.String,
    about: { en: 'The station behind the gate, such as ST03', sv: 'Stationen bakom grinden, till exempel ST03' },
  },
  OpenGate: {
    name: 'Station',
    dataType: DataType.String,
    about: { en: 'The station behind the gate, such as ST03', sv: 'Stationen bakom grinden, till exempel ST03' },
  },
};

export function commandInputs(path: string): readonly LineArgument[] {
  const found = argumentsByName[lastName(path)];
  return found ? [found] : [];
}
