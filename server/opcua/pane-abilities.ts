import {
  AccessLevelFlag,
  type Argument,
  AttributeIds,
  BrowseDirection,
  type ClientSession,
  DataType,
  type DataValue,
  type EnumValueType,
  type EUInformation,
  type LocalizedText,
  NodeClass,
  NodeId,
  type QualifiedName,
  type Range,
} from 'node-opcua';
import type { PaneAbilities, PaneField } from '#contract/opcua-pane-deeds.ts';
import { valueText } from './pane-text.ts';

/** What the session may do with a node, from its attributes and properties. */
export async function abilitiesOf(session: ClientSession, nodeId: NodeId): Promise<PaneAbilities> {
  const ids = [
    AttributeIds.NodeClass,
    AttributeIds.UserAccessLevel,
    AttributeIds.UserExecutable,
    AttributeIds.BrowseName,
  ];
  const [nodeClass, access, executable, name] = await session.read(ids.map((attributeId) => ({ nodeId, attributeId })));
  if (nodeClass.value?.value === NodeClass.Method) {
    if (executable.value?.value === false) return { hasHistory: false };
    return { call: await methodOf(session, nodeId), hasHistory: false };
  }
  const level = Number(access.value?.value ?? 0);
  const hasHistory = (level & AccessLevelFlag.HistoryRead) !== 0;
  if (nodeClass.value?.value !== NodeClass.Variable || (level & AccessLevelFlag.CurrentWrite) === 0)
    return { hasHistory };
  return {
    write: await variableOf(session, nodeId, (name.value?.value as QualifiedName | undefined)?.name ?? ''),
    hasHistory,
  };
}

async function methodOf(session: ClientSession, nodeId: NodeId): Promise<NonNullable<PaneAbilities['call']>> {
  const [properties, parents] = await Promise.all([propertiesOf(session, nodeId), parentsOf(session, nodeId)]);
  const fields = async (name: string): Promise<PaneField[]> => {
    const value = properties.get(name)?.value?.value as Argument[] | undefined;
    return Promise.all((value ?? []).map((each) => argumentOf(session, each)));
  };
  const [inputs, outputs] = await Promise.all([fields('InputArguments'), fields('OutputArguments')]);
  return { objectId: parents[0]?.toString() ?? 'i=85', inputs, outputs };
}

async function argumentOf(
  session: ClientSession,
  { name, dataType, valueRank, description }: Argument,
): Promise<PaneField> {
  return {
    name: name ?? '',
    dataType: await builtInType(session, dataType),
    isArray: valueRank >= 1,
    about: description.text ?? '',
  };
}

async function variableOf(session: ClientSession, nodeId: NodeId, name: string): Promise<PaneField> {
  const ids = [AttributeIds.DataType, AttributeIds.ValueRank, AttributeIds.Value, AttributeIds.Description];
  const [[type, rank, value, about], properties] = await Promise.all([
    session.read(ids.map((attributeId) => ({ nodeId, attributeId }))),
    propertiesOf(session, nodeId),
  ]);
  const range = properties.get('EURange')?.value?.value as Range | undefined;
  const unit = (properties.get('EngineeringUnits')?.value?.value as EUInformation | undefined)?.displayName.text;
  const choices = choicesOf(properties);
  return {
    name,
    dataType: await builtInType(session, type.value?.value as NodeId),
    isArray: Number(rank.value?.value ?? -1) >= 1,
    about: (about.value?.value as LocalizedText | undefined)?.text ?? '',
    now: valueText(value),
    ...(range && { range: [range.low, range.high] as [number, number] }),
    ...(unit && { unit }),
    ...(choices.length > 0 && { choices }),
  };
}

function choicesOf(properties: ReadonlyMap<string, DataValue>): { value: string; text: string }[] {
  const values = properties.get('EnumValues')?.value?.value as EnumValueType[] | undefined;
  if (values)
    return values.map(({ value, displayName }) => ({ value: String(value[1]), text: displayName.text ?? '' }));
  const strings = properties.get('EnumStrings')?.value?.value as LocalizedText[] | undefined;
  return (strings ?? []).map(({ text }, n) => ({ value: String(n), text: text ?? '' }));
}

async function propertiesOf(session: ClientSession, nodeId: NodeId): Promise<Map<string, DataValue>> {
  const { references } = await session.browse({
    ...{ nodeId, browseDirection: BrowseDirection.Forward, includeSubtypes: true, resultMask: 63 },
    referenceTypeId: 'HasProperty',
  });
  const found = references ?? [];
  if (found.length === 0) return new Map();
  const values = await session.read(found.map((each) => ({ nodeId: each.nodeId, attributeId: AttributeIds.Value })));
  return new Map(
    found.flatMap(({ browseName }, n) => (values[n].statusCode.isGood() ? [[browseName.name ?? '', values[n]]] : [])),
  );
}

async function parentsOf(session: ClientSession, nodeId: NodeId): Promise<NodeId[]> {
  const { references } = await session.browse({
    ...{ nodeId, browseDirection: BrowseDirection.Inverse, includeSubtypes: true, resultMask: 63 },
    referenceTypeId: 'HasComponent',
  });
  return (references ?? []).map((each) => NodeId.resolveNodeId(each.nodeId.toString()));
}

/** The built-in type that values of a data type are sent as: the first above it that is one (OPC 10000-3, 5.8.3). */
async function builtInType(session: ClientSession, dataType: NodeId): Promise<string> {
  let type = dataType;
  for (let depth = 0; depth < 8; depth++) {
    const value = Number(type.value);
    if (type.namespace === 0 && value >= 1 && value <= 25) return DataType[value];
    // Enumeration
    if (type.namespace === 0 && value === 29) return 'Int32';
    const { references } = await session.browse({
      ...{ nodeId: type, browseDirection: BrowseDirection.Inverse, includeSubtypes: true, resultMask: 63 },
      referenceTypeId: 'HasSubtype',
    });
    const parent = references?.[0]?.nodeId;
    if (!parent) break;
    type = NodeId.resolveNodeId(parent.toString());
  }
  return dataType.toString();
}
