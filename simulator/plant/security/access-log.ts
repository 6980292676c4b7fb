import { f64, field, type ObjectField, record, type Site, u32, u8 } from '#simulator/kernel/fields.ts';
import { DENIAL_KEYS, type DenialKey } from './access.ts';

const PLACES = 16;
const GRANTED = 0;
export const DOORS = ['opcua', 'mqtt', 'network'] as const;
export type DoorName = (typeof DOORS)[number];

/** One access by an account of the cell. Account and target by their place in the lists of their owners. */
export interface Access {
  readonly number: number;
  readonly t: number;
  readonly account: number;
  readonly via: DoorName;
  readonly target: number;
  /** Of a choice, the place of the word; NaN for none. */
  readonly value: number;
  /** When what was sent says that it was sent. */
  readonly sentUs: number;
  /** Why it was refused; undefined if it was not. */
  readonly denial: DenialKey | undefined;
}

class Entry extends record({
  t: f64(),
  sentUs: f64(),
  value: f64(),
  target: u32(),
  account: u8(),
  via: u8(),
  outcome: u8(),
}) {}

/** The newest accesses by accounts of the cell, as a real device keeps them: who, when, over what, to what, and whether it was let in. */
export class AccessLog extends record({ granted: u32(), refused: u32() }) {
  private readonly entries: readonly Entry[];

  constructor(site: Site) {
    super(site);
    this.entries = Array.from({ length: PLACES }, (_, k) => new Entry({ ...site, path: `${site.path}.${k}` }));
  }

  get count(): number {
    return this.granted + this.refused;
  }

  /** Answers its number, from 1. */
  add({ t, sentUs, account, via, target, value, denial }: Omit<Access, 'number'>): number {
    if (denial === undefined) this.granted += 1;
    else this.refused += 1;
    const outcome = denial === undefined ? GRANTED : 1 + DENIAL_KEYS.indexOf(denial);
    const entry = this.entries[(this.count - 1) % PLACES];
    Object.assign(entry, { t, sentUs, account, target, value, via: DOORS.indexOf(via), outcome });
    return this.count;
  }

  /** The access of that number, while it is among the newest. */
  find(number: number): Access | undefined {
    if (!(number >= 1 && number <= this.count && number > this.count - PLACES)) return undefined;
    const { t, sentUs, account, target, value, via, outcome } = this.entries[(number - 1) % PLACES];
    const denial = outcome === GRANTED ? undefined : DENIAL_KEYS[outcome - 1];
    return { number, t, sentUs, account, target, value, via: DOORS[via], denial };
  }

  /** Oldest first. */
  all(): Access[] {
    return Array.from({ length: PLACES }, (_, k) => this.find(this.count - PLACES + 1 + k)).filter(
      (each) => each !== undefined,
    );
  }
}

export const accessLog = (): ObjectField<AccessLog> => field((site) => new AccessLog(site));
