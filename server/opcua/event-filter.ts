import {
  AttributeIds,
  type ContentFilter,
  type ContentFilterElement,
  DataType,
  ElementOperand,
  type EventFilter,
  FilterOperator,
  LiteralOperand,
  type NodeId,
  SimpleAttributeOperand,
  type Variant,
} from 'node-opcua';
import type { Language } from '#contract/text.ts';
import { kinOf } from './event-types.ts';
import { boolean, fieldOf, nodeIdValue, nothing, type PlantEvent } from './plant-event.ts';

/**
 * EventFilter (OPC 10000-4, 7.22.3) over events that are no nodes. The library's own evaluation looks fields up in the
 * shared address space, knows InList for NodeIds only, and neither IsNull, Like nor 64-bit numbers.
 */
interface Seen {
  readonly event: PlantEvent;
  readonly language: Language;
}

/** One event under one filter. */
interface Look extends Seen {
  readonly filter: ContentFilter;
  /** Elements by index. Each is looked at once: elements that share others would double the work at each step. */
  readonly known: Map<number, Truth>;
}

/** True, false, or NULL, which is neither (7.7.3). */
type Truth = boolean | undefined;

/** The fields that a client selected, in its order; what the event has not got is Null. */
export const selectFields = ({ selectClauses }: EventFilter, event: PlantEvent, language: Language): Variant[] =>
  (selectClauses ?? []).map((clause) => operandOf(clause, { event, language }));

export const passes = ({ whereClause }: EventFilter, event: PlantEvent, language: Language): boolean =>
  event.isUnfiltered === true ||
  !whereClause?.elements?.length ||
  truthAt(0, { event, language, filter: whereClause, known: new Map() }, 0) === true;

/** The type of a clause is not insisted on: clients name whichever type they found a field in. */
function operandOf({ browsePath, attributeId }: SimpleAttributeOperand, { event, language }: Seen): Variant {
  const path = browsePath ?? [];
  if (path.length === 0) {
    const { condition } = event;
    return AttributeIds[attributeId] === 'NodeId' && condition ? nodeIdValue(condition) : nothing();
  }
  if (AttributeIds[attributeId] !== 'Value') return nothing();
  return fieldOf(event, path.map(({ name }) => name ?? '').join('/'), language);
}

/** No filter is deeper than it is long; the library has refused those that go round. */
const DEEPEST = 100;

function truthAt(index: number, look: Look, depth: number): Truth {
  const { filter, known } = look;
  const element = filter.elements?.[index];
  if (!element || depth > DEEPEST) return undefined;
  if (!known.has(index)) known.set(index, truthOf(element, look, depth));
  return known.get(index);
}

function truthOf(element: ContentFilterElement, look: Look, depth: number): Truth {
  const operands = element.filterOperands ?? [];
  const truth = (n: number): Truth => {
    const operand: unknown = operands[n];
    if (operand instanceof ElementOperand) return truthAt(operand.index, look, depth + 1);
    const found = valueOf(operand, look);
    return found.dataType === DataType.Boolean ? (found.value as boolean) : undefined;
  };
  const value = (n: number): Variant => {
    const operand: unknown = operands[n];
    if (!(operand instanceof ElementOperand)) return valueOf(operand, look);
    const found = truthAt(operand.index, look, depth + 1);
    return found === undefined ? nothing() : boolean(found);
  };
  const ordered = (holds: (order: number) => boolean, a = 0, b = 1): Truth => {
    const order = compared(value(a), value(b));
    return order === undefined ? undefined : holds(order);
  };
  switch (element.filterOperator) {
    case FilterOperator.Equals:
      return equal(value(0), value(1));
    case FilterOperator.IsNull:
      return value(0).dataType === DataType.Null;
    case FilterOperator.GreaterThan:
      return ordered((order) => order > 0);
    case FilterOperator.LessThan:
      return ordered((order) => order < 0);
    case FilterOperator.GreaterThanOrEqual:
      return ordered((order) => order >= 0);
    case FilterOperator.LessThanOrEqual:
      return ordered((order) => order <= 0);
    case FilterOperator.Between:
      return and(
        ordered((order) => order >= 0),
        ordered((order) => order <= 0, 0, 2),
      );
    case FilterOperator.Like:
      return like(value(0), value(1));
    case FilterOperator.Not:
      return not(truth(0));
    case FilterOperator.And:
      return and(truth(0), truth(1));
    case FilterOperator.Or:
      return not(and(not(truth(0)), not(truth(1))));
    case FilterOperator.InList:
      return operands.slice(1).some((_, n) => equal(value(0), value(n + 1)) === true);
    case FilterOperator.OfType:
      return isOfType(value(0), look.event);
    default:
      return undefined;
  }
}

