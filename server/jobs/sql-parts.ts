import { AppError } from '#server/errors.ts';
import { concealment } from '#server/cells/concealed.ts';
import type { Cell } from '#simulator/cell/cell.ts';
import { genealogy, type PartHistory } from '#simulator/cell/genealogy.ts';
import { orderHistory } from '#simulator/cell/order-history.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { OrderBook } from '#simulator/plant/orders/order-book.ts';
import { ORDER_STATES } from '#simulator/plant/orders/order.ts';
import { variantAt } from '#simulator/plant/parts/variants.ts';
import { relive } from './relive.ts';
import type { Filling, Row } from './sql-filling.ts';

interface Past {
  readonly cell: Cell;
  parts?: readonly PartHistory[];
}
const known = new WeakMap<Filling, Past>();

/** The cell at the end of the window, once for each query. */
function pastOf(filling: Filling): Past {
  const before = known.get(filling);
  if (before) return before;
  const cell = relive(filling.model, filling.life);
  cell.runUntil(filling.order.toUs);
  const past = { cell };
  known.set(filling, past);
  return past;
}

function partsOf(filling: Filling): readonly PartHistory[] {
  const { fromUs, toUs } = filling.order;
  const past = pastOf(filling);
  if (fromUs >= toUs) return [];
  return (past.parts ??= [...genealogy(past.cell, { fromUs, toUs }).values()].sort((a, b) => a.serial - b.serial));
}

const orNull = (us: number | undefined): number | null => (us === undefined ? null : us / SECOND);

/** Parts that were in the plant at any time of the window. The true cause of scrap is not told: see what stations found. */
export function partRows(filling: Filling): Row[] {
  return partsOf(filling).map(({ serial, variant, bornUs, leftUs, fate, isReworked }) => [
    ...[bornUs / SECOND, orNull(leftUs), serial, variant || null, fate, isReworked ? 1 : 0],
  ]);
}

/** Work on those parts. What a station knows of a part is not told if anything of the station is not shown. */
export function visitRows(filling: Filling): Row[] {
  const unseen = new Set(filling.order.hidden.map((path) => path.slice(0, path.indexOf('.'))));
  return partsOf(filling).flatMap(({ serial, visits }) =>
    visits.map(({ station, startUs, endUs, facts }): Row => [
      ...[startUs / SECOND, endUs / SECOND, serial, station],
      unseen.has(station) ? null : JSON.stringify(facts),
    ]),
  );
}

/** Orders that ended in the window, and those in the book at its end. */
export function orderRows(filling: Filling): Row[] {
  const { fromUs, toUs, hidden } = filling.order;
  const concealed = hidden.find((path) => path.startsWith('Orders.'));
  if (concealed) throw new AppError('concealed', concealment(concealed), 'Work it out from other tables.', 403);
  if (fromUs >= toUs) return [];
  const { cell } = pastOf(filling);
  const ended = orderHistory(cell, { fromUs, toUs }).map((order): Row => {
    const { number, variant, quantity, priority, releasedUs, dueUs, endedUs, fate, good, scrapped } = order;
    const times = [releasedUs / SECOND, dueUs / SECOND, endedUs / SECOND];
    return [...times, number, variant, quantity, priority, fate === 'done' ? 'Ended' : 'Aborted', good, scrapped];
  });
  const open = cell.look(({ stations }) =>
    [...stations.values()].flatMap(({ self }): Row[] => {
      const { book } = self as { book?: unknown };
      if (!(book instanceof OrderBook)) return [];
      return book.orders
        .filter(({ isLive }) => isLive)
        .map(({ number, variant, quantity, priority, releasedS, dueS, state, done, scrapped }): Row => [
          ...[releasedS, dueS, null, number, variantAt(variant).name, quantity, priority],
          ...[ORDER_STATES[state].en, done, scrapped],
        ]);
    }),
  );
  return [...ended, ...open];
}
