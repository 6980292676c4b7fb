import type { SqlValue } from '#contract/sql.ts';
import { occurrencesOf, type Occurrence } from '#server/cells/occurrence.ts';
import { isUntold } from '#server/cells/concealed.ts';
import type { Cell } from '#simulator/cell/cell.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { PRIORITIES } from '#simulator/rules/alarm-plan.ts';
import { relive } from './relive.ts';
import type { Filling, Row } from './sql-filling.ts';

/** All that happened in the window of a query, and the state of each station when it began. One replay for all tables. */
interface Happened {
  readonly occurrences: readonly Occurrence[];
  /** Place in the time book, by station. */
  readonly states: ReadonlyMap<string, number>;
  readonly untilUs: number;
}
const known = new WeakMap<Filling, Happened>();

function happenedIn(filling: Filling): Happened {
  const before = known.get(filling);
  if (before) return before;
  const { model, life, order } = filling;
  const cell = relive(model, life);
  const occurrences: Occurrence[] = [];
  cell.runUntil(Math.max(0, order.fromUs - 1));
  cell.listener = occurrencesOf(model.plant, (one) => {
    if (one.t >= order.fromUs) occurrences.push(one);
  });
  const states = statesNow(cell);
  cell.runUntil(order.toUs);
  const happened = { occurrences, states, untilUs: order.toUs };
  known.set(filling, happened);
  return happened;
}

/** The state of a station is the one whose time runs on. */
function statesNow(cell: Cell): Map<string, number> {
  return cell.look(({ stations }, t) => {
    const found = new Map<string, number>();
    for (const { path, timeBook } of stations.values()) {
      if (!timeBook) continue;
      const at = timeBook.states.findIndex((_, k) => timeBook.timeInUs(k, t + SECOND) > timeBook.timeInUs(k, t));
      if (at >= 0) found.set(path, at);
    }
    return found;
  });
}

export function eventRows(filling: Filling): Row[] {
  const { hidden } = filling.order;
  const told = happenedIn(filling).occurrences.filter((one) => !isUntold(hidden, one));
  return told.map(({ t, event, value }) => [
    ...[t / SECOND, event],
    ...[event.slice(0, event.lastIndexOf('.')), value],
  ]);
}

/** Each stay of a station in one state, cut at the ends of the window. Stations whose state is not shown are left out. */
export function stateRows(filling: Filling): Row[] {
  const { model, order } = filling;
  const { occurrences, states, untilUs } = happenedIn(filling);
  const rows: Row[] = [];
  const since = new Map([...states].map(([station, state]) => [station, { state, fromUs: order.fromUs }]));
  const end = (station: string, toUs: number) => {
    const { state, fromUs } = since.get(station)!;
    const book = model.plant.stations.get(station)?.timeBook?.states[state];
    if (!book || toUs <= fromUs || isUnseen(station, order.hidden)) return;
    const times = [fromUs / SECOND, toUs / SECOND, (toUs - fromUs) / SECOND];
    rows.push([...times, station, book.name, book.category]);
  };
  for (const { t, event, value } of occurrences) {
    const station = /^(.*)\.StateChanged$/.exec(event)?.[1];
    if (station === undefined || !since.has(station)) continue;
    end(station, t);
    since.set(station, { state: value, fromUs: t });
  }
  for (const station of since.keys()) end(station, untilUs);
  return rows.sort((a, b) => Number(a[0]) - Number(b[0]));
}

const isUnseen = (station: string, hidden: readonly string[]): boolean =>
  hidden.some((path) => path.startsWith(`${station}.State.`));

/** What was told of alarms, but for those of signals that are not shown. */
export function alarmRows(filling: Filling): Row[] {
  const { hidden } = filling.order;
  return happenedIn(filling).occurrences.flatMap(({ t, event, alarm }): Row[] => {
    if (!alarm || isUntold(hidden, { event, alarm })) return [];
    const setpoint: SqlValue = typeof alarm.setpoint === 'number' ? alarm.setpoint : (alarm.setpoint ?? null);
    return [
      [
        t / SECOND,
        alarm.path,
        alarm.signal,
        event.slice(event.lastIndexOf('.') + 1),
        PRIORITIES[alarm.priority],
        setpoint,
      ],
    ];
  });
}
