import type { ParameterShape } from '#simulator/kernel/fields.ts';
import { didYouMean } from '#simulator/kernel/nearest.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';

/** Something that a command may address; see `simulator/cell/targets.ts`. */
export interface CommandedTarget {
  readonly path: string;
  readonly station: string;
  readonly hidden: boolean;
  readonly shape?: ParameterShape;
  obey(t: number, value: unknown, unit: string | undefined): void;
}

/** What anyone may address in a cell, by its place: a slab remembers a target, and its value, as two numbers. */
export class Commanded {
  private all: readonly CommandedTarget[] = [];
  private readonly places = new Map<string, number>();

  connect(targets: Iterable<CommandedTarget>): void {
    this.all = [...targets].filter(({ hidden }) => !hidden);
    this.all.forEach(({ path }, place) => this.places.set(path, place));
  }

  at(place: number): CommandedTarget {
    return this.all[place];
  }

  find(path: string): number | undefined {
    return this.places.get(path);
  }

  /** @param kind `parameter` or `command`, which is what is looked for; either if left out. */
  placeOf(path: string, kind?: 'parameter' | 'command'): number {
    const place = this.places.get(path);
    const isFitting = ({ shape }: CommandedTarget) =>
      kind === undefined || (kind === 'parameter') === (shape !== undefined);
    if (place !== undefined && isFitting(this.all[place])) return place;
    const known = this.all.filter(isFitting).map((target) => target.path);
    const can = kind === 'command' ? 'command' : 'parameter';
    const message = `There is no ${can} "${path}" that can be ${can === 'command' ? 'given' : 'written'}.`;
    throw new Refusal(message, `See the catalogue.${didYouMean(path, known)}`, 'unknown_target');
  }

  /** As a number; throws a Refusal if the target takes none such. */
  numberOf(place: number, value: unknown): number {
    const { path, shape } = this.all[place];
    const name = path.slice(path.indexOf('.') + 1);
    if (shape === undefined) {
      if (value === undefined) return NaN;
      if (typeof value === 'number') return value;
      throw new Refusal(
        `${JSON.stringify(value)} is no value for ${name}.`,
        'Give a number, or nothing.',
        'wrong_type',
      );
    }
    const { choices, range = [-Infinity, Infinity], unit } = shape;
    const number = choices ? choices.indexOf(String(value)) : value;
    if (choices && number === -1) {
      throw new Refusal(
        `${JSON.stringify(value)} is no value for ${name}.`,
        `Choose ${choices.join(' or ')}.`,
        'out_of_range',
      );
    }
    const wanted = `Give a number from ${range[0]} to ${range[1]} ${unit}.`;
    if (typeof number !== 'number' || Number.isNaN(number)) {
      throw new Refusal(`${JSON.stringify(value)} is no value for ${name}.`, wanted, 'wrong_type');
    }
    if (!choices && (number < range[0] || number > range[1])) {
      throw new Refusal(`${number} is out of range for ${name}.`, wanted, 'out_of_range');
    }
    return number;
  }

  /** The value that a number stands for. */
  valueOf(place: number, number: number): unknown {
    if (Number.isNaN(number)) return undefined;
    return this.all[place].shape?.choices?.[number] ?? number;
  }
}
