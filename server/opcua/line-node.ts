import { type DataType, type DataValue, type NodeId, NodeIdType, type StatusCode, type Variant } from 'node-opcua';
import type { Text } from '#contract/text.ts';
import { LINE_NAMESPACE_INDEX, type LineDefinition } from './line-definition.ts';
import type { Visit } from './visit.ts';

/** How a node appears in the cells of one definition. */
export interface Appearance {
  /** Its DisplayName. */
  readonly name: Text;
  /** Its Description. */
  readonly about?: Text;
  /** Id of the node that it belongs to; without one it stands under Objects. */
  readonly parent?: string;
}

interface Common {
  /** The string of its NodeId: `ST03.Spindle.Load`. Places above the stations are called by their topic. */
  readonly id: string;
  readonly browseName: string;
  readonly appearances: Map<LineDefinition, Appearance>;
  /** The signal, command or parameter that a cell must have to have this node. */
  readonly needs?: string;
  /** Namespace of its browse name; without it that of the lines. */
  readonly browseUri?: string;
  /** Its type in a companion specification. */
  readonly typeDefinition?: NodeId;
  /** How its parent refers to it, where that is not the usual way. */
  readonly reference?: string;
  /** What refers to it beside its parents. */
  readonly links?: readonly Link[];
}

/** A reference from another node: one of the lines, by its id, or one of a companion specification. */
export interface Link {
  readonly from: string | NodeId;
  /** `Organizes` */
  readonly reference: string;
}

/** An enterprise, a site, an area, a line, a station or a component of one. */
export interface LinePlace extends Common {
  readonly kind: 'place';
}

/** What became of a write or a call, and the reason when it was refused. */
export interface Outcome {
  readonly status: StatusCode;
  readonly reason?: string;
  readonly outputs?: readonly Variant[];
}

export interface LineVariable extends Common {
  readonly kind: 'variable';
  readonly type: 'AnalogItemType' | 'MultiStateValueDiscreteType' | 'BaseDataVariableType' | 'PropertyType';
  /** A built-in type, or the name of a structure of the standard. */
  readonly dataType: DataType | 'Range' | 'EUInformation' | 'EnumValueType' | 'Argument' | NodeId;
  readonly isArray?: boolean;
  /** UCUM code. */
  readonly unit?: string;
  /** The signal whose samples it shows, by path. */
  readonly signal?: string;
  readonly hasHistory?: boolean;
  /** It never changes while its cell is the same. */
  readonly isFixed?: boolean;
  /** Its value while nobody in particular asks. */
  readonly blank: Variant;
  read(visit: Visit): DataValue;
  write?(visit: Visit, value: Variant): Promise<Outcome>;
}

export interface LineArgument {
  readonly name: string;
  readonly dataType: DataType | NodeId;
  readonly isArray?: boolean;
  readonly about: Text;
}

export interface LineMethod extends Common {
  readonly kind: 'method';
  readonly inputs: readonly LineArgument[];
  readonly outputs: readonly LineArgument[];
  /** The method of a type that it is an instance of. */
  readonly declaration?: NodeId;
  call(visit: Visit, inputs: readonly Variant[]): Promise<Outcome>;
}

/** A node before it is known in which definitions it appears. */
export type Draft<N extends LineNode = LineNode> = N extends LineNode ? Omit<N, 'appearances'> : never;

export type LineNode = LinePlace | LineVariable | LineMethod;

/** The string of a NodeId of the line; undefined for nodes of OPC UA itself and of the server. */
export function lineId({ namespace, identifierType, value }: NodeId): string | undefined {
  return namespace === LINE_NAMESPACE_INDEX && identifierType === NodeIdType.STRING ? (value as string) : undefined;
}
