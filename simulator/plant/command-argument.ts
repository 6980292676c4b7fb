import { Refusal } from '#simulator/kernel/refusal.ts';
import type { Text } from './signal.ts';
import { text } from './texts.ts';

interface Common {
  /** PascalCase: the name of the input argument of the OPC UA method. */
  readonly name: string;
  readonly text: Text;
}
interface NumberArgument extends Common {
  readonly kind: 'number' | 'integer';
  /** UCUM code. */
  readonly unit: string;
  readonly range: readonly [low: number, high: number];
}
/** One of a few values, all of them texts or all of them whole numbers. */
interface ChoiceArgument extends Common {
  readonly kind: 'choice';
  readonly choices: readonly ArgumentChoice[];
}
interface StationArgument extends Common {
  readonly kind: 'station';
  /** Ids of the stations that it may be. */
  readonly stations: readonly string[];
}
interface TextArgument extends Common {
  readonly kind: 'text';
  readonly example: string;
}
/** A JSON object; doors that know no objects give its text. */
interface ObjectArgument extends Common {
  readonly kind: 'object';
  readonly example: string;
}
export interface ArgumentChoice {
  readonly value: string | number;
  readonly text: Text;
}

/** The value that a command wants to be given with it. */
export type CommandArgument = NumberArgument | ChoiceArgument | StationArgument | TextArgument | ObjectArgument;

/** A whole number; the unit of a count is 1. */
export const wholeNumber = (name: string, en: string, sv: string, low = 1, high = 4e9): CommandArgument => ({
  ...{ kind: 'integer', name, unit: '1', range: [low, high] },
  ...text(en, sv),
});
export const oneOf = (name: string, en: string, sv: string, choices: readonly ArgumentChoice[]): CommandArgument => ({
  ...{ kind: 'choice', name, choices },
  ...text(en, sv),
});
export const stationOf = (name: string, en: string, sv: string, stations: readonly string[]): CommandArgument => ({
  ...{ kind: 'station', name, stations },
  ...text(en, sv),
});
export const words = (name: string, en: string, sv: string, example: string): CommandArgument => ({
  ...{ kind: 'text', name, example },
  ...text(en, sv),
});
export const jsonObject = (name: string, en: string, sv: string, example: string): CommandArgument => ({
  ...{ kind: 'object', name, example },
  ...text(en, sv),
});

/** Names as choices that speak for themselves. */
export const named = (names: readonly string[]): ArgumentChoice[] =>
  names.map((value) => ({ value, ...text(value, value) }));

/** What to give, in words: `Give the station behind the gate: ST03, ST04 or ST05.` */
export function whatToGive(argument: CommandArgument): string {
  const { en } = argument.text;
  const what = `Give ${en.charAt(0).toLowerCase()}${en.slice(1)}`;
  switch (argument.kind) {
    case 'number':
    case 'integer': {
      const [low, high] = argument.range;
      const kind = argument.kind === 'integer' ? 'a whole number' : 'a number';
      return `${what}: ${kind} from ${low} to ${high} ${argument.unit === '1' ? '' : argument.unit}`.trim() + '.';
    }
    case 'choice':
      return `${what}: ${listed(argument.choices.map(({ value, text }) => meant(value, text.en)))}.`;
    case 'station':
      return `${what}: ${listed(argument.stations)}.`;
    default:
      return `${what}, such as ${argument.example}`;
  }
}

/** Lets a command act; if it was given no value and refuses that, the refusal says what to give. */
export function withValue(argument: CommandArgument | undefined, value: unknown, act: () => void): void {
  try {
    act();
  } catch (error) {
    const isMissing = argument !== undefined && (value === undefined || value === null);
    if (!isMissing || !(error instanceof Refusal) || error.code === 'wrong_state') throw error;
    if ('example' in argument && error.hint.includes(argument.example)) throw error;
    throw new Refusal(error.message.slice(0, -error.hint.length - 1), whatToGive(argument), error.code);
  }
}

const meant = (value: string | number, word: string): string => (String(value) === word ? word : `${value} (${word})`);
const listed = (all: readonly string[]): string =>
  all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} or ${all.at(-1)!}`;
