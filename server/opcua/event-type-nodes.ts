import { type AddressSpace, EventNotifierFlags, type Namespace, NodeClass, type UAObject } from 'node-opcua';
import { type EventTypeName, OWN_TYPES, typeNodeId } from './event-types.ts';
import { LINE_NAMESPACE_INDEX } from './line-definition.ts';
import type { LineNode } from './line-node.ts';

const NOTIFIES = (EventNotifierFlags.SubscribeToEvents | EventNotifierFlags.HistoryRead) as EventNotifierFlags;

/** Adds the event types of the lines to the address space, and makes the server, the lines and the stations notifiers. */
export function buildEventNodes(
  addressSpace: AddressSpace,
  namespace: Namespace,
  nodes: ReadonlyMap<string, LineNode>,
): void {
  for (const [name, { parent, about, fields }] of Object.entries(OWN_TYPES)) {
    const subtypeOf = typeNodeId(parent as EventTypeName);
    const made = namespace.addObjectType({ browseName: name, nodeId: `s=${name}`, subtypeOf, isAbstract: false });
    made.setDescription({ locale: 'en', text: about.en });
    for (const field of fields) {
      namespace.addVariable({
        ...{ browseName: field.name, nodeId: `s=${name}.${field.name}`, propertyOf: made },
        ...{ typeDefinition: 'PropertyType', dataType: field.dataType, modellingRule: 'Mandatory' },
        description: { locale: 'en', text: field.about.en },
      });
    }
  }
  const { server } = addressSpace.rootFolder.objects;
  server.setEventNotifier(NOTIFIES);
  for (const id of notifiersOf(nodes)) {
    const made = addressSpace.findNode(`ns=${LINE_NAMESPACE_INDEX};s=${id}`) as UAObject | null;
    if (made?.nodeClass !== NodeClass.Object) continue;
    made.setEventNotifier(NOTIFIES);
    const parent = placeOf(nodes, id)?.parent;
    const above = parent !== undefined && isLine(nodes, parent) ? addressSpace.findNode(`ns=2;s=${parent}`) : server;
    above?.addReference({ referenceType: 'HasNotifier', nodeId: made.nodeId });
  }
}

/** Lines, and what stands in them: stations and what is like one. */
export function notifiersOf(nodes: ReadonlyMap<string, LineNode>): Set<string> {
  const lines = [...nodes.keys()].filter((id) => isLine(nodes, id));
  const inLines = [...nodes.keys()].filter((id) => lines.includes(placeOf(nodes, id)?.parent ?? ''));
  return new Set([...lines, ...inLines]);
}

/** A line is a place with a path of which no place is a part. */
function isLine(nodes: ReadonlyMap<string, LineNode>, id: string): boolean {
  if (!id.includes('/') || nodes.get(id)?.kind !== 'place') return false;
  return ![...nodes.keys()].some((other) => other.startsWith(`${id}/`));
}

function placeOf(nodes: ReadonlyMap<string, LineNode>, id: string) {
  const node = nodes.get(id);
  return node?.kind === 'place' ? [...node.appearances.values()][0] : undefined;
}
