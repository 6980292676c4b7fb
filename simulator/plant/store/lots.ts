import { type ObjectField, record, u32 } from '#simulator/kernel/fields.ts';
import { hash, keyOf, normal, type Seeded, seededKeys } from '#simulator/kernel/random.ts';
import { count } from '#simulator/plant/parameters.ts';
import { partTags } from '#simulator/plant/parts/part-tags.ts';
import type { Parts } from '#simulator/plant/parts/parts.ts';
import { plantField, type PlantSite } from '#simulator/plant/station.ts';

/** Castings of one lot: poured from one melt, delivered in several trips. */
export const CASTINGS_PER_LOT = 96;
/** A housing taken out of a returned unit is of no casting lot. */
export const RECOVERED = 0;
const TAGS = 255;
const SUPPLIERS = ['Norrgjut', 'Sydgjut'] as const;
/** Hardness against the nominal 80 HBW (EN 1706, EN AC-46000 as die-cast): between lots, between castings of one lot. */
const LOT_SPREAD = 0.025;
const PART_SPREAD = 0.012;
const SOFT = 0.85;
const LEAST_POROSITY = 0.1;
const [HARDNESS, POROSITY, SUPPLIER, KEYS] = [0, 1, 2, 4];

/** The lot that the `consumed`-th item came from, counted from 1, if lots hold `perLot` items and are used one after the other. */
export const lotOf = (consumed: number, perLot: number): number => 1 + Math.floor(Math.max(0, consumed - 1) / perLot);

/**
 * The lots that castings come from, used one after the other. What a lot hides is a pure function of the seed and its
 * number, so nothing but the lot of each part is stored.
 */
export class CastingLots
  extends record({
    keyA: u32(),
    keyB: u32(),
    used: u32(),
    /** Number of the lot that a scenario makes soft; 0 is none. */
    softLot: count({ fallback: 0, max: 1e6 }),
    tags: partTags(),
  })
  implements Seeded
{
  private readonly key: number;
  private readonly parts: Parts;

  constructor(site: PlantSite) {
    super(site);
    this.parts = site.plant.parts;
    this.key = keyOf(site.path);
    site.kernel.seeded.push(this);
  }

  seed(high: number, low: number): void {
    Object.assign(this, seededKeys(this.key, high, low));
  }

  /** The lot that the next casting comes from. */
  get open(): number {
    return lotOf(this.used + 1, CASTINGS_PER_LOT);
  }

  /** Takes a casting out of the open lot, and says which that was. */
  take(): number {
    this.used += 1;
    return lotOf(this.used, CASTINGS_PER_LOT);
  }

  /** Says which lot a part was cast in. */
  assign(part: number, lot: number): void {
    this.tags.set(part, lot === RECOVERED ? RECOVERED : 1 + (lot % TAGS));
  }

  /** The casting lot of a part in the plant, or `RECOVERED`. */
  lotOf(part: number): number {
    const tag = this.tags.of(part);
    if (tag === RECOVERED) return RECOVERED;
    // The newest lot with that tag: no part stays while as many lots pass.
    const { open } = this;
    return open - ((open - (tag - 1) + TAGS) % TAGS);
  }

  supplierOf(lot: number): string {
    if (lot === RECOVERED) return 'Nordpump';
    return SUPPLIERS[(this.luck(SUPPLIER, lot) >>> 0) % SUPPLIERS.length];
  }

  /** Hidden: hardness of the casting of a part against the nominal one, about 1. */
  hardnessOf(part: number): number {
    const lot = this.lotOf(part);
    const own = PART_SPREAD * normal(hash(this.keyA, this.keyB ^ 1, this.parts.serial(part)));
    return this.lotHardness(lot) + own;
  }

  /** Hidden: mean hardness of a lot against the nominal one. A recovered housing is nominal. */
  lotHardness(lot: number): number {
    if (lot === RECOVERED) return 1;
    const nominal = lot === this.softLot ? SOFT : 1;
    return nominal + LOT_SPREAD * normal(this.luck(HARDNESS, lot));
  }

  /** Hidden: volume of the pores in the casting of a part in percent, about 0.6. The castings of a lot are alike. */
  porosityOf(part: number): number {
    const lot = this.lotOf(part);
    if (lot === RECOVERED) return LEAST_POROSITY;
    const nominal = lot === this.softLot ? 0.9 : 0.6;
    return Math.max(LEAST_POROSITY, nominal + 0.15 * normal(this.luck(POROSITY, lot)));
  }

  private luck(what: number, lot: number): number {
    return hash(this.keyA, this.keyB, lot * KEYS + what);
  }
}

export const castingLots = (): ObjectField<CastingLots> => plantField((site) => new CastingLots(site));

/** What stations down the line feel of the casting of a part: `s.casting.hardnessOf(part)`. */
export class CastingLink {
  lots: CastingLots | undefined;

  /** Against the nominal hardness, about 1; 1 where castings come from no store. */
  hardnessOf(part: number): number {
    return this.lots === undefined ? 1 : this.lots.hardnessOf(part);
  }

  /** Percent of its volume, about 0.6. */
  porosityOf(part: number): number {
    return this.lots === undefined ? 0.6 : this.lots.porosityOf(part);
  }
}

/** Finds the store of the plant by itself. */
export const castingLink = (): ObjectField<CastingLink> =>
  plantField(({ plant }) => {
    const link = new CastingLink();
    plant.whenComplete(() => {
      for (const { self } of plant.stations.values()) {
        const { lots } = self as { lots?: unknown };
        if (lots instanceof CastingLots) link.lots = lots;
      }
    });
    return link;
  });
