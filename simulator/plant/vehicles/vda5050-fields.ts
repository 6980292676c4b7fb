import { Refusal, type RefusalCode } from '#simulator/kernel/refusal.ts';
import { LONGEST_ID } from './vehicle-order.ts';

/** Error types of VDA 5050 2.1.0, 6.6.3.2 and 6.6.4 and figure 8 there. */
export type OrderErrorType = 'validationError' | 'orderError' | 'orderUpdateError' | 'noRouteError' | 'noOrderToCancel';

/** A refusal whose message begins with the error type; a field is named by its path, as in `nodes[1].nodePosition`. */
export const rejected = (
  type: OrderErrorType,
  what: string,
  hint: string,
  code: RefusalCode = 'wrong_state',
): Refusal => new Refusal(`${type}: ${what}`, hint, code);

/** A JSON object of a message, and where in the message it stands: empty for the message itself. */
export interface Part {
  readonly data: Readonly<Record<string, unknown>>;
  readonly path: string;
}

export const shown = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 60);

export const pathOf = ({ path }: Part, name: string): string => (path === '' ? name : `${path}.${name}`);

const malformed = (what: string, hint: string): Refusal => rejected('validationError', what, hint, 'wrong_type');

/** The message itself, or its JSON text. */
export function readMessage(value: unknown): Part {
  let message = value;
  if (typeof value === 'string') {
    try {
      message = JSON.parse(value);
    } catch {
      throw malformed('the text is no JSON.', 'Give a VDA 5050 message.');
    }
  }
  return readPart(message, '');
}

function readPart(value: unknown, path: string): Part {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return { data: value as Part['data'], path };
  }
  throw malformed(`${path || 'The message'} is ${shown(value)}.`, 'Give an object.');
}

export function readList(part: Part, name: string): readonly Part[] {
  const value = part.data[name];
  const path = pathOf(part, name);
  if (!Array.isArray(value)) throw malformed(`${path} is ${shown(value)}.`, 'Give a list.');
  return value.map((each, k) => readPart(each, `${path}[${k}]`));
}

/** A list that may be left out. */
export const findList = (part: Part, name: string): readonly Part[] =>
  part.data[name] === undefined ? [] : readList(part, name);

/** An object that may be left out. */
export const findPart = (part: Part, name: string): Part | undefined =>
  part.data[name] === undefined ? undefined : readPart(part.data[name], pathOf(part, name));

export function readId(part: Part, name: string): string {
  const value = part.data[name];
  if (typeof value === 'string' && value.length > 0 && value.length <= LONGEST_ID && /^[\x21-\x7e]+$/.test(value)) {
    return value;
  }
  const hint = `Give 1 to ${LONGEST_ID} ASCII characters without blanks.`;
  throw malformed(`${pathOf(part, name)} is ${shown(value)}.`, hint);
}

export function readText(part: Part, name: string): string {
  const value = part.data[name];
  if (typeof value === 'string') return value;
  throw malformed(`${pathOf(part, name)} is ${shown(value)}.`, 'Give a text.');
}

export function readCount(part: Part, name: string): number {
  const value = part.data[name];
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xffffffff) return value;
  throw malformed(`${pathOf(part, name)} is ${shown(value)}.`, 'Give a whole number from 0.');
}

export function readNumber(part: Part, name: string): number {
  const value = part.data[name];
  if (typeof value === 'number') return value;
  throw malformed(`${pathOf(part, name)} is ${shown(value)}.`, 'Give a number.');
}

/** A number that may be left out. */
export const findNumber = (part: Part, name: string): number | undefined =>
  part.data[name] === undefined ? undefined : readNumber(part, name);

export function readFlag(part: Part, name: string): boolean {
  const value = part.data[name];
  if (typeof value === 'boolean') return value;
  throw malformed(`${pathOf(part, name)} is ${shown(value)}.`, 'Give true or false.');
}

export function readOneOf(part: Part, name: string, known: readonly string[]): string {
  const value = part.data[name];
  if (typeof value === 'string' && known.includes(value)) return value;
  throw malformed(`${pathOf(part, name)} is ${shown(value)}.`, `Give ${known.join(', ')}.`);
}

/** An optional field is never ignored (6.1.1): one that the vehicle cannot use refuses the message. */
export function mustNotHave(part: Part, names: readonly string[]): void {
  const name = names.find((each) => part.data[each] !== undefined);
  if (name === undefined) return;
  throw cannotUse(pathOf(part, name), 'Leave it out; the factsheet tells what it supports.');
}

export const cannotUse = (path: string, hint: string): Refusal =>
  rejected('orderError', `the vehicle cannot use ${path}.`, hint, 'not_allowed');
