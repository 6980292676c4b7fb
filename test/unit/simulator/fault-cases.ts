import type { Cell } from '#simulator/cell/cell.ts';
import { happenings, history } from '#simulator/cell/history.ts';
import type { FaultEntry } from '#simulator/cell/planned-fault.ts';
import { hours, minutes, seconds } from '#simulator/kernel/time.ts';

/** What a look at a cell gives, and by which factor or how much it is more (or less, if below 1 or 0) with the fault. */
interface Effect {
  readonly of: (cell: Cell) => number;
  readonly atLeast?: number;
  readonly times?: number;
}

/** An entry of a scenario but for what is the same in all of a test. */
export type Fault = Pick<FaultEntry, 'fault'> & Readonly<Record<string, unknown>>;

export interface FaultCase {
  readonly entry: Fault;
  readonly symptom: Effect;
  readonly consequence: Effect;
}

/** Faults begin here, and cells are looked at there. */
export const BEGAN_H = 1;
export const SEEN_H = 8;
const [FROM, TO] = [hours(BEGAN_H), hours(SEEN_H)];

const values = (cell: Cell, path: string, fromUs = FROM + minutes(10), toUs = TO): Float64Array =>
  history(cell, [cell.model.indexOf(path)], { fromUs, toUs, everyUs: seconds(20) })[0];
const meanOf = (all: Float64Array): number => all.reduce((sum, value) => sum + value, 0) / all.length;
const mean =
  (path: string, toUs = TO) =>
  (cell: Cell): number =>
    meanOf(values(cell, path, FROM + minutes(10), toUs));
const peak = (path: string) => (cell: Cell) => Math.max(...values(cell, path, FROM));
const least =
  (path: string, toUs = TO) =>
  (cell: Cell): number =>
    Math.min(...values(cell, path, FROM, toUs));
const deviation = (path: string) => (cell: Cell) => {
  const all = values(cell, path);
  const middle = meanOf(all);
  return Math.sqrt(meanOf(all.map((value) => (value - middle) * (value - middle))));
};
const last = (path: string) => (cell: Cell) => cell.read(path);
const count = (event: string, value?: number) => (cell: Cell) =>
  happenings(cell, FROM - 1, TO).filter((each) => each.event === event && (value ?? each.value) === each.value).length;
/** Of the whole shift, in one state of a station. */
const timeIn = (station: string, name: string) => (cell: Cell) =>
  cell.look(({ stations }, t) => {
    const book = stations.get(station)?.timeBook;
    return book === undefined
      ? 0
      : book.timeInUs(
          book.states.findIndex((state) => state.name === name),
          t,
        ) / 1e6;
  });
const leadS = (cell: Cell): number =>
  cell.look(({ parts: { leadUs, finished, scrapped } }) => leadUs / 1e6 / (finished + scrapped));
/** Power while it waits for a part or for room. */
const waitingKw = (station: string) => (cell: Cell) => {
  const states = values(cell, `${station}.State.Current`);
  return meanOf(values(cell, `${station}.Meter.Power`).filter((_, k) => states[k] === 5));
};
const up = (of: Effect['of'], times: number): Effect => ({ of, times });
const more = (of: Effect['of'], atLeast: number): Effect => ({ of, atLeast });

