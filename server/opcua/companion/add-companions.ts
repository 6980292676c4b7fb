import { type AddressSpace, type BaseNode, BrowseDirection, type NodeId } from 'node-opcua';
import type { LineDefinition } from '../line-definition.ts';
import type { Appearance, Draft, LineNode, Link } from '../line-node.ts';
import { getType } from './declared.ts';
import { type Claimed, expand } from './expand.ts';
import type { Instance, TypeName } from './instance.ts';
import { instancesOf } from './instances.ts';

/**
 * Adds what companion specifications say of the stations of all definitions to the nodes of the lines. A signal that a
 * specification knows by another name stays one node with one id: it takes that browse name and is referred to twice.
 */
export function addCompanions(
  space: AddressSpace,
  nodes: Map<string, LineNode>,
  definitions: readonly LineDefinition[],
): void {
  for (const definition of definitions) {
    for (const instance of instancesOf(space, definition)) addInstance(space, nodes, definition, instance);
  }
}

function addInstance(
  space: AddressSpace,
  nodes: Map<string, LineNode>,
  definition: LineDefinition,
  instance: Instance,
): void {
  const { id, parent, name, needs, browseName, reference = 'HasComponent' } = instance;
  const add = (draft: Draft, appearance: Appearance): void => {
    const node = nodes.get(draft.id) ?? { needs, ...draft, appearances: new Map() };
    nodes.set(draft.id, node);
    node.appearances.set(definition, appearance);
  };
  const { grown, claimed } = expand(space, instance);
  const typeDefinition = getType(space, instance.type).nodeId;
  if (!nodes.has(id)) {
    const [browseUri, browsed] = browseName ?? [];
    const called = { browseName: browsed ?? id.slice(id.lastIndexOf('.') + 1), ...(browseUri && { browseUri }) };
    add({ kind: 'place', id, ...called, typeDefinition, reference }, { name, parent });
  } else {
    change(nodes, id, { typeDefinition });
    const known = nodes.get(id);
    if (!known?.appearances.has(definition)) known?.appearances.set(definition, { name, parent });
  }
  for (const from of instance.owners ?? []) refer(nodes, id, { from, reference });
  for (const [uri, object, how] of instance.entries ?? [])
    refer(nodes, id, { from: entry(space, [uri, object]), reference: how });
  for (const each of grown) add(each.draft, { name: each.name, parent: each.parent });
  for (const each of claimed) claim(space, nodes, each);
}

/** An object of a companion specification under Objects: `Machines`, `DeviceSet`. */
function entry(space: AddressSpace, [uri, name]: TypeName): NodeId {
  const index = space.getNamespaceIndex(uri);
  const found = space.rootFolder.objects
    .findReferencesEx('HierarchicalReferences', BrowseDirection.Forward)
    .find(({ nodeId }) => {
      const browseName = space.findNode(nodeId)?.browseName;
      return browseName?.name === name && browseName.namespaceIndex === index;
    });
  if (!found) throw new Error(`There is no ${name} of ${uri} under Objects.`);
  return found.nodeId;
}

function claim(
  space: AddressSpace,
  nodes: Map<string, LineNode>,
  { id, browseName, browseUri, link, type }: Claimed,
): void {
  const node = nodes.get(id);
  if (!node) throw new Error(`${id} is to be ${browseName}, and there is no such node.`);
  change(nodes, id, {
    browseName,
    browseUri,
    ...(type && needsType(space, node, type) && { typeDefinition: type.nodeId }),
  });
  refer(nodes, id, link);
}

/** Whether the type that a node has is none that the specification allows in its place (OPC 10000-3, 6.3.3.3). */
function needsType(space: AddressSpace, node: LineNode, wanted: BaseNode): boolean {
  if (node.kind === 'method' || node.typeDefinition) return false;
  const present = node.kind === 'variable' ? space.findVariableType(node.type) : space.findObjectType('BaseObjectType');
  return present ? !(present as unknown as { isSubtypeOf(type: BaseNode): boolean }).isSubtypeOf(wanted) : true;
}

function change(nodes: Map<string, LineNode>, id: string, more: Partial<LineNode>): void {
  const known = nodes.get(id);
  if (known) nodes.set(id, { ...known, ...more } as LineNode);
}

/** Once, and not where the node hangs already. */
function refer(nodes: Map<string, LineNode>, id: string, link: Link): void {
  const node = nodes.get(id);
  if (!node) return;
  const links = node.links ?? [];
  const isKnown = links.some(
    ({ from, reference }) => String(from) === String(link.from) && reference === link.reference,
  );
  const hangsThere = [...node.appearances.values()].some(({ parent }) => parent === link.from);
  if (!isKnown && !hangsThere) change(nodes, id, { links: [...links, link] });
}
