import {
  type AddressSpace,
  type BaseNode,
  DataType,
  NodeId,
  StatusCodes,
  type UAMethod,
  type UAVariable,
  Variant,
  VariantArrayType,
} from 'node-opcua';
import type { Text } from '#contract/text.ts';
import { isBlank } from '../blank-values.ts';
import type { Draft, LineArgument, LineMethod, LinePlace, LineVariable, Link } from '../line-node.ts';
import { argumentsProperty } from '../properties.ts';
import { reading } from '../reading.ts';
import type { Visit } from '../visit.ts';
import { type Declared, declarationsBelow, declaredBy, getType, isMethod, isObject, typeOf } from './declared.ts';
import { fixed, type Instance, type Member } from './instance.ts';
import { withStates } from './states.ts';
import { inSwedish } from './words.ts';

/** A node of an instance, its parent, and how it is called. */
export interface Grown {
  readonly draft: Draft;
  readonly parent: string;
  readonly name: Text;
}

/** A node of the line that a type knows by a name of its own, and what refers to it in addition. */
export interface Claimed {
  readonly id: string;
  readonly browseUri: string;
  readonly browseName: string;
  readonly link: Link;
  readonly type: BaseNode | undefined;
}

export interface Expansion {
  readonly grown: readonly Grown[];
  readonly claimed: readonly Claimed[];
}

/**
 * All nodes of an instance: what its type demands, and what its members name beyond that. Throws if the type demands a
 * value or a method that no member gives, or a member names what the type does not know.
 */
export function expand(space: AddressSpace, instance: Instance): Expansion {
  const grown: Grown[] = [];
  const claimed: Claimed[] = [];
  const used = new Set<string>();
  const type = getType(space, instance.type);

  const descend = (id: string, path: string, declarations: readonly BaseNode[], members: Members): void => {
    const declared = declaredBy(space, declarations);
    const names = namesBelow(members, path);
    for (const each of declared.values()) {
      if (isPlaceholder(each)) {
        const own = names.filter((name) => !declared.has(name) && fits(space, members[join(path, name)], each));
        const isDemanded = each.rule === 'MandatoryPlaceholder' && isObject(each.node);
        if (own.length === 0 && isDemanded) throw lacks(instance, join(path, each.name));
        for (const name of own) grow(id, path, name, each, members);
      } else if (each.rule === 'Mandatory' || names.includes(each.name)) grow(id, path, each.name, each, members);
    }
  };

  const grow = (parent: string, above: string, name: string, declared: Declared, given: Members): void => {
    const path = join(above, name);
    const id = `${parent}.${name}`;
    const member = given[path];
    used.add(path);
    const { node, reference } = declared;
    const browseUri = space.getNamespaceUri(node.browseName.namespaceIndex);
    if (member?.kind === 'same') {
      const link = { from: parent, reference };
      claimed.push({ id: member.id, browseUri, browseName: name, link, type: typeOf(node) });
      return;
    }
    const common = { id, browseName: name, browseUri, reference };
    const text = (member?.kind === 'part' && member.name) || { en: name, sv: inSwedish(name) };
    const add = (draft: Draft) => grown.push({ draft, parent, name: text });
    if (isMethod(node)) {
      if (member?.kind !== 'call') throw lacks(instance, path);
      const [draft, ...properties] = methodOf(common, node, member);
      add(draft);
      for (const each of properties) {
        const { browseName } = each;
        grown.push({ draft: each, parent: id, name: { en: browseName, sv: inSwedish(browseName) } });
      }
      return;
    }
    const narrowed = member?.kind === 'part' && member.type ? getType(space, member.type) : undefined;
    const below = declarationsBelow(declared, narrowed ?? typeOf(node));
    if (isObject(node)) {
      const typeDefinition = narrowed?.nodeId ?? node.typeDefinition;
      add({ ...common, kind: 'place', typeDefinition } satisfies Draft<LinePlace>);
      const machine = narrowed ?? typeOf(node);
      descend(id, path, below, withStates(space, machine, path, given));
      return;
    }
    const shown = member ?? (name === 'StateNumber' ? fixed(node.readValue().value.value) : undefined);
    if (shown?.kind !== 'value') throw lacks(instance, path);
    add(variableOf(space, common, node, shown));
    descend(id, path, below, given);
  };

  descend(instance.id, '', [type], withStates(space, type, '', instance.members));
  const unknown = Object.keys(instance.members).find(
    (path) => !used.has(path) && instance.members[path].kind !== 'state',
  );
  if (unknown !== undefined) throw new Error(`${instance.id}: ${instance.type[1]} has no ${unknown}.`);
  return { grown, claimed };
}

