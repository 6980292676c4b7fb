import { f64, u32, u8 } from '#simulator/kernel/fields.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { stream, uniform } from '#simulator/kernel/random.ts';
import { dockLink, Mission } from './dock-link.ts';
import { loopStation } from './loop-station.ts';
import { castingLots } from './lots.ts';
import { count } from './parameters.ts';
import { profile } from './profile.ts';
import { fault, Reason } from './reasons.ts';
import { held, signal } from './signal.ts';
import { plantField } from './station.ts';
import { text } from './texts.ts';
import { VARIANT_WORDS, VARIANTS } from './variants.ts';

const AISLE_M = 4.8;
const RACK_M = 3.4;
/** The crane goes out to the bay, takes the casting, comes back and puts it onto the carrier. */
const WAY = profile([0, 0], [0.42, 1], [0.52, 1], [0.94, 0], [1, 0]);
const LOAD = profile([0, 0], [0.05, 1], [0.36, 0.55], [0.46, 0.1], [0.5, 0.4], [0.56, 1], [0.88, 0.55], [1, 0]);

/** Shares of the variants in the order mix, as the definition gives them: `mix: { P1: 5, P2: 3, P3: 2 }`. */
const mix = plantField(({ settings }) => {
  const given = (settings.get('mix') ?? { P1: 5, P2: 3, P3: 2 }) as Record<string, unknown>;
  const shares = VARIANTS.map(({ name }) => Number(given[name] ?? 0));
  const known = VARIANTS.map(({ name }) => name);
  const isMix = Object.keys(given).every((name) => known.includes(name)) && shares.every((share) => share >= 0);
  const sum = shares.reduce((total, share) => total + share, 0);
  if (isMix && sum > 0) return shares.map((share) => share / sum);
  throw new Refusal(`${JSON.stringify(given)} is no order mix.`, `Give shares of ${known.join(', ')}.`);
});

/** A rack of castings with a crane. It begins a part on every empty carrier, in the order of the lots. */
export const highBay = loopStation('high-bay', {
  faults: [
    fault(1101, 'crane-position', 'Crane lost its position', 'Kranen har tappat sin position', 2),
    fault(1102, 'load-overhang', 'Load overhangs the fork', 'Lasten sticker ut från gaffeln', 2),
    fault(1103, 'aisle-curtain', 'Light curtain interrupted', 'Ljusridån bruten', 3),
  ],
  load: LOAD,
  fields: {
    mix,
    lotSize: count({
      fallback: 12,
      min: 1,
      max: 500,
      shown: { path: 'Order.LotSize', ...text('Parts per order', 'Detaljer per order') },
    }),
    lots: castingLots(),
    /** The lot of the casting on the fork. */
    lotInHand: u32(),
    castings: count({ fallback: 60, max: 500 }),
    reorderPoint: count({
      fallback: 36,
      max: 400,
      shown: {
        path: 'Stock.ReorderPoint',
        ...text('Castings left when new ones are ordered', 'Ämnen kvar när nya beställs'),
      },
    }),
    cores: u32(),
    order: u32(),
    orderVariant: u8(),
    orderLeft: u32(),
    orderLuck: stream(),
    bayLuck: stream(),
    /** Where the crane goes to, as a share of the aisle and of the height of the rack. */
    bay: f64(),
    level: f64(),
    dock: dockLink(),
  },
  wants: (_, part) => part === 0,
  ready(s, _, t) {
    if (s.castings <= s.reorderPoint) s.dock.ask(Mission.Castings, t);
    return s.castings > 0 ? Reason.Executing : Reason.NoMaterial;
  },
  begun(s) {
    s.castings -= 1;
    s.lotInHand = s.lots.take();
    s.bay = 0.15 + 0.85 * uniform(s.bayLuck.next());
    s.level = uniform(s.bayLuck.next());
    if (s.orderLeft > 0) return;
    let left = uniform(s.orderLuck.next());
    s.orderVariant = Math.max(
      s.mix.findIndex((share) => (left -= share) < 0),
      0,
    );
    s.order += 1;
    s.orderLeft = s.lotSize;
  },
  completed(s, _, t, carrier) {
    const part = s.plant.parts.create(t);
    s.orderLeft -= 1;
    s.variant.set(part, s.orderVariant);
    s.verdict.set(part, 0);
    s.lots.assign(part, s.lotInHand);
    s.loop.carriers.load(carrier, part);
  },
  signals: (s) => [
    held('Stock.Castings', '1', () => s.castings, {
      ...text('Castings in the rack', 'Ämnen i lagret'),
      range: [0, 1000],
    }),
    held('Stock.Cores', '1', () => s.cores, {
      ...text('Returned units in the rack', 'Returnerade enheter i lagret'),
      range: [0, 10_000],
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
    signal('Crane.Position', 'm', (t) => AISLE_M * s.bay * WAY.easedAt(s.cycle.progress(t)), {
      ...text('Crane along the aisle', 'Kranens läge i gången'),
      range: [0, 5],
      resolution: 0.001,
    }),
    signal('Crane.Height', 'm', (t) => RACK_M * s.level * WAY.easedAt(s.cycle.progress(t)), {
      ...text('Height of the fork', 'Gaffelns höjd'),
      range: [0, 4],
      resolution: 0.001,
    }),
  ],
  motion: (s) => [
    {
      id: 'ST01',
      segment(t) {
        const { cycle, bay } = s;
        const progress = cycle.progress(t);
        const at = (p: number) => bay * WAY.at(p);
        const stretch = STRETCHES.find(([from, to]) => progress >= from && progress < to);
        const here = { path: 'ST01.crane', ...(progress > 0.52 && { load: 'casting' }) };
        const resting = (sinceUs: number) => ({ ...here, s0: at(progress), v: 0, t0: sinceUs, t1: sinceUs });
        if (!cycle.isWorking) return resting(cycle.resumedUs);
        // From the last event on, so that the same movement is the same segment whenever it is asked for.
        const begunUs = cycle.resumedUs + cycle.remainingUs - cycle.processUs;
        const timeOf = (p: number) => Math.round(begunUs + p * cycle.processUs);
        if (stretch === undefined)
          return resting(timeOf(progress < STRETCHES[1][0] ? STRETCHES[0][1] : STRETCHES[1][1]));
        const [from, to] = stretch;
        const v = ((at(to) - at(from)) / ((to - from) * cycle.processUs)) * 1e6;
        return { ...here, s0: at(from), v, t0: timeOf(from), t1: timeOf(to) };
      },
    },
  ],
});

const STRETCHES = [
  [0, 0.42],
  [0.52, 0.94],
] as const;
