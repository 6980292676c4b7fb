import { type Site, u32, record } from '#simulator/kernel/fields.ts';
import type { Parts } from '#simulator/plant/parts/parts.ts';

const NONE = 0;

/** The carriers of a loop, numbered from 1. A carrier is on its way in a zone, at the stop at its end, or in that station. */
export class Carriers extends record({ loaded: u32() }) {
  private readonly partAt: number;
  private readonly zoneAt: number;
  private readonly turnAt: number;
  private readonly enteredAt: number;

  constructor(
    site: Site,
    readonly places: number,
    readonly parts: Parts,
  ) {
    super(site);
    const { layout } = site.kernel;
    this.partAt = layout.take('u8', places + 1, `${site.path}.part`);
    this.zoneAt = layout.take('u8', places + 1, `${site.path}.zone`);
    this.turnAt = layout.take('u32', places + 1, `${site.path}.turn`);
    this.enteredAt = layout.take('f64', places + 1, `${site.path}.enteredM`);
  }

  /** The part on a carrier, or 0. */
  partOn(carrier: number): number {
    return this.u8[this.partAt + carrier];
  }

  load(carrier: number, part: number): void {
    this.u8[this.partAt + carrier] = part;
    this.loaded += 1;
  }

  unload(carrier: number): number {
    const part = this.partOn(carrier);
    this.u8[this.partAt + carrier] = NONE;
    this.loaded -= 1;
    return part;
  }

  /** It enters a zone as its `turn`-th carrier, with the belt at `beltM`. */
  enter(carrier: number, zone: number, turn: number, beltM: number): void {
    this.u8[this.zoneAt + carrier] = zone;
    this.u32[this.turnAt + carrier] = turn;
    this.f64[this.enteredAt + carrier] = beltM;
  }

  zoneOf(carrier: number): number {
    return this.u8[this.zoneAt + carrier];
  }

  turnOf(carrier: number): number {
    return this.u32[this.turnAt + carrier];
  }

  /** How far the belt had gone when it entered its zone. */
  enteredM(carrier: number): number {
    return this.f64[this.enteredAt + carrier];
  }
}
