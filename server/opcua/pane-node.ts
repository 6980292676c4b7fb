import { AttributeIds, type DataValue, NodeClass, type ReferenceDescription } from 'node-opcua';
import type { PaneAttribute, PaneNode } from '#contract/opcua-pane.ts';
import { attributeText } from './pane-text.ts';

/** PropertyType and BaseDataVariableType: variables of these have nothing below. */
const LEAF_TYPES = ['ns=0;i=68', 'ns=0;i=63'];

export function paneNode({
  nodeId,
  browseName,
  displayName,
  nodeClass,
  typeDefinition,
}: ReferenceDescription): PaneNode {
  const named = classes.get(nodeClass) ?? 'Other';
  return {
    nodeId: nodeId.toString(),
    browseName: browseName.name ?? '',
    displayName: displayName.text ?? '',
    nodeClass: named,
    hasChildren: named === 'Variable' ? !LEAF_TYPES.includes(typeDefinition.toString()) : named !== 'Method',
  };
}

const classes = new Map<number, PaneNode['nodeClass']>([
  [NodeClass.Object, 'Object'],
  [NodeClass.Variable, 'Variable'],
  [NodeClass.Method, 'Method'],
]);

export const shownAttributes: readonly AttributeIds[] = [
  AttributeIds.NodeId,
  AttributeIds.NodeClass,
  AttributeIds.BrowseName,
  AttributeIds.DisplayName,
  AttributeIds.Description,
  AttributeIds.Value,
  AttributeIds.DataType,
  AttributeIds.ValueRank,
  AttributeIds.AccessLevel,
  AttributeIds.UserAccessLevel,
  AttributeIds.MinimumSamplingInterval,
  AttributeIds.Historizing,
  AttributeIds.Executable,
];

/** An attribute as lines of the table; none if the node has not got it. A value brings its status and its times. */
export function paneAttributes(attribute: AttributeIds, read: DataValue): PaneAttribute[] {
  if (read.statusCode.name === 'BadAttributeIdInvalid') return [];
  const shown = [{ name: AttributeIds[attribute], value: attributeText(attribute, read) }];
  if (attribute !== AttributeIds.Value) return shown;
  const times = { SourceTimestamp: read.sourceTimestamp, ServerTimestamp: read.serverTimestamp };
  return [
    ...shown,
    { name: 'StatusCode', value: read.statusCode.name },
    ...Object.entries(times).flatMap(([name, at]) => (at ? [{ name, value: at.toISOString() }] : [])),
  ];
}
