import { type NumberField, f64, type OtherSetting, type ParameterShape, u32, u8 } from '#simulator/kernel/fields.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import type { Text } from './signal.ts';

/** The name and text of a parameter that may be changed while the cell runs; without it only a definition sets it. */
export interface Shown {
  /** PascalCase, within the station: `Belt.Speed`. */
  readonly path: string;
  readonly text: Text;
  /** A setting of the same station that this one must stay below. */
  readonly atMost?: OtherSetting;
}

export interface Limits {
  readonly fallback?: number;
  readonly min?: number;
  readonly max?: number;
  readonly shown?: Shown;
}

interface Kind {
  readonly type: 'number' | 'count';
  readonly unit: string;
  /** Turns the outside unit into the one in the slab. */
  readonly scale: number;
}

/** A number that a definition, or a command if it is shown, may set. */
function parameter({ type, unit, scale }: Kind, { fallback, min = 0, max = Infinity, shown }: Limits): NumberField {
  const isWhole = type === 'count';
  const write = (owner: object, name: string, value: unknown): void => {
    const label = shown?.path ?? name;
    const wanted =
      `${isWhole ? 'a whole number' : 'a number'} from ${min} to ${max} ${unit === '1' ? '' : unit}`.trim();
    if (
      typeof value !== 'number' ||
      Number.isNaN(value) ||
      (isWhole && value < Infinity && value !== Math.floor(value))
    ) {
      throw new Refusal(`${JSON.stringify(value)} is no value for ${label}.`, `Give ${wanted}.`, 'wrong_type');
    }
    if (value < min || value > max) {
      throw new Refusal(`${value} is out of range for ${label}.`, `Give ${wanted}.`, 'out_of_range');
    }
    Object.assign(owner, { [name]: scale === 1 ? value : Math.round(value * scale) });
  };
  const read = (owner: object, name: string): number => (owner as Record<string, number>)[name] / scale;
  const shape: ParameterShape | undefined = shown && { ...shown, type, unit, range: [min, max] };
  return { ...f64(), setting: { write, read, ...(shape && { shape }), ...(fallback !== undefined && { fallback }) } };
}

/** `unit` is a UCUM code. */
export const quantity = (unit: string, limits: Limits = {}): NumberField =>
  parameter({ type: 'number', unit, scale: 1 }, limits);
/** A whole number: of things, unless `unit` says of what. */
export const count = (limits: Limits = {}, unit = '1'): NumberField =>
  parameter({ type: 'count', unit, scale: 1 }, limits);
/** Seconds outside, microseconds inside. */
export const duration = (limits: Limits = {}): NumberField =>
  parameter({ type: 'number', unit: 's', scale: SECOND }, limits);

/** A duration of an hour at most, which takes half the room. */
export const shortDuration = (limits: Limits = {}): NumberField => ({
  ...duration({ max: 3600, ...limits }),
  ...u32(),
});

/** One of a few words; the slab holds its index. The first word is the fallback. */
export const choice = (...words: readonly string[]): NumberField => chosen(words);
/** The same, for those who may change it while the cell runs. */
export const shownChoice = (shown: Shown, ...words: readonly string[]): NumberField => chosen(words, shown);

function chosen(words: readonly string[], shown?: Shown): NumberField {
  const write = (owner: object, name: string, value: unknown): void => {
    const index = words.indexOf(String(value));
    if (index < 0) {
      throw new Refusal(
        `${JSON.stringify(value)} is no value for ${shown?.path ?? name}.`,
        `Choose ${words.join(' or ')}.`,
        'out_of_range',
      );
    }
    Object.assign(owner, { [name]: index });
  };
  const read = (owner: object, name: string): string => words[(owner as Record<string, number>)[name]];
  const shape: ParameterShape | undefined = shown && { ...shown, type: 'choice', unit: '1', choices: words };
  return { ...u8(), setting: { write, read, fallback: words[0], ...(shape && { shape }) } };
}
