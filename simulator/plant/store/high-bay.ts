import { f64, u32, u8 } from '#simulator/kernel/fields.ts';
import { event } from '#simulator/kernel/journal.ts';
import { stream, uniform } from '#simulator/kernel/random.ts';
import { HOUR } from '#simulator/kernel/time.ts';
import { wholeNumber } from '#simulator/plant/command-argument.ts';
import { loopStation } from '#simulator/plant/loop/loop-station.ts';
import { ordersLink } from '#simulator/plant/orders/orders.ts';
import { count } from '#simulator/plant/parameters.ts';
import { VARIANT_WORDS, variantAt } from '#simulator/plant/parts/variants.ts';
import { fault, Reason } from '#simulator/plant/reasons.ts';
import { held } from '#simulator/plant/signal.ts';
import { text } from '#simulator/plant/texts.ts';
import { dockLink, Mission } from '#simulator/plant/vehicles/dock-link.ts';
import type { WorkCycle } from '#simulator/plant/work-cycle.ts';
import { article, ARTICLES, type ArticleCosts, economicOrderQuantity } from './articles.ts';
import { CRANE_LOAD, craneMotion, craneSignals } from './crane.ts';
import { castingLots, lotOf, RECOVERED } from './lots.ts';
import { disassembly } from './returns.ts';

const FIRST_BEARINGS = 300;
const FIRST_SEALS = 350;
/** Value of `PurchaseArrived`. */
const [BEARINGS, SEALS] = [1, 2];

interface Store {
  readonly cycle: WorkCycle;
  readonly purchaseArrived: { raise(t: number, value: number): void };
}
const arrived =
  (what: number) =>
  (s: Store, t: number): void => {
    s.purchaseArrived.raise(t, what);
    s.cycle.retry(t);
  };

const reorderPoint = (path: string, fallback: number, en: string, sv: string) =>
  count({ fallback, max: 400, shown: { path, ...text(en, sv) } });
const orderQuantity = (path: string, fallback: number, en: string, sv: string) =>
  count({ fallback, min: 1, max: 5000, shown: { path, ...text(en, sv) } });

/**
 * A rack of castings, bearings and seals with a crane. It begins a part on every empty carrier, as the order book says,
 * with a bearing and a seal beside it. Returned units are taken apart at a bench next to it.
 */
