import { DataType } from 'node-opcua';
import { lastName } from './signal-nodes.ts';
import type { LineArgument } from './line-node.ts';

/** A description of an order as JSON text: methods take no structures. */
const order = (example: string): LineArgument => ({
  name: 'Order',
  dataType: DataType.String,
  about: { en: `The order as JSON, such as ${example}`, sv: `Ordern som JSON, till exempel ${example}` },
});

/** Commands that want to know more than that they are called, by name within the station or by path. */
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
  Order: {
    name: 'Order',
    dataType: DataType.String,
    about: { en: 'A VDA 5050 order as JSON', sv: 'En order enligt VDA 5050 som JSON' },
  },
  InstantActions: {
    name: 'Actions',
    dataType: DataType.String,
    about: { en: 'VDA 5050 instant actions as JSON', sv: 'Omedelbara åtgärder enligt VDA 5050 som JSON' },
  },
  Classifier: {
    name: 'Classifier',
    dataType: DataType.String,
    about: {
      en: 'JSON: {"kind":"thresholds"}, {"kind":"linear","bias":..,"weights":{..}} or {"kind":"tree","nodes":[..]}',
      sv: 'JSON: {"kind":"thresholds"}, {"kind":"linear","bias":..,"weights":{..}} eller {"kind":"tree","nodes":[..]}',
    },
  },
  Refill: {
    name: 'Stock',
    dataType: DataType.String,
    about: { en: 'cartons, film or labels', sv: 'cartons (kartonger), film eller labels (etiketter)' },
  },
  CreateWorkOrder: {
    name: 'Order',
    dataType: DataType.String,
    about: {
      en: 'The station and the kind of work, such as ST03 preventive, or ST03 inspection',
      sv: 'Stationen och slaget av arbete, till exempel ST03 preventive, eller ST03 inspection',
    },
  },
  CancelWorkOrder: {
    name: 'Number',
    dataType: DataType.Int32,
    about: { en: 'Number of the work order', sv: 'Arbetsorderns nummer' },
  },
  OrderSpare: {
    name: 'Spare',
    dataType: DataType.String,
    about: { en: 'The spare, such as VacuumCup', sv: 'Reservdelen, till exempel VacuumCup' },
  },
  Allow: {
    name: 'Conduit',
    dataType: DataType.String,
    about: { en: 'The conduit, such as GatewayToBroker', sv: 'Kanalen, till exempel GatewayToBroker' },
  },
  Deny: {
    name: 'Conduit',
    dataType: DataType.String,
    about: { en: 'The conduit, such as GatewayToBroker', sv: 'Kanalen, till exempel GatewayToBroker' },
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
  Disassemble: {
    name: 'Units',
    dataType: DataType.UInt32,
    about: { en: 'How many returned units', sv: 'Hur många returnerade enheter' },
  },
  'Rules.Define': {
    name: 'Rule',
    dataType: DataType.String,
    about: {
      en: 'The rule as JSON, such as {"id":"hot","when":"ST03.Spindle.Temperature > 60","for":"30 s","do":"alarm"}',
      sv: 'Regeln som JSON, till exempel {"id":"het","when":"ST03.Spindle.Temperature > 60","for":"30 s","do":"alarm"}',
    },
  },
  'Rules.Remove': {
    name: 'Rule',
    dataType: DataType.String,
    about: { en: 'Name of the rule', sv: 'Regelns namn' },
  },
  ...Object.fromEntries(
    ['Acknowledge', 'Shelve', 'Unshelve'].map((name) => [
      `Alarms.${name}`,
      {
        name: 'Alarm',
        dataType: DataType.String,
        about: {
          en: 'Name of the alarm; Shelve takes JSON too, such as {"alarm":"SpindleHot","for":"30 min"}',
          sv: 'Larmets namn; Shelve tar också JSON, till exempel {"alarm":"SpindleHot","for":"30 min"}',
        },
      },
    ]),
  ),
  'Alarms.Configure': {
    name: 'Change',
    dataType: DataType.String,
    about: {
      en: 'What changes, as JSON, such as {"alarm":"SpindleHot","limit":45,"enabled":true}',
      sv: 'Det som ändras, som JSON, till exempel {"alarm":"SpindleHot","limit":45,"enabled":true}',
    },
  },
  Store: order('{"variant":"P1","quantity":12}'),
  StoreAndStart: order('{"variant":"P1","quantity":12}'),
  Update: order('{"number":7,"quantity":18}'),
  ...Object.fromEntries(
    ['Start', 'RevokeStart', 'Pause', 'Resume', 'Stop', 'Abort', 'Cancel', 'Clear'].map((name) => [
      `Orders.${name}`,
      {
        name: 'Number',
        dataType: DataType.UInt32,
        about: { en: 'Number of the order', sv: 'Orderns nummer' },
      },
    ]),
  ),
};

export function commandInputs(path: string): readonly LineArgument[] {
  const found = argumentsByName[path] ?? argumentsByName[lastName(path)];
  return found ? [found] : [];
}
