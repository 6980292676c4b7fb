/** Units that answers may be typed in: UCUM code, factor to the first of its group, and other ways to write it. */
const GROUPS: readonly (readonly (readonly [code: string, factor: number, ...also: string[]])[])[] = [
  [
    ['s', 1, 'sec', 'second', 'seconds', 'sek', 'sekund', 'sekunder'],
    ['ms', 1e-3, 'millisekunder'],
    ['min', 60, 'minute', 'minutes', 'minut', 'minuter'],
    ['h', 3600, 'hour', 'hours', 'tim', 'timme', 'timmar'],
  ],
  [
    ['kW', 1],
    ['W', 1e-3],
    ['MW', 1e3],
  ],
  [
    ['kWh', 1, 'kW.h'],
    ['Wh', 1e-3, 'W.h'],
    ['MWh', 1e3],
    ['MJ', 1 / 3.6],
  ],
  [
    ['mm', 1],
    ['um', 1e-3, 'µm', 'μm'],
    ['cm', 10],
    ['m', 1e3],
  ],
  [
    ['m/s', 1],
    ['mm/s', 1e-3],
    ['m/min', 1 / 60],
  ],
  [
    ['l/s', 1, 'L/s'],
    ['m3/min', 1000 / 60, 'm³/min'],
    ['m3/h', 1000 / 3600, 'm³/h'],
    ['l/min', 1 / 60, 'L/min'],
  ],
  [
    ['bar', 1],
    ['kPa', 0.01],
    ['mbar', 1e-3],
  ],
  [
    ['N', 1],
    ['kN', 1e3],
  ],
  [
    ['{rev}/min', 1, 'rpm', 'r/min', '1/min', 'varv/min'],
    ['Hz', 60, '1/s'],
  ],
  [['Cel', 1, '°C', 'ºC', 'C']],
  [['%', 1]],
  [['A', 1]],
  [['V', 1]],
];

const byName = new Map(
  GROUPS.flatMap((group, dimension) =>
    group.flatMap(([code, factor, ...also]) =>
      [code, ...also].map((name) => [name, { code, factor, dimension }] as const),
    ),
  ),
);

/** All names that a unit may be typed with. */
export const UNITS: readonly string[] = [...byName.keys()];

/** The UCUM code of a unit as people write it. Case matters: mW is not MW. */
export const findUnit = (name: string): string | undefined => byName.get(name)?.code;

/** Undefined if the two do not measure the same kind of thing. */
export function convert(value: number, from: string, to: string): number | undefined {
  if (from === to) return value;
  const [a, b] = [byName.get(from), byName.get(to)];
  return a && b && a.dimension === b.dimension ? (value * a.factor) / b.factor : undefined;
}