export const CASES: readonly FaultCase[] = [
  {
    entry: { fault: 'bearing-outer', station: 'ST03', damage: 0.5 },
    symptom: up(mean('ST03.Spindle.Vibration'), 1.1),
    consequence: up(deviation('ST03.Bore.Deviation'), 1.2),
  },
  {
    entry: { fault: 'bearing-inner', station: 'ST03', damage: 0.5 },
    symptom: up(mean('ST03.Spindle.Vibration'), 1.1),
    consequence: more(mean('ST03.Spindle.Temperature'), 2),
  },
  {
    entry: { fault: 'tool-wear', station: 'ST03', factor: 5 },
    symptom: more(last('ST03.Tool.Number'), 10),
    consequence: up(timeIn('ST03', 'toolChange'), 2),
  },
  {
    entry: { fault: 'tool-breakage', station: 'ST03', stop: 1200 },
    symptom: more(count('ST03.BrokeDown', 305), 1),
    consequence: more(count('ST08.PartScrapped', 95), 1),
  },
  {
    entry: { fault: 'coolant-loss', station: 'ST03', rate: 60 },
    symptom: up(mean('ST03.Coolant.Flow'), 0.7),
    consequence: more(last('ST03.Tool.Number'), 3),
  },
  {
    entry: { fault: 'belt-slip', station: 'ST02', slip: 15 },
    symptom: up(mean('ST02.Belt.ActualSpeed'), 0.9),
    consequence: more(leadS, 5),
  },
  {
    entry: { fault: 'stuck-gate', station: 'ST02', before: 'ST07', for: '40 min' },
    symptom: more(mean('ST02.Gate.ST07.Closed'), 0.05),
    consequence: more((cell) => -cell.read('ST07.Counter.Parts'), 10),
  },
  {
    entry: { fault: 'vacuum-leak', station: 'ST04', hole: 1 },
    symptom: up(mean('ST04.Gripper.Vacuum'), 0.9),
    consequence: more(timeIn('ST04', 'andon'), 20),
  },
  {
    entry: { fault: 'nozzle-clog', station: 'ST05', printer: 2, clog: 0.7 },
    symptom: up(mean('ST05.Printer2.Flow'), 0.8),
    consequence: more(last('ST05.Covers.Scrapped'), 5),
  },
  {
    entry: { fault: 'layer-shift', station: 'ST05', printer: 1, shift: 2 },
    symptom: more(last('ST05.Covers.Scrapped'), 10),
    consequence: more((cell) => -cell.read('ST05.Covers.Stock'), 1),
  },
  {
    entry: { fault: 'press-misalignment', station: 'ST07', askew: 0.8 },
    symptom: more((cell) => -mean('ST07.Ram.Seat')(cell), 0.2),
    consequence: more(last('ST07.Counter.PressRejects'), 10),
  },
  {
    entry: { fault: 'light-decay', station: 'ST08', factor: 10_000 },
    symptom: up(mean('ST08.Light.Intensity'), 0.5),
    consequence: more(
      (cell) =>
        cell.look(({ stations }) => (stations.get('ST08')?.self as unknown as { falseRejects: number }).falseRejects),
      3,
    ),
  },
  {
    entry: { fault: 'soft-lot', station: 'ST01', lot: 2 },
    symptom: up(mean('ST07.Ram.PeakForce', hours(1.9)), 0.95),
    consequence: up(mean('ST07.Leak.Rate', hours(1.9)), 1.2),
  },
  {
    entry: { fault: 'air-leak', station: 'ST12', hole: 4 },
    symptom: up(mean('ST12.Air.Flow'), 1.5),
    consequence: more(last('ST12.Compressor.LoadedTime'), 1),
  },
  {
    entry: { fault: 'left-idling', station: 'ST07', share: 0.9 },
    symptom: up(waitingKw('ST07'), 2),
    consequence: more(last('ST07.Meter.Energy'), 3),
  },
  {
    entry: { fault: 'battery-ageing', station: 'ST11', vehicle: 'AGV1', health: 3 },
    symptom: more((cell) => -least('ST11.Agv1.Battery')(cell), 3),
    consequence: more((cell) => -cell.read('ST11.Agv1.Orders'), 1),
  },
  {
    entry: { fault: 'operator-absence', station: 'ST06', for: '45 min' },
    symptom: more((cell) => -mean('ST06.Operator.Present')(cell), 0.05),
    consequence: more((cell) => -cell.read('ST06.Counter.Parts'), 20),
  },
  {
    entry: { fault: 'process-mean', station: 'ST03', by: 12 },
    symptom: more(mean('ST03.Bore.Deviation'), 10),
    consequence: more(last('ST08.Scrap.Bore'), 50),
  },
  {
    entry: { fault: 'process-spread', station: 'ST03', deviation: 9 },
    symptom: up(deviation('ST03.Bore.Deviation'), 2),
    consequence: more(last('ST08.Scrap.Bore'), 30),
  },
  {
    entry: { fault: 'special-cause', station: 'ST03', by: 60 },
    symptom: more(peak('ST03.Bore.Deviation'), 30),
    consequence: more(last('Line.Parts.Scrapped'), 1),
  },
  {
    entry: { fault: 'forbidden-flow', station: 'Network', from: 'Office', to: 'Cells', protocol: 'Modbus', port: 502 },
    symptom: more(count('Network.ForbiddenFlow'), 1),
    consequence: more(last('Network.Flows.Forbidden'), 1),
  },
];
