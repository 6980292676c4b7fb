import { field, type ObjectField, record, type Site, u32, u8 } from '#simulator/kernel/fields.ts';
import { event } from '#simulator/kernel/journal.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import type { Text } from '#simulator/plant/signal.ts';

/** Types of maintenance after EN 13306: after a failure, before one, or only a look. */
export const Kind = { Corrective: 0, Preventive: 1, Inspection: 2 } as const;
export const KINDS = ['corrective', 'preventive', 'inspection'] as const;

export const OrderState = {
  None: 0,
  Open: 1,
  Assigned: 2,
  InProgress: 3,
  WaitingForSpare: 4,
  Done: 5,
  Cancelled: 6,
} as const;
export const ORDER_STATES: readonly Text[] = [
  { en: 'none', sv: 'ingen' },
  { en: 'open', sv: 'öppen' },
  { en: 'assigned', sv: 'tilldelad' },
  { en: 'in progress', sv: 'pågår' },
  { en: 'waiting for a spare', sv: 'väntar på reservdel' },
  { en: 'done', sv: 'klar' },
  { en: 'cancelled', sv: 'avbruten' },
];

export const PLACES = 20;
const NOWHERE = -1;

/** The newest work orders of a crew, in a table of fixed size: what is over gives its place to what is new. */
export class WorkOrders extends record({
  /** Numbered from 1. */
  created: u32(),
  done: u32(),
  newest: u8(),
  workOrderCreated: event('WorkOrderCreated'),
  workOrderDone: event('WorkOrderDone'),
  workOrderCancelled: event('WorkOrderCancelled'),
}) {
  private readonly numberAt: number;
  private readonly askedAt: number;
  private readonly dueAt: number;
  private readonly wordsAt: number;

  constructor(site: Site) {
    super(site);
    const { layout } = site.kernel;
    this.numberAt = layout.take('u32', PLACES, `${site.path}.number`);
    this.askedAt = layout.take('u32', PLACES, `${site.path}.askedS`);
    this.dueAt = layout.take('u32', PLACES, `${site.path}.dueS`);
    this.wordsAt = layout.take('u8', 4 * PLACES, `${site.path}.unitKindStateWho`);
  }

  number(row: number): number {
    return this.u32[this.numberAt + row];
  }

  /** When it was asked for, and when it should be done, in whole seconds of plant time. */
  askedS(row: number): number {
    return this.u32[this.askedAt + row];
  }

  dueS(row: number): number {
    return this.u32[this.dueAt + row];
  }

  unit(row: number): number {
    return this.u8[this.wordsAt + 4 * row];
  }

  kind(row: number): number {
    return this.u8[this.wordsAt + 4 * row + 1];
  }

  state(row: number): number {
    return this.u8[this.wordsAt + 4 * row + 2];
  }

  /** The person, from 1; 0 is nobody. */
  who(row: number): number {
    return this.u8[this.wordsAt + 4 * row + 3];
  }

  isLive(row: number): boolean {
    const state = this.state(row);
    return state >= OrderState.Open && state <= OrderState.WaitingForSpare;
  }

  /** Live orders of a kind, or of all but corrective ones. */
  live(wanted: (kind: number) => boolean): number {
    let count = 0;
    for (let row = 0; row < PLACES; row++) if (this.isLive(row) && wanted(this.kind(row))) count += 1;
    return count;
  }

  /** Gives the row of the new order. While all places are taken there is no paper about the work: then it is below 0. */
  create(unit: number, kind: number, dueS: number, t: number): number {
    this.created += 1;
    const row = this.freeRow();
    if (row === NOWHERE) return row;
    this.u32[this.numberAt + row] = this.created;
    this.u32[this.askedAt + row] = Math.floor(t / SECOND);
    this.u32[this.dueAt + row] = dueS;
    this.u8[this.wordsAt + 4 * row] = unit;
    this.u8[this.wordsAt + 4 * row + 1] = kind;
    this.set(row, OrderState.Open, 0, t);
    this.workOrderCreated.raise(t, this.created);
    return row;
  }

  set(row: number, state: number, who: number, t: number): void {
    if (row === NOWHERE) return;
    this.u8[this.wordsAt + 4 * row + 2] = state;
    this.u8[this.wordsAt + 4 * row + 3] = who;
    if (state === OrderState.Done) {
      this.done += 1;
      this.workOrderDone.raise(t, this.number(row));
    } else if (state === OrderState.Cancelled) this.workOrderCancelled.raise(t, this.number(row));
  }

  /** The live order of a unit, corrective or planned; below 0 if there is none. Of several the oldest one. */
  find(unit: number, isWanted: (kind: number, state: number) => boolean): number {
    let found = NOWHERE;
    for (let row = 0; row < PLACES; row++) {
      if (!this.isLive(row) || this.unit(row) !== unit || !isWanted(this.kind(row), this.state(row))) continue;
      if (found === NOWHERE || this.number(row) < this.number(found)) found = row;
    }
    return found;
  }

  rowOf(number: number): number {
    for (let row = 0; row < PLACES; row++) {
      if (this.state(row) !== OrderState.None && this.number(row) === number) return row;
    }
    return NOWHERE;
  }

  /** Rows in use, the oldest order first. */
  rows(): number[] {
    return Array.from({ length: PLACES }, (_, row) => row)
      .filter((row) => this.state(row) !== OrderState.None)
      .sort((a, b) => this.number(a) - this.number(b));
  }

  /** Places are used in turn, but for those whose order is not over. */
  private freeRow(): number {
    let row = this.newest;
    for (let k = 0; k < PLACES; k++) {
      row = row + 1 < PLACES ? row + 1 : 0;
      if (!this.isLive(row)) return (this.newest = row);
    }
    return NOWHERE;
  }
}

export const workOrders = (): ObjectField<WorkOrders> => field((site) => new WorkOrders(site));
