import {
  type AddressSpace,
  AggregateFunction,
  DataType,
  type Namespace,
  type NodeId,
  ObjectIds,
  type ServerEngine,
  type UAObject,
} from 'node-opcua';
import { AGGREGATES } from '#contract/processed.ts';
import type { LineNode } from './line-node.ts';
import { LINE_NAMESPACE_INDEX } from './line-definition.ts';
import { MOST_EVENTS } from './event-history.ts';
import { DEFAULT_RULES } from './processed-plan.ts';
import { LARGEST_PAGE } from './raw-read.ts';

const ROOT = 'HistoryConfiguration';
const AGGREGATE = `${ROOT}.AggregateConfiguration`;

/** Properties of the one configuration that all history has (OPC 10000-11, 5.2.3; OPC 10000-13, 4.2.1.2). */
const PROPERTIES: readonly (readonly [owner: string, name: string, value: boolean | number])[] = [
  [ROOT, 'Stepped', true],
  [ROOT, 'ServerTimestampSupported', false],
  [AGGREGATE, 'TreatUncertainAsBad', DEFAULT_RULES.treatUncertainAsBad],
  [AGGREGATE, 'PercentDataBad', DEFAULT_RULES.percentDataBad],
  [AGGREGATE, 'PercentDataGood', DEFAULT_RULES.percentDataGood],
  [AGGREGATE, 'UseSlopedExtrapolation', false],
];

/** Ids in the namespace of the lines that every session sees. */
export const HISTORY_IDS: ReadonlySet<string> = new Set([
  ROOT,
  AGGREGATE,
  `${ROOT}.AggregateFunctions`,
  ...PROPERTIES.map(([owner, name]) => `${owner}.${name}`),
]);

/** What can be read of the past, and how it is summed up: for the server, and for each variable that has history. */
export function buildHistoryNodes(
  { historyServerCapabilities: capabilities }: ServerEngine,
  addressSpace: AddressSpace,
  namespace: Namespace,
  nodes: ReadonlyMap<string, LineNode>,
): void {
  capabilities.accessHistoryDataCapability = true;
  capabilities.accessHistoryEventsCapability = true;
  capabilities.maxReturnDataValues = LARGEST_PAGE;
  capabilities.maxReturnEventValues = MOST_EVENTS;
  const folders = [
    ObjectIds.Server_ServerCapabilities_AggregateFunctions,
    ObjectIds.HistoryServerCapabilities_AggregateFunctions,
  ];
  for (const id of folders) listAggregates(addressSpace, addressSpace.findNode(`i=${id}`) as UAObject);

  const configuration = addConfiguration(addressSpace, namespace);
  for (const node of nodes.values()) {
    if (node.kind !== 'variable' || !node.hasHistory) continue;
    const made = addressSpace.findNode(`ns=${LINE_NAMESPACE_INDEX};s=${node.id}`);
    made?.addReference({ referenceType: 'HasHistoricalConfiguration', nodeId: configuration });
  }
}

function addConfiguration(addressSpace: AddressSpace, namespace: Namespace): NodeId {
  const add = (id: string, name: string, typeDefinition: string, owner?: UAObject): UAObject =>
    namespace.addObject({
      ...{ browseName: { name, namespaceIndex: 0 }, nodeId: `s=${id}`, typeDefinition },
      ...(owner && { componentOf: owner }),
    });
  const root = add(ROOT, 'HA Configuration', 'HistoricalDataConfigurationType');
  const aggregate = add(AGGREGATE, 'AggregateConfiguration', 'AggregateConfigurationType', root);
  listAggregates(addressSpace, add(`${ROOT}.AggregateFunctions`, 'AggregateFunctions', 'FolderType', root));
  for (const [owner, name, value] of PROPERTIES) {
    const dataType = typeof value === 'boolean' ? DataType.Boolean : DataType.Byte;
    namespace.addVariable({
      ...{ browseName: { name, namespaceIndex: 0 }, nodeId: `s=${owner}.${name}`, typeDefinition: 'PropertyType' },
      ...{ propertyOf: owner === ROOT ? root : aggregate, dataType, accessLevel: 'CurrentRead' },
      value: { dataType, value },
    });
  }
  return root.nodeId;
}

function listAggregates(addressSpace: AddressSpace, folder: UAObject): void {
  for (const name of AGGREGATES) {
    const nodeId = addressSpace.findNode(`i=${AggregateFunction[name]}`)?.nodeId;
    if (!nodeId) throw new Error(`OPC UA has no aggregate ${name}.`);
    folder.addReference({ referenceType: 'Organizes', nodeId });
  }
}
