import type { CommandArgumentView, ParameterView } from '#contract/cell-view.ts';
import { choiceText } from '../../i18n/choice-words.ts';
import { numberIn } from '../../i18n/number-in.ts';

export type Value = number | string | Record<string, unknown>;

/** What is asked for: by a command, or to set a parameter. */
export type Wanted = Pick<CommandArgumentView, 'kind' | 'unit' | 'range' | 'choices' | 'example'>;

/** A typed text as the value that it means, or why it means none. */
export type Typed = { readonly value: Value } | { readonly problem: 'empty' | 'number' | 'whole' | 'range' | 'object' };

/** A parameter asks as a command does. */
export const wantedOf = ({ type, unit, range, choices }: ParameterView): Wanted => ({
  kind: type === 'choice' ? 'choice' : type === 'count' ? 'integer' : 'number',
  unit,
  ...(range && { range }),
  ...(choices && { choices: choices.map((value) => ({ value, text: choiceText(value) })) }),
});

export function readTyped({ kind, range, choices }: Wanted, text: string): Typed {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'empty' };
  switch (kind) {
    case 'number':
    case 'integer':
      return readNumber(trimmed, kind === 'integer', range);
    case 'choice':
    case 'station':
      return { value: choices?.find(({ value }) => String(value) === trimmed)?.value ?? trimmed };
    case 'text':
      return { value: trimmed };
    case 'object':
      return readObject(trimmed);
  }
}

function readNumber(text: string, isWhole: boolean, range: Wanted['range']): Typed {
  const value = numberIn(text);
  if (!Number.isFinite(value)) return { problem: 'number' };
  if (isWhole && !Number.isInteger(value)) return { problem: 'whole' };
  if (range && (value < range[0] || value > range[1])) return { problem: 'range' };
  return { value };
}

function readObject(text: string): Typed {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { value: value as Record<string, unknown> };
    }
  } catch {
    // Said below.
  }
  return { problem: 'object' };
}
