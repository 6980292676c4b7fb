import { type NumberField, f64, u8 } from '#simulator/kernel/fields.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';

export interface Limits {
  readonly fallback?: number;
  readonly min?: number;
  readonly max?: number;
}

/** A number that a definition or a command may set. `scale` turns the outside unit into the one in the slab. */
function parameter(unit: string, { fallback, min = 0, max = Infinity }: Limits, scale = 1, whole = false): NumberField {
  const write = (owner: object, name: string, value: unknown): void => {
    if (typeof value !== 'number' || !(value >= min && value <= max) || (whole && value !== Math.floor(value))) {
      const wanted = `${whole ? 'a whole number' : 'a number'} from ${min} to ${max} ${unit}`.trim();
      throw new Refusal(`${JSON.stringify(value)} is no value for ${name}.`, `Give ${wanted}.`);
    }
    Object.assign(owner, { [name]: scale === 1 ? value : Math.round(value * scale) });
  };
  return { ...f64(), setting: { write, ...(fallback === undefined ? {} : { fallback }) } };
}

/** `unit` is a UCUM code. */
export const quantity = (unit: string, limits: Limits = {}): NumberField => parameter(unit, limits);
export const count = (limits: Limits = {}): NumberField => parameter('', limits, 1, true);
/** Seconds outside, microseconds inside. */
export const duration = (limits: Limits = {}): NumberField => parameter('s', limits, SECOND);

/** One of a few words; the slab holds its index. The first word is the fallback. */
export function choice(...words: readonly string[]): NumberField {
  const write = (owner: object, name: string, value: unknown): void => {
    const index = words.indexOf(String(value));
    if (index < 0) throw new Refusal(`"${value}" is no value for ${name}.`, `Choose ${words.join(' or ')}.`);
    Object.assign(owner, { [name]: index });
  };
  return { ...u8(), setting: { write, fallback: words[0] } };
}
