import type { ParameterView } from '#contract/cell-view.ts';
import { z } from 'zod';
import { MOST_FORKS, MOST_HOURS, type WhatIfRequest } from '#contract/what-if.ts';
import type { Key } from '../../i18n/catalogue.ts';
import { numberIn } from '../../i18n/number-in.ts';

/** A setting that a variant changes, as it is typed. */
const PlannedChange = z.object({ path: z.string(), text: z.string() }).readonly();
export type PlannedChange = z.infer<typeof PlannedChange>;

/** Its name is a letter. */
const PlannedVariant = z.object({ name: z.string(), changes: z.array(PlannedChange).readonly() }).readonly();
export type PlannedVariant = z.infer<typeof PlannedVariant>;

/** The question as it stands in the form. */
export const Plan = z
  .object({
    variants: z.array(PlannedVariant).readonly(),
    ...{ hours: z.string(), forks: z.string(), commonNumbers: z.boolean() },
  })
  .readonly();
export type Plan = z.infer<typeof Plan>;

/** What is wrong with something that was typed: a sentence, and the limits that it names. */
export interface Wrong {
  readonly key: Extract<Key, 'whatIf.missing' | 'whatIf.notNumber' | 'whatIf.notWhole' | 'whatIf.outside'>;
  readonly low: number;
  readonly high: number;
}

export const LETTERS = ['A', 'B', 'C'] as const;
export const HOURS = [0.1, MOST_HOURS] as const;
export const FORKS = [2, MOST_FORKS] as const;

export const FIRST_PLAN: Plan = {
  variants: [{ name: LETTERS[0], changes: [] }],
  ...{ hours: '5', forks: '32', commonNumbers: true },
};

export function wrongNumber(text: string, [low, high]: readonly [number, number], isWhole: boolean): Wrong | undefined {
  const value = numberIn(text);
  const limits = { low, high };
  if (text.trim() === '') return { key: 'whatIf.missing', ...limits };
  if (Number.isNaN(value)) return { key: 'whatIf.notNumber', ...limits };
  if (isWhole && !Number.isInteger(value)) return { key: 'whatIf.notWhole', ...limits };
  return value < low || value > high ? { key: 'whatIf.outside', ...limits } : undefined;
}

export function wrongChange(parameter: ParameterView, text: string): Wrong | undefined {
  const { type, range = [-Infinity, Infinity] } = parameter;
  if (type === 'choice') return text === '' ? { key: 'whatIf.missing', low: 0, high: 0 } : undefined;
  return wrongNumber(text, range, type === 'count');
}

/** The question as the server takes it; undefined as long as something is wrong. */
export function requestOf(
  { variants, hours, forks, commonNumbers }: Plan,
  parameters: ReadonlyMap<string, ParameterView>,
  asItIs: string,
): WhatIfRequest | undefined {
  if (wrongNumber(hours, HOURS, false) ?? wrongNumber(forks, FORKS, true)) return undefined;
  const planned = variants.map(({ name, changes }) => ({
    name,
    changes: changes.flatMap(({ path, text }) => {
      const parameter = parameters.get(path);
      if (parameter === undefined || wrongChange(parameter, text)) return [];
      return [{ target: path, value: parameter.type === 'choice' ? text : numberIn(text) }];
    }),
  }));
  if (planned.some(({ changes }, k) => changes.length < variants[k].changes.length)) return undefined;
  return {
    variants: [{ name: asItIs, changes: [] }, ...planned],
    ...{ hours: numberIn(hours), forks: numberIn(forks), commonNumbers },
  };
}
