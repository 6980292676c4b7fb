import {
  type AddressSpace,
  AttributeIds,
  type BaseNode,
  DataType,
  DataValue,
  type ISessionContext,
  type LocalizedText,
  type Namespace,
  type NumericRange,
  type SessionContext,
  StatusCodes,
  type UAMethod,
  type UAVariable,
  type Variant,
} from 'node-opcua';
import { partOf } from './index-range.ts';
import type { LineMethod, LineNode, LineVariable } from './line-node.ts';
import { scalar } from './reading.ts';
import type { FindVisit } from './session-view.ts';
import type { Visit } from './visit.ts';

/** Items are never sampled faster, ms. */
const FASTEST_SAMPLING_MS = 100;

/** Gives every node of the lines its place in the address space, under an id of its own: nothing is numbered. */
export function buildAddressSpace(
  addressSpace: AddressSpace,
  namespace: Namespace,
  nodes: ReadonlyMap<string, LineNode>,
  findVisit: FindVisit,
): void {
  const built = new Map<string, BaseNode>();
  for (const node of nodes.values()) {
    const parents = new Set([...node.appearances.values()].map(({ parent }) => parent));
    const [first, ...others] = [...parents].map((id) =>
      id === undefined ? addressSpace.rootFolder.objects : built.get(id),
    );
    if (!first) throw new Error(`${node.id} is built before its parent.`);
    const made = build(namespace, node, first, findVisit);
    for (const other of others) other?.addReference({ referenceType: referenceType(node), nodeId: made.nodeId });
    localize(made, node, findVisit);
    built.set(node.id, made);
  }
  for (const node of nodes.values()) {
    for (const { from, reference } of node.links ?? []) {
      const source = typeof from === 'string' ? built.get(from) : addressSpace.findNode(from);
      if (!source) throw new Error(`${node.id} is to be found under ${from.toString()}, which is not there.`);
      source.addReference({ referenceType: reference, nodeId: `ns=${namespace.index};s=${node.id}` });
    }
  }
}

const referenceType = (node: LineNode): string =>
  node.reference ?? (node.kind === 'variable' && node.type === 'PropertyType' ? 'HasProperty' : 'HasComponent');

/** How a node is made to hang on its parent. */
function attached(node: LineNode, parent: BaseNode): object {
  const type = referenceType(node);
  if (type === 'HasProperty') return { propertyOf: parent };
  if (type === 'HasComponent') return { componentOf: parent };
  return { references: [{ referenceType: type, isForward: false, nodeId: parent.nodeId }] };
}

const browseNameOf = ({ addressSpace }: Namespace, { browseName: name, browseUri }: LineNode) =>
  browseUri === undefined ? name : { name, namespaceIndex: addressSpace.getNamespaceIndex(browseUri) };

function build(namespace: Namespace, node: LineNode, parent: BaseNode, findVisit: FindVisit): BaseNode {
  if (node.kind === 'variable') return buildVariable(namespace, node, parent, findVisit);
  const browseName = browseNameOf(namespace, node);
  const nodeId = `s=${node.id}`;
  const { typeDefinition, declaration } = node as LineNode & Partial<LineMethod>;
  if (node.kind === 'method') {
    const declared = declaration && { methodDeclarationId: declaration };
    const method = namespace.addMethod(parent as never, { browseName, nodeId, ...declared });
    bindCall(method, node, findVisit);
    return method;
  }
  const isTop = [...node.appearances.values()].some((one) => one.parent === undefined);
  return namespace.addObject({
    ...{ browseName, nodeId, ...(typeDefinition && { typeDefinition }) },
    ...(isTop ? { organizedBy: parent } : attached(node, parent)),
  });
}

function buildVariable(namespace: Namespace, node: LineVariable, parent: BaseNode, findVisit: FindVisit): UAVariable {
  const isProperty = node.type === 'PropertyType';
  const access = ['CurrentRead', ...(node.write ? ['CurrentWrite'] : []), ...(node.hasHistory ? ['HistoryRead'] : [])];
  const accessLevel = access.join(' | ');
  const variable = namespace.addVariable({
    browseName:
      isProperty && node.browseUri === undefined
        ? { name: node.browseName, namespaceIndex: 0 }
        : browseNameOf(namespace, node),
    nodeId: `s=${node.id}`,
    typeDefinition: node.typeDefinition ?? node.type,
    dataType: node.dataType,
    valueRank: node.isArray ? 1 : -1,
    ...(node.isArray ? { arrayDimensions: [0] } : {}),
    accessLevel,
    userAccessLevel: accessLevel,
    historizing: node.hasHistory === true,
    minimumSamplingInterval: FASTEST_SAMPLING_MS,
    value: node.blank,
    ...attached(node, parent),
  });
  showOwnValue(variable, node, findVisit);
  return variable;
}

/**
 * Puts the value of the session's own cell in the way of the library's. It must be these two methods: getters are not
 * told which session asks, and the stock `readValueAsync` lets sessions that ask at once share one answer.
 */
function showOwnValue(variable: UAVariable, node: LineVariable, findVisit: FindVisit): void {
  const stock = variable.readValue.bind(variable);
  const own = (context?: ISessionContext | null, range?: NumericRange | null, encoding?: unknown): DataValue => {
    const visit = findVisit(context?.session);
    if (!visit) return context?.session ? new DataValue({ statusCode: StatusCodes.BadSessionClosed }) : stock();
    if (isEncoding(encoding)) return new DataValue({ statusCode: StatusCodes.BadDataEncodingInvalid });
    return range && !range.isEmpty() ? partOf(node.read(visit), range) : node.read(visit);
  };
  const async = (context: ISessionContext | null, callback: (error: null, value: DataValue) => void) =>
    callback(null, own(context));
  Object.assign(variable, { readValue: own, readValueAsync: async });
}

const isEncoding = (encoding: unknown): boolean => Boolean((encoding as { name?: string } | null | undefined)?.name);

/** DisplayName and Description in the language of the session and in the words of its definition. */
function localize(made: BaseNode, node: LineNode, findVisit: FindVisit): void {
  const [first] = node.appearances.values();
  made.setDisplayName({ locale: 'en', text: first.name.en });
  const stock = made.readAttribute.bind(made);
  const text = (visit: Visit, attribute: AttributeIds): LocalizedText | undefined => {
    if (attribute === AttributeIds.DisplayName) return visit.displayName(node);
    return attribute === AttributeIds.Description ? visit.description(node) : undefined;
  };
  made.readAttribute = (context, attribute, range, encoding) => {
    const visit = findVisit((context as SessionContext | null)?.session);
    const own = visit && text(visit, attribute);
    return own
      ? new DataValue({ value: scalar(DataType.LocalizedText, own), statusCode: StatusCodes.Good })
      : stock(context, attribute, range, encoding);
  };
}

function bindCall(method: UAMethod, node: LineMethod, findVisit: FindVisit): void {
  method.bindMethod(async (inputs: Variant[], context: ISessionContext) => {
    const visit = findVisit(context.session);
    if (!visit) return { statusCode: StatusCodes.BadSessionClosed };
    const { status, reason, outputs = [] } = await node.call(visit, inputs);
    if (reason !== undefined) visit.lastRefusal = reason;
    const outputArguments = status.isGood() ? outputs : [];
    return { statusCode: status, outputArguments: [...outputArguments], ...(reason === undefined ? {} : { reason }) };
  });
}