export const highBay = loopStation('high-bay', {
  faults: [
    fault(1101, 'crane-position', 'Crane lost its position', 'Kranen har tappat sin position', 2),
    fault(1102, 'load-overhang', 'Load overhangs the fork', 'Lasten sticker ut från gaffeln', 2),
    fault(1103, 'aisle-curtain', 'Light curtain interrupted', 'Ljusridån bruten', 3),
  ],
  load: CRANE_LOAD,
  fields: {
    orders: ordersLink(),
    /** Of the order that the last part begun is of: its place in the book, number, variant, parts left. */
    place: u8(),
    order: u32(),
    orderVariant: u8(),
    orderLeft: u8(),
    lots: castingLots(),
    /** The lot of the casting on the fork. */
    lotInHand: u32(),
    castings: count({ fallback: 60, max: 500 }),
    reorderPoint: reorderPoint(
      'Stock.ReorderPoint',
      36,
      'Castings left when new ones are ordered',
      'Gjutgods kvar när nytt beställs',
    ),
    bearings: article(FIRST_BEARINGS, arrived(BEARINGS)),
    bearingReorderPoint: reorderPoint(
      'Bearings.ReorderPoint',
      150,
      'Bearings left when new ones are bought',
      'Kullager kvar när nya köps',
    ),
    bearingQuantity: orderQuantity('Bearings.Quantity', 400, 'Bearings bought at a time', 'Kullager per inköp'),
    seals: article(FIRST_SEALS, arrived(SEALS)),
    sealReorderPoint: reorderPoint(
      'Seals.ReorderPoint',
      150,
      'Seals left when new ones are bought',
      'Tätningar kvar när nya köps',
    ),
    sealQuantity: orderQuantity('Seals.Quantity', 500, 'Seals bought at a time', 'Tätningar per inköp'),
    purchaseArrived: event('PurchaseArrived'),
    cores: u32(),
    disassembles: count({
      fallback: 1,
      max: 1,
      shown: {
        path: 'Returns.Disassemble',
        ...text(
          'Returned units are taken apart: 1 as they come, 0 only when ordered',
          'Returnerade enheter tas isär: 1 när de kommer, 0 bara på order',
        ),
      },
    }),
    bench: disassembly((s: Bench, t) => takeCore(s, t)),
    bayLuck: stream(),
    bay: f64(),
    level: f64(),
    dock: dockLink(),
  },
  wants: (s, part) => part === 0 && s.orders.book.hasWork,
  ready(s, _, t) {
    if (s.castings <= s.reorderPoint) s.dock.ask(Mission.Castings, t);
    const hasMaterial = s.castings + s.bench.housings > 0 && s.bearings.stock > 0 && s.seals.stock > 0;
    return hasMaterial ? Reason.Executing : Reason.NoMaterial;
  },
  begun(s, _, t) {
    if (s.bench.housings > 0) {
      s.bench.housings -= 1;
      s.lotInHand = RECOVERED;
    } else {
      s.castings -= 1;
      s.lotInHand = s.lots.take();
    }
    s.bearings.take(s.bearingReorderPoint, s.bearingQuantity, t);
    s.seals.take(s.sealReorderPoint, s.sealQuantity, t);
    s.place = s.orders.startPart(t);
    const order = s.orders.book.orders[s.place - 1];
    s.order = order.number;
    s.orderVariant = order.variant;
    s.orderLeft = order.left;
    s.bay = 0.15 + 0.85 * uniform(s.bayLuck.next());
    s.level = uniform(s.bayLuck.next());
    takeCore(s, t);
  },
  completed(s, _, t, carrier) {
    const part = s.plant.parts.create(t);
    s.variant.set(part, s.orderVariant);
    s.verdict.set(part, 0);
    s.lots.assign(part, s.lotInHand);
    s.orders.book.parts.set(part, s.place);
    s.loop.carriers.load(carrier, part);
  },
  commands: {
    Disassemble: {
      wants: wholeNumber('Units', 'How many returned units', 'Hur många returnerade enheter', 1, 1000),
      obey(s, t, value) {
        s.bench.order(value, s.cores);
        takeCore(s, t);
      },
      ...text('Disassemble: take so many returned units apart', 'Demontera: ta isär så många returnerade enheter'),
    },
  },
  trace(s, part) {
    const lot = s.lots.lotOf(part);
    const serial = s.plant.parts.serial(part);
    return {
      order: s.order,
      variant: variantAt(s.variant.of(part)).name,
      castingLot: lot,
      supplier: s.lots.supplierOf(lot),
      bearingLot: lotOf(serial, ARTICLES.bearings.perLot),
      sealLot: lotOf(serial, ARTICLES.seals.perLot),
    };
  },
  signals: (s) => [
    held('Stock.Castings', '1', () => s.castings, {
      ...text('Castings in the rack', 'Gjutgods i lagret'),
      range: [0, 1000],
    }),
    held('Stock.Bearings', '1', () => s.bearings.stock, {
      ...text('Bearings in the rack', 'Kullager i lagret'),
      range: [0, 10_000],
    }),
    held('Stock.Seals', '1', () => s.seals.stock, {
      ...text('Seals in the rack', 'Tätningar i lagret'),
      range: [0, 10_000],
    }),
    held('Stock.Cores', '1', () => s.cores, {
      ...text('Returned units in the rack', 'Returnerade enheter i lagret'),
      range: [0, 10_000],
    }),
    ...s.bench.signals(),
    held('Lot.Castings', '1', () => s.lots.open, {
      ...text('Lot that the next casting is of', 'Parti som nästa gjutgods kommer ur'),
      range: [0, 1e6],
    }),
    held('Order.Number', '1', () => s.order, { ...text('Order being made', 'Order som tillverkas'), range: [0, 1e6] }),
    held('Order.Variant', '1', () => (s.order === 0 ? 0 : s.orderVariant + 1), {
      ...text('Variant of the order', 'Orderns variant'),
      type: 'Int32',
      range: [0, 9],
      words: VARIANT_WORDS,
    }),
    held('Order.Left', '1', () => s.orderLeft, {
      ...text('Parts of the order still to be started', 'Detaljer kvar att påbörja i ordern'),
      range: [0, 500],
    }),
    ...craneSignals(s),
  ],
  motion: (s) => [craneMotion(s)],
  captures: (s) => [
    {
      name: 'Stock.Accounts',
      ...text('What was bought, used and stored, and what it cost', 'Vad som köpts, använts och lagrats, och kostat'),
      take(t) {
        const account = (what: typeof s.bearings, costs: ArticleCosts) => ({
          ...what.describe(costs, t),
          economicQuantity: economicOrderQuantity((what.used * HOUR) / Math.max(1, t), costs),
        });
        return {
          kind: 'document',
          content: {
            bearings: account(s.bearings, ARTICLES.bearings),
            seals: account(s.seals, ARTICLES.seals),
            castings: { stock: s.castings, used: s.lots.used },
            housings: { stock: s.bench.housings, recovered: s.bench.recovered },
          },
        };
      },
    },
  ],
});

interface Bench {
  cores: number;
  readonly disassembles: number;
  readonly bench: { readonly isBusy: number; readonly ordered: number; begin(t: number): void };
}

/** Puts the next returned unit onto the bench, if there is one to be taken apart. */
function takeCore(s: Bench, t: number): void {
  const { bench } = s;
  if (bench.isBusy === 1 || s.cores === 0 || (s.disassembles === 0 && bench.ordered === 0)) return;
  s.cores -= 1;
  bench.begin(t);
}
