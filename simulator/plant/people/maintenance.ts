import { didYouMean } from '#simulator/kernel/nearest.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { HOUR, MINUTE, SECOND } from '#simulator/kernel/time.ts';
import type { CrewLink } from './crew-link.ts';
import { type Crew, isShort } from './crew-team.ts';
import { Kind, KINDS, ORDER_STATES, OrderState, PLACES } from './work-orders.ts';

const DUE_AFTER_H = 8;
const isPlanned = (kind: number): boolean => kind !== Kind.Corrective;

/** Whoever is free goes to the calls that wait; then planned work that is due gets its order, and what can begin begins. */
export function goRound(crew: Crew, t: number): void {
  const { calls, links, orders } = crew;
  while (calls.length > 0 && !isShort(crew)) links[calls.shift()].answer(t);
  for (const link of links) {
    if (!link.unit.isServiceDue(t) || !hasRoom(crew) || findLive(crew, link.index, Kind.Preventive) >= 0) continue;
    orders.create(link.index, Kind.Preventive, Math.floor((t + DUE_AFTER_H * HOUR) / SECOND), t);
  }
  let isLeft = false;
  for (const row of orders.rows()) {
    if (orders.state(row) !== OrderState.Open || !isPlanned(orders.kind(row))) continue;
    const link = links[orders.unit(row)];
    if (!isShort(crew) && !link.isTaken && isGoodMoment(crew, link, row, t)) link.sendFor(row, t);
    else isLeft = true;
  }
  if (isLeft) crew.look.at(t + MINUTE);
  else if (crew.rounds > 0) crew.look.at(t + crew.rounds);
}

/** A look disturbs nobody. A service waits for a break, without shifts for a moment of no work, but not beyond its due time. */
function isGoodMoment({ orders, shifts }: Crew, { unit }: CrewLink, row: number, t: number): boolean {
  if (orders.kind(row) === Kind.Inspection) return !unit.isDown;
  if (!unit.isServiceable) return false;
  if (t >= orders.dueS(row) * SECOND) return true;
  return shifts.target === undefined ? unit.isIdle : !shifts.isManned(t);
}

const findLive = ({ orders }: Crew, unit: number, kind: number): number => orders.find(unit, (each) => each === kind);

/** Each machine keeps a place for the order of its next failure. */
const hasRoom = ({ orders, links }: Crew): boolean => orders.live(isPlanned) < Math.max(4, PLACES - links.length);

/** `{station, kind, dueH?}` or its JSON, or both words in a text: `"ST03 preventive"`. */
export function createOrder(crew: Crew, value: unknown, t: number): void {
  const [station, kind, dueH] = wish(readIfJson(value));
  const { links, orders, station: own } = crew;
  const unit = links.findIndex((link) => link.unit.path === station);
  if (unit < 0) {
    const known = links.map((link) => link.unit.path);
    throw new Refusal(
      `${own.path} does not look after ${JSON.stringify(station)}.${didYouMean(String(station), known)}`,
      `Give one of ${known.join(', ')}.`,
      'unknown_target',
    );
  }
  const index = KINDS.findIndex((each) => each === kind);
  if (index < 0) {
    const hint = 'Give preventive or inspection.';
    throw new Refusal(`${JSON.stringify(kind)} is no kind of work order.`, hint, 'out_of_range');
  }
  if (index === Kind.Corrective) {
    throw new Refusal(
      'A failure makes its corrective order by itself.',
      'Give preventive or inspection.',
      'not_allowed',
    );
  }
  if (typeof dueH !== 'number' || !(dueH >= 0 && dueH <= 1000)) {
    throw new Refusal(`${JSON.stringify(dueH)} is no due time.`, 'Give dueH, 0 to 1000 h from now.', 'out_of_range');
  }
  const live = findLive(crew, unit, index);
  if (live >= 0) {
    const hint = 'Wait until it is done, or cancel it.';
    throw new Refusal(`Work order ${orders.number(live)} for the same is not done yet.`, hint);
  }
  if (!hasRoom(crew)) throw new Refusal('The list of planned work is full.', 'Wait, or cancel a work order.');
  orders.create(unit, index, Math.floor((t + dueH * HOUR) / SECOND), t);
  crew.look.at(t);
}

/** The object of a JSON text, for doors that know no objects; anything else as it is. */
function readIfJson(value: unknown): unknown {
  if (typeof value !== 'string' || !value.trimStart().startsWith('{')) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function wish(value: unknown): readonly [station: unknown, kind: unknown, dueH: unknown] {
  if (typeof value === 'string') {
    const [station, kind = 'preventive', ...more] = value.trim().split(/\s+/);
    if (more.length === 0) return [station, kind, DUE_AFTER_H];
  }
  if (typeof value === 'object' && value !== null) {
    const { station, kind = 'preventive', dueH = DUE_AFTER_H } = value as Record<string, unknown>;
    return [station, kind, dueH];
  }
  const hint = 'Give {station, kind, dueH}, or a text such as "ST03 preventive".';
  throw new Refusal(`${JSON.stringify(value)} is no work order.`, hint, 'wrong_type');
}

/** By number. What has begun, and what follows from a failure, is not cancelled. */
export function cancelOrder({ orders }: Crew, value: unknown, t: number): void {
  const number = typeof value === 'object' && value !== null ? (value as { number?: unknown }).number : value;
  if (typeof number !== 'number' || !Number.isInteger(number)) {
    throw new Refusal(`${JSON.stringify(value)} is no number of a work order.`, 'Give a whole number.', 'wrong_type');
  }
  const row = orders.rowOf(number);
  if (row < 0) {
    const known = orders.rows().map((each) => orders.number(each));
    const hint = known.length > 0 ? `The list has ${known[0]} to ${known[known.length - 1]}.` : 'The list is empty.';
    throw new Refusal(`There is no work order ${number} in the list.`, hint, 'unknown_target');
  }
  if (!isPlanned(orders.kind(row))) {
    throw new Refusal(`Work order ${number} is corrective.`, 'It ends with the repair.', 'not_allowed');
  }
  if (orders.state(row) !== OrderState.Open) {
    const state = ORDER_STATES[orders.state(row)].en;
    throw new Refusal(`Work order ${number} is ${state}.`, 'Only an open one can be cancelled.');
  }
  orders.set(row, OrderState.Cancelled, 0, t);
}