function valueOf(operand: unknown, seen: Seen): Variant {
  if (operand instanceof LiteralOperand) return operand.value;
  return operand instanceof SimpleAttributeOperand ? operandOf(operand, seen) : nothing();
}

const not = (a: Truth): Truth => (a === undefined ? undefined : !a);
const and = (a: Truth, b: Truth): Truth => {
  if (a === false || b === false) return false;
  return a === undefined || b === undefined ? undefined : true;
};

const isOfType = ({ dataType, value }: Variant, { type }: PlantEvent): Truth =>
  dataType === DataType.NodeId && kinOf(type).has((value as NodeId).toString());

function equal(a: Variant, b: Variant): Truth {
  if (a.dataType === DataType.Null || b.dataType === DataType.Null) return undefined;
  const [left, right] = [plain(a), plain(b)];
  if (typeof left === typeof right) return left === right;
  const order = compared(a, b);
  return order === undefined ? false : order === 0;
}

/** Below, at or above 0; undefined where there is no order. A text that is compared with a number is read as one. */
function compared(a: Variant, b: Variant): number | undefined {
  const [left, right] = [plain(a), plain(b)];
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : Number(left > right);
  const difference = toNumber(left) - toNumber(right);
  return Number.isNaN(difference) ? undefined : difference;
}

const toNumber = (value: string | number | boolean | undefined): number =>
  value === undefined || value === '' ? NaN : Number(value);

/** A value as something that can be compared. */
function plain({ dataType, value }: Variant): string | number | boolean | undefined {
  if (value === null || value === undefined) return undefined;
  switch (dataType) {
    case DataType.DateTime:
      return (value as Date).getTime();
    case DataType.ByteString:
      return (value as Buffer).toString('hex');
    case DataType.LocalizedText:
      return (value as { text?: string | null }).text ?? '';
    case DataType.QualifiedName:
      return (value as { name?: string | null }).name ?? '';
    case DataType.Int64:
    case DataType.UInt64: {
      const [high, low] = value as [number, number];
      return high * 2 ** 32 + low;
    }
    case DataType.StatusCode:
      return (value as { value: number }).value;
    default:
      return typeof value === 'number' || typeof value === 'boolean' ? value : String(value);
  }
}

/** `%` any text, `_` one character, `[abc]` one of these, `[^abc]` none, `\` takes a sign as it is (table 120). */
function like(text: Variant, pattern: Variant): Truth {
  const [value, form] = [plain(text), plain(pattern)];
  if (typeof value !== 'string' || typeof form !== 'string' || form.length > 200) return undefined;
  return fits(value.slice(0, 1000), 0, partsOf(form));
}

type Part = 'any' | ((character: string) => boolean);

function partsOf(form: string): Part[] {
  const parts: Part[] = [];
  for (let k = 0; k < form.length; k++) {
    const sign = form[k];
    const close = sign === '[' ? form.indexOf(']', k + 2) : -1;
    if (sign === '%') parts.push('any');
    else if (sign === '_') parts.push(() => true);
    else if (close > 0) {
      const isNone = form[k + 1] === '^';
      const set = form.slice(isNone ? k + 2 : k + 1, close);
      parts.push((character) => isAmong(set, character) !== isNone);
      k = close;
    } else {
      const wanted = sign === '\\' && k + 1 < form.length ? form[++k] : sign;
      parts.push((character) => character === wanted);
    }
  }
  return parts;
}

function isAmong(set: string, character: string): boolean {
  for (let k = 0; k < set.length; k++) {
    if (set[k + 1] === '-' && k + 2 < set.length) {
      if (character >= set[k] && character <= set[k + 2]) return true;
      k += 2;
    } else if (set[k] === character) return true;
  }
  return false;
}

/** In the product of the two lengths, whatever the pattern: the latest `%` takes in one character more at a time. */
function fits(text: string, start: number, parts: readonly Part[]): boolean {
  let [at, part, retryPart, retryAt] = [start, 0, -1, 0];
  while (at < text.length) {
    const wanted = parts[part] as Part | undefined;
    if (wanted === 'any') [retryPart, retryAt, part] = [part, at, part + 1];
    else if (wanted?.(text[at])) [at, part] = [at + 1, part + 1];
    else if (retryPart >= 0) [retryAt, at, part] = [retryAt + 1, retryAt + 1, retryPart + 1];
    else return false;
  }
  return parts.slice(part).every((each) => each === 'any');
}
