import { DataType } from 'node-opcua';
import type { CommandArgumentView } from '#contract/cell-view.ts';
import type { LineArgument } from './line-node.ts';

type Language = 'en' | 'sv';

/** The input argument of a method for the value that its command wants. An object is given as JSON text. */
export const inputOf = (wants: CommandArgumentView): LineArgument => ({
  name: wants.name,
  dataType: dataTypeOf(wants),
  about: { en: about(wants, 'en'), sv: about(wants, 'sv') },
});

function about({ kind, text, choices = [], ...more }: CommandArgumentView, language: Language): string {
  const what = text[language];
  const example = more.example ?? choices[0]?.value;
  if (isNumbered(choices))
    return `${what}: ${choices.map(({ value, text }) => `${value} ${text[language]}`).join(', ')}`;
  if (example === undefined) return what;
  const json = kind === 'object' ? { en: ' as JSON', sv: ' som JSON' }[language] : '';
  return `${what}${json}, ${{ en: 'such as', sv: 'till exempel' }[language]} ${String(example)}`;
}

function dataTypeOf({ kind, range = [0, 0], choices = [] }: CommandArgumentView): DataType {
  if (kind === 'number') return DataType.Double;
  if (kind === 'integer') return range[0] < 0 ? DataType.Int32 : DataType.UInt32;
  return isNumbered(choices) ? DataType.Int32 : DataType.String;
}

const isNumbered = (choices: readonly { readonly value: string | number }[]): boolean =>
  choices.length > 0 && choices.every(({ value }) => typeof value === 'number');
