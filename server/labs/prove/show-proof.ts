import type { MadeProof } from './made-proof.ts';
import { failuresLeft, type Share } from './share.ts';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const counted = ({ right, of }: Share): string => `${right} of ${of}`;
const blankOr = (share: number | undefined): string => (share === undefined ? '' : percent(share));

/** All proofs as text: for each its checks, its wrong attempts and what is wrong, and a table of all at the end. */
export function showProofs(
  proofs: readonly MadeProof[],
  took: { readonly wallS: number; readonly cpuS: number },
): string {
  const good = proofs.filter(({ problems }) => problems.length === 0).length;
  const last = `${good} of ${proofs.length} proven, ${took.wallS.toFixed(0)} s by the wall, ${took.cpuS.toFixed(0)} s of CPU`;
  return [...proofs.map(showProof), showSummary(proofs), last].join('\n\n');
}

function showProof({ lab, how, outOf, nothing, honest, checks, wrong, problems }: MadeProof): string {
  const rows = checks.map(({ check, honest: share, copy, guess, shown }) => [
    check,
    counted(share),
    percent(failuresLeft(share)),
    blankOr(copy),
    blankOr(guess),
    blankOr(shown),
  ]);
  return [
    `${lab} by ${how}: ${counted(honest)} solutions full (${outOf} points), nothing scores ${nothing}`,
    table([['check', 'honest', 'fails at most', 'copy', 'guess', 'on screen'], ...rows]),
    table([
      ['wrong attempt', 'as it should', 'loses'],
      ...wrong.map(({ id, right, loses }) => [id, counted(right), loses.join(' ')]),
    ]),
    ...problems.map((problem) => `PROBLEM ${problem}`),
    problems.length > 0 ? 'not proven' : 'proven',
  ].join('\n');
}

/** The largest share of unjust failures that is left possible, with 95 % confidence; the worst of copies and guesses. */
function showSummary(proofs: readonly MadeProof[]): string {
  const worst = (values: readonly (number | undefined)[]) => {
    const known = values.filter((value) => value !== undefined);
    return known.length === 0 ? '' : percent(Math.max(...known));
  };
  const rows = proofs.map(({ lab, how, honest, checks, wrong, problems, seconds }) => [
    ...[lab, how, counted(honest), percent(failuresLeft(honest))],
    `${wrong.filter(({ right }) => right.right === right.of).length} of ${wrong.length}`,
    ...[worst(checks.map(({ copy }) => copy)), worst(checks.map(({ guess }) => guess)), seconds.toFixed(0)],
    problems.length > 0 ? 'NO' : 'yes',
  ]);
  const head = ['lab', 'by', 'honest', 'fails at most', 'wrong right', 'copy', 'guess', 'seconds', 'proven'];
  return table([head, ...rows]);
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, k) => Math.max(...rows.map((row) => row[k].length)));
  return rows.map((row) => `  ${row.map((cell, k) => cell.padEnd(widths[k])).join('  ')}`.trimEnd()).join('\n');
}
