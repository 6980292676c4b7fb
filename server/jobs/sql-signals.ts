import type { SqlRequest } from '#contract/sql.ts';
import { AppError } from '#server/errors.ts';
import { concealment } from '#server/cells/concealed.ts';
import type { Model } from '#simulator/cell/model.ts';
import { fits, type Named } from './sql-named.ts';

/** Signals that one query may read. */
const MOST = 50;

/**
 * The signals that a query needs: those that the request lists, else all that its texts name: `path = 'ST03.Spindle.Load'`,
 * `path IN (...)`, `path LIKE 'ST%.Meter.Power'`, `path GLOB '...'`. Rather too many than too few. What the cell does not
 * show is refused by name, and passed over by patterns.
 */
export function signalsFor(
  model: Model,
  { texts }: Named,
  { signals, hidden }: Pick<SqlRequest, 'signals'> & { readonly hidden: readonly string[] },
): string[] {
  const unseen = new Set(hidden);
  const named = signals ?? texts.flatMap(({ value, pattern }) => (pattern === undefined ? [value] : []));
  const concealed = named.find((path) => unseen.has(path));
  if (concealed !== undefined) {
    throw new AppError('concealed', concealment(concealed), 'Work it out from other signals.', 403);
  }
  if (signals) for (const path of signals) model.indexOf(path);
  const exact = new Set(named);
  const patterns = signals ? [] : texts.filter(({ pattern }) => pattern !== undefined);
  const found = model.signals
    .map(({ path }) => path)
    .filter((path) => !unseen.has(path))
    .filter((path) => exact.has(path) || patterns.some(({ value, pattern }) => fits(path, value, pattern!)));
  if (found.length === 0) {
    const message = 'The query reads the table signals, but names no signal of this line.';
    const hint =
      "Say which: WHERE path = 'ST03.Spindle.Load', path IN (…) or path LIKE 'ST%.Meter.Power'. The table signal_list has them all.";
    throw new AppError('no_signals', message, hint);
  }
  if (found.length <= MOST) return found;
  const message = `The query names ${found.length} signals; ${MOST} are the most at once.`;
  throw new AppError('too_many_signals', message, 'Name fewer, or a narrower pattern.', 413);
}
