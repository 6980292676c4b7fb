import {
  Argument,
  DataType,
  EnumValueType,
  LocalizedText,
  makeNodeId,
  Range,
  Variant,
  VariantArrayType,
} from 'node-opcua';
import type { Language, Text } from '#contract/text.ts';
import type { Draft, LineArgument, LineVariable } from './line-node.ts';
import { reading, scalar } from './reading.ts';
import { engineeringUnits } from './units.ts';
import type { Visit } from './visit.ts';

const property = (
  owner: string,
  name: string,
  more: Pick<LineVariable, 'dataType' | 'blank' | 'read'> & Partial<LineVariable>,
): Draft<LineVariable> => ({
  kind: 'variable',
  id: `${owner}.${name}`,
  browseName: name,
  needs: owner,
  type: 'PropertyType',
  ...more,
});

export function rangeProperty(
  owner: string,
  blank: readonly [number, number],
  range: (visit: Visit) => readonly [number, number],
): Draft<LineVariable> {
  const made = ([low, high]: readonly [number, number]) => new Range({ low, high });
  return property(owner, 'EURange', {
    dataType: 'Range',
    blank: scalar(DataType.ExtensionObject, made(blank)),
    read: (visit) => reading(DataType.ExtensionObject, made(range(visit)), visit.startMs),
  });
}

export function unitProperty(owner: string, unit: string): Draft<LineVariable> {
  return property(owner, 'EngineeringUnits', {
    dataType: 'EUInformation',
    blank: scalar(DataType.ExtensionObject, engineeringUnits(unit)),
    read: (visit) => reading(DataType.ExtensionObject, engineeringUnits(unit, visit.language), visit.startMs),
  });
}

type Words = Readonly<Record<string, Text>>;

/** `EnumValues`: what each number means, in the language of the session. */
export const enumProperty = (owner: string, blank: Words, words: (visit: Visit) => Words): Draft<LineVariable> =>
  property(owner, 'EnumValues', {
    dataType: 'EnumValueType',
    isArray: true,
    ...structures((language, visit) =>
      Object.entries(visit ? words(visit) : blank).map(([value, text]) =>
        enumValue(Number(value), new LocalizedText({ locale: language, text: text[language] })),
      ),
    ),
  });

/** An Int64 is a pair of halves in the library. */
const enumValue = (value: number, displayName: LocalizedText) =>
  new EnumValueType({ value: [Math.floor(value / 2 ** 32) >>> 0, value >>> 0], displayName });

/** `InputArguments` or `OutputArguments` of a method. */
export const argumentsProperty = (
  owner: string,
  name: 'InputArguments' | 'OutputArguments',
  args: readonly LineArgument[],
): Draft<LineVariable> =>
  property(owner, name, {
    dataType: 'Argument',
    isArray: true,
    ...structures((language) =>
      args.map(
        ({ name, dataType, isArray, about }) =>
          new Argument({
            name,
            dataType: typeof dataType === 'number' ? makeNodeId(dataType) : dataType,
            valueRank: isArray ? 1 : -1,
            ...(isArray && { arrayDimensions: [0] }),
            description: { locale: language, text: about[language] },
          }),
      ),
    ),
  });

function structures(make: (language: Language, visit?: Visit) => object[]): Pick<LineVariable, 'blank' | 'read'> {
  const variant = (value: object[]) =>
    new Variant({ dataType: DataType.ExtensionObject, arrayType: VariantArrayType.Array, value });
  return {
    blank: variant(make('en')),
    read: (visit) => {
      const made = reading(DataType.ExtensionObject, null, visit.startMs);
      made.value = variant(make(visit.language, visit));
      return made;
    },
  };
}

/** `ValueAsText`: the word for the present value, in the language of the session. `text` gives it and its source time. */
export const textProperty = (
  owner: string,
  signal: string | undefined,
  text: (visit: Visit) => readonly [text: string, sourceMs: number],
): Draft<LineVariable> =>
  property(owner, 'ValueAsText', {
    dataType: DataType.LocalizedText,
    ...(signal === undefined ? {} : { signal }),
    blank: scalar(DataType.LocalizedText, new LocalizedText({ text: '' })),
    read: (visit) => {
      const [found, sourceMs] = text(visit);
      return reading(DataType.LocalizedText, new LocalizedText({ locale: visit.language, text: found }), sourceMs);
    },
  });
