import type { Cut } from './cut.ts';

/** Plant hours of one piece: a few tenths of a second of work, after which somebody else may have the worker. */
const PIECE_HOURS = 200;

/** Forks are independent of each other, so any of them may run anywhere. */
export const whatIfCut: Cut<'whatIf'> = {
  cut({ life, request }, workers) {
    const { range, hours, variants } = request;
    const wanted = Math.ceil((range.count * variants.length * hours) / PIECE_HOURS / workers) * workers;
    const pieces = Math.min(range.count, wanted);
    const startOf = (piece: number) => range.first + Math.floor((range.count * piece) / pieces);
    return Array.from({ length: pieces }, (_, piece) => {
      const first = startOf(piece);
      return { life, request: { ...request, range: { first, count: startOf(piece + 1) - first } } };
    });
  },

  join(pieces) {
    const [{ window, figures }] = pieces;
    return { window, figures: figures.map((_, variant) => pieces.flatMap((piece) => piece.figures[variant])) };
  },
};