type Members = Instance['members'];
type Common = Pick<Draft<LinePlace>, 'id' | 'browseName' | 'browseUri' | 'reference'>;

const join = (path: string, name: string): string => (path === '' ? name : `${path}/${name}`);
const isPlaceholder = ({ rule }: Declared): boolean => rule.endsWith('Placeholder');

/** First names of what members hold below a path. */
function namesBelow(members: Members, path: string): string[] {
  const begin = path === '' ? '' : `${path}/`;
  const below = Object.keys(members).filter((key) => key.startsWith(begin) && key.length > begin.length);
  return [...new Set(below.map((key) => key.slice(begin.length).split('/')[0]))];
}

/** Whether a member goes with a placeholder: only objects are named by whoever instantiates a type. */
function fits(space: AddressSpace, member: Member | undefined, { node }: Declared): boolean {
  if (!isObject(node) || (member !== undefined && member.kind !== 'part')) return false;
  const wanted = typeOf(node);
  if (!member?.type || !wanted) return true;
  const type = getType(space, member.type);
  return type === wanted || type.isSubtypeOf(wanted);
}

const lacks = ({ id, type: [, name] }: Instance, path: string): Error =>
  new Error(`${id}: ${name} demands ${path}, and no member gives it.`);

function variableOf(
  space: AddressSpace,
  common: Common,
  node: UAVariable,
  member: Member & { kind: 'value' },
): Draft<LineVariable> {
  const builtIn = member.dataType ?? space.findCorrespondingBasicDataType(node.dataType);
  const isArray = node.valueRank >= 1;
  const type = node.typeDefinitionObj.browseName.name === 'PropertyType' ? 'PropertyType' : 'BaseDataVariableType';
  return {
    ...common,
    ...{ kind: 'variable', type, isArray, dataType: member.dataType ?? node.dataType },
    ...(type !== 'PropertyType' && { typeDefinition: node.typeDefinition }),
    ...(member.signal === undefined
      ? { isFixed: member.changes !== true }
      : { signal: member.signal, needs: member.signal }),
    blank: variantOf(builtIn, isArray, isArray ? [] : blanks[DataType[builtIn]]),
    read(visit: Visit) {
      const { value, sourceMs, status } = member.show(visit);
      const made = reading(DataType.Null, null, sourceMs);
      made.value = variantOf(builtIn, isArray, value);
      if (member.signal !== undefined) {
        const { status: quality } = visit.sample(member.signal);
        if (quality !== undefined) made.statusCode = StatusCodes[quality];
      }
      if (status) made.statusCode = status;
      if (made.statusCode.isBad()) made.value = new Variant({ dataType: DataType.Null });
      return made;
    },
  };
}

const blanks: Readonly<Record<string, unknown>> = {
  ...{ Boolean: false, DateTime: new Date(0), String: '', LocalizedText: { text: '' }, ExtensionObject: null },
  ...{ SByte: 0, Byte: 0, Int16: 0, UInt16: 0, Int32: 0, UInt32: 0, Float: 0, Double: 0, NodeId: new NodeId() },
};

/** A value that is not known is no value, of no type. */
const variantOf = (dataType: DataType, isArray: boolean, value: unknown): Variant => {
  const arrayType = isArray ? VariantArrayType.Array : VariantArrayType.Scalar;
  const made = new Variant({ dataType, arrayType, value });
  return isBlank({ value: made }) ? new Variant({ dataType: DataType.Null }) : made;
};

function methodOf(
  common: Common,
  node: UAMethod,
  member: Member & { kind: 'call' },
): [Draft<LineMethod>, ...Draft<LineVariable>[]] {
  const described = (given: ReturnType<UAMethod['getInputArguments']>): LineArgument[] =>
    given.map(({ name, dataType, valueRank, description }) => ({
      name: name ?? '',
      dataType: dataType,
      ...(valueRank >= 1 && { isArray: true }),
      about: { en: description.text ?? name ?? '', sv: inSwedish(name ?? '') },
    }));
  const [inputs, outputs] = [described(node.getInputArguments()), described(node.getOutputArguments())];
  const { needs } = member;
  const call = (visit: Visit, given: readonly Variant[]) => member.call(visit, given);
  const properties = [
    ...(inputs.length > 0 ? [argumentsProperty(common.id, 'InputArguments', inputs)] : []),
    ...(outputs.length > 0 ? [argumentsProperty(common.id, 'OutputArguments', outputs)] : []),
  ];
  return [{ ...common, kind: 'method', needs, declaration: node.nodeId, inputs, outputs, call }, ...properties];
}
