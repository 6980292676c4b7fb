import type { DataType, StatusCode, Variant } from 'node-opcua';
import type { Text } from '#contract/text.ts';
import type { Outcome } from '../line-node.ts';
import type { Visit } from '../visit.ts';

/** Namespace URI and name of a type of a companion specification. */
export type TypeName = readonly [uri: string, name: string];

/** A value as a member shows it. */
export interface Shown {
  readonly value: unknown;
  /** ms since 1970 */
  readonly sourceMs: number;
  readonly status?: StatusCode;
}

/** What stands behind one member of a type. */
export type Member =
  | {
      readonly kind: 'value';
      /** The signal with which it changes; without one it never does. */
      readonly signal?: string;
      /** Where the type leaves it open. */
      readonly dataType?: DataType;
      readonly changes?: boolean;
      show(visit: Visit): Shown;
    }
  /** A finite state machine: the name of its present state, none while it is not active. */
  | { readonly kind: 'state'; readonly signal: string; readonly state: (value: number) => string | undefined }
  /** An object that has to be there although the type does not demand it; a placeholder's type may be narrowed. */
  | { readonly kind: 'part'; readonly type?: TypeName; readonly name?: Text }
  /** A node of the line that is this very thing: one node, several references. */
  | { readonly kind: 'same'; readonly id: string }
  | { readonly kind: 'call'; readonly needs: string; call(visit: Visit, inputs: readonly Variant[]): Promise<Outcome> };

/** An object of a companion specification. What its type demands and `members` does not give is an error at the start. */
export interface Instance {
  /** A node of the line, or the id of a new one. */
  readonly id: string;
  readonly type: TypeName;
  /** Namespace URI and browse name, if a specification gives it one. */
  readonly browseName?: TypeName;
  readonly name: Text;
  /** The node of the line that it belongs to. */
  readonly parent: string;
  readonly reference?: string;
  /** The signal that a cell must have to have it. */
  readonly needs: string;
  /** Nodes of the line that refer to it as well, as its parent does. */
  readonly owners?: readonly string[];
  /** Objects of companion specifications that refer to it: `[uri, name, reference]`. */
  readonly entries?: readonly (readonly [uri: string, name: string, reference: string])[];
  /** By path of browse names: `Identification/Manufacturer`. */
  readonly members: Readonly<Record<string, Member>>;
}

/** Never changes in a cell. */
export const fixed = (value: unknown, dataType?: DataType): Member => ({
  kind: 'value',
  ...(dataType !== undefined && { dataType }),
  show: (visit) => ({
    value: typeof value === 'function' ? (value as (visit: Visit) => unknown)(visit) : value,
    sourceMs: visit.startMs,
  }),
});

/** Follows a signal; what is bad there is bad here. */
export const follows = (signal: string, of: (value: number, visit: Visit) => unknown): Member => ({
  kind: 'value',
  signal,
  show(visit) {
    const sample = visit.sample(signal);
    return { value: of(sample.value, visit), sourceMs: visit.cell.epochMs(sample.tUs) };
  },
});

export const state = (signal: string, of: (value: number) => string | undefined): Member => ({
  kind: 'state',
  signal,
  state: of,
});

export const part = (type?: TypeName, name?: Text): Member => ({
  kind: 'part',
  ...(type && { type }),
  ...(name && { name }),
});

export const same = (id: string): Member => ({ kind: 'same', id });
