import {
  type AddressSpace,
  type BaseNode,
  BrowseDirection,
  NodeClass,
  type NodeId,
  type UAMethod,
  type UAObject,
  type UAVariable,
} from 'node-opcua';
import type { TypeName } from './instance.ts';

/** A child that a type declares for its instances (OPC 10000-3, 6.2.6). */
export interface Declared {
  readonly name: string;
  readonly rule: string;
  readonly reference: string;
  /** The declaration that counts: the one of the type that is nearest. */
  readonly node: UAObject | UAVariable | UAMethod;
  /** The same child as supertypes declare it; what they demand of it counts too. */
  readonly others: readonly BaseNode[];
}

/** A type as far as it matters here. */
export type TypeNode = BaseNode & { readonly subtypeOfObj?: TypeNode | null; isSubtypeOf(type: BaseNode): boolean };

export function getType(space: AddressSpace, [uri, name]: TypeName): TypeNode {
  const found = space.findObjectType(name, space.getNamespaceIndex(uri));
  if (!found) throw new Error(`${uri} has no type ${name}.`);
  return found as unknown as TypeNode;
}

/** All children that instances of these nodes and of their supertypes may or must have, by name. */
export function declaredBy(space: AddressSpace, nodes: readonly BaseNode[]): Map<string, Declared> {
  const found = new Map<string, Declared>();
  for (const node of nodes.flatMap(withSupertypes)) {
    for (const { nodeId, referenceType } of node.findReferencesEx('Aggregates', BrowseDirection.Forward)) {
      const child = space.findNode(nodeId) as Declared['node'] | null;
      const rule = child?.modellingRule;
      if (!child || !rule) continue;
      const name = child.browseName.name ?? '';
      const known = found.get(name);
      if (known) {
        const strictest = known.rule.startsWith('Mandatory') ? known.rule : rule;
        found.set(name, { ...known, rule: strictest, others: [...known.others, child] });
      } else found.set(name, { name, rule, reference: referenceName(space, referenceType), node: child, others: [] });
    }
  }
  return found;
}

function withSupertypes(node: BaseNode): BaseNode[] {
  const chain: BaseNode[] = [node];
  let type = (node as TypeNode).subtypeOfObj;
  for (; type; type = type.subtypeOfObj) chain.push(type);
  return chain;
}

/** Declarations of what stands below a child: at the declarations themselves, then in its type. */
export function declarationsBelow(child: Declared, type: BaseNode | undefined): BaseNode[] {
  return [child.node, ...child.others, ...(type ? [type] : [])];
}

export const isMethod = (node: BaseNode): node is UAMethod => NodeClass[node.nodeClass] === 'Method';
export const isObject = (node: BaseNode): node is UAObject => NodeClass[node.nodeClass] === 'Object';

export const typeOf = (node: Declared['node']): BaseNode | undefined =>
  isMethod(node) ? undefined : node.typeDefinitionObj;

const referenceName = (space: AddressSpace, id: NodeId): string =>
  space.findReferenceType(id)?.browseName.name ?? 'HasComponent';

/** The states of a state machine type: name -> NodeId and number. Transitions likewise, without numbers. */
export function statesOf(space: AddressSpace, type: BaseNode) {
  const states = new Map<string, { readonly nodeId: NodeId; readonly number: number }>();
  const transitions: NodeId[] = [];
  for (const node of withSupertypes(type)) {
    for (const { nodeId } of node.findReferencesEx('HasComponent', BrowseDirection.Forward)) {
      const child = space.findNode(nodeId) as UAObject | null;
      const kind = child && isObject(child) ? child.typeDefinitionObj.browseName.name : undefined;
      if (child && (kind === 'StateType' || kind === 'InitialStateType')) {
        const number = child.getPropertyByName('StateNumber')?.readValue().value.value as number | undefined;
        states.set(child.browseName.name ?? '', { nodeId: child.nodeId, number: number ?? 0 });
      } else if (kind === 'TransitionType') transitions.push(nodeId);
    }
  }
  return { states, transitions };
}
