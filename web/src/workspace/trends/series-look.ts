/** Colours of the tokens, by the place of a signal among all that are shown. */
export const SERIES_PAINTS = ['--s1', '--s2', '--s3', '--s4', '--s5', '--s6', '--s7', '--s8'] as const;

/** Lines by place, so that no curve is told by its colour alone. */
export const DASHES: readonly (readonly number[])[] = [[], [7, 3], [2, 3], [9, 3, 2, 3]];

/** Marks on a curve, in a square of 8 about 0. Two curves with the same line have different ones. */
const MARKS = [
  'M3.4 0A3.4 3.4 0 1 1-3.4 0A3.4 3.4 0 1 1 3.4 0Z',
  'M0-4 4 3.2-4 3.2Z',
  'M-3.2-3.2H3.2V3.2H-3.2Z',
  'M0-4.4 4.4 0 0 4.4-4.4 0Z',
  'M0 4 4-3.2-4-3.2Z',
  'M-1.2-4H1.2V-1.2H4V1.2H1.2V4H-1.2V1.2H-4V-1.2H-1.2Z',
  'M-4-2.2V2.2L4 0Z',
  'M-4-1.4H4V1.4H-4Z',
] as const;

export const markOf = (place: number): string => MARKS[place % MARKS.length];
export const paintOf = (place: number): string => SERIES_PAINTS[place % SERIES_PAINTS.length];
export const dashOf = (place: number): readonly number[] => DASHES[place % DASHES.length];
