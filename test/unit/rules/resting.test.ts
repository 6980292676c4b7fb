import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { hours, minutes } from '#simulator/kernel/time.ts';
import { DISTORT, RESTORE } from '#simulator/plant/faults/signal-faults.ts';
import { Alarm } from '#simulator/rules/alarm.ts';
import { RuleState } from '#simulator/rules/rule-state.ts';
import { bytes, lottery, modelOf } from '../simulator/support.ts';

const model = modelOf('pump-line');
const parameters = [...model.targets.values()].filter(({ shape }) => shape !== undefined);
const { signals } = model;

type Order = readonly [at: number, target: string, value?: unknown];
type Random = () => number;

const pick = <T>(from: readonly T[], random: Random): T => from[Math.floor(random() * from.length)];

/** Signals with values that they had at some time, so that limits are often where something happens. */
function samplesOf(seed: number, random: Random): () => readonly [path: string, value: number] {
  const cell = createCell(model, { seed });
  const seen = Array.from({ length: 12 }, () => {
    cell.runUntil(cell.now + minutes(5 + 20 * random()));
    return cell.readAll();
  });
  const lively = signals.filter(
    ({ path, index }) => path !== 'Line.Events' && seen.some((at) => at[index] !== seen[0][index]),
  );
  const bounded = lively.filter(({ bounds, kind, ofLine }) => bounds !== undefined || (kind === 'held' && !ofLine));
  const few = Array.from({ length: 30 }, () => pick(random() < 0.9 ? bounded : lively, random));
  return () => {
    const { path, index, resolution, type } = pick(few, random);
    if (type === 'Boolean') return ['ST12.Air.Pressure', 6.5 + random()];
    const value = pick(seen, random)[index] + (random() < 0.5 ? 0 : (random() - 0.5) * resolution * 100);
    return [path, Number(value.toFixed(3))];
  };
}

function conditionOf(sample: () => readonly [string, number], random: Random): string {
  const one = () => {
    const [path, value] = sample();
    const [other] = sample();
    const left = random() < 0.8 ? path : pick([`${path} * 2 - ${other}`, `-${path}`, `${path} / ${other}`], random);
    return `(${left} ${pick(['<', '<=', '>', '>=', '==', '!='], random)} ${value})`;
  };
  const kind = random();
  if (kind < 0.4) return one();
  return kind < 0.9 ? `${one()} ${pick(['&&', '||'], random)} ${one()}` : `${one()} ? !${one()} : ${one()}`;
}

/** What is asked of a cell, and when. */
function ordersOf(seed: number): Order[] {
  const random = lottery(seed);
  const sample = samplesOf(seed, random);
  const at = (): number => minutes(1) + Math.floor(random() * hours(3));
  const seconds = (most: number): string => `${Math.ceil(random() * most)} s`;
  const orders: Order[] = [];
  for (let k = 0; k < 14; k++) {
    const [signal, limit] = sample();
    const kind = pick(['high', 'low', 'high-high', 'low-low', 'deviation', 'off-normal', 'rate-of-change'], random);
    const isFar = kind === 'deviation' || kind === 'rate-of-change';
    orders.push([
      minutes(random() * 10),
      'Alarms.Create',
      {
        ...{ alarm: `A${k}`, signal, kind, limit: isFar ? Math.abs(limit) / 50 : limit },
        ...(kind === 'deviation' && { setpoint: random() < 0.5 ? limit : sample()[0] }),
        ...(random() < 0.3 && { suppressedIf: conditionOf(sample, random) }),
        ...(random() < 0.5 && { onDelay: seconds(60), offDelay: seconds(60) }),
        ...{ deadband: random() < 0.5 ? 0 : Math.abs(limit) / 200, latching: random() < 0.2 },
      },
    ]);
  }
  for (let k = 0; k < 10; k++) {
    const does = pick(
      [{ do: 'alarm' }, { do: 'publish', value: sample()[0] }, { do: 'hold', station: 'ST08' }],
      random,
    );
    const every = pick([1, 2, 5, 7], random);
    orders.push([
      minutes(random() * 10),
      'Rules.Define',
      {
        ...{ id: `r${k}`, when: conditionOf(sample, random), every: `${every} s`, ...does },
        ...(random() < 0.3 && { until: conditionOf(sample, random) }),
        ...(random() < 0.4 && { for: `${every * Math.ceil(random() * 10)} s` }),
      },
    ]);
  }
  const names = ['SpindleHot', 'SpindleVibration', 'CoolantLow', 'AirPressureLow', 'BeltSlip', 'LeakRejects'];
  for (const alarm of names) orders.push([minutes(random() * 5), 'Alarms.Configure', { alarm, enabled: true }]);
  const all = [...names, ...Array.from({ length: 14 }, (_, k) => `A${k}`)];
  for (let k = 0; k < 12; k++) {
    const alarm = pick(all, random);
    const { path, shape } = pick(parameters, random);
    const [low, high] = shape?.range ?? [0, 1];
    orders.push(
      pick<Order>(
        [
          [at(), 'Alarms.Acknowledge', alarm],
          [at(), 'Alarms.Shelve', { alarm, for: seconds(900), once: random() < 0.3 }],
          [at(), 'Alarms.Unshelve', alarm],
          [at(), 'Alarms.Reset', alarm],
          [at(), 'Alarms.Configure', { alarm, enabled: random() < 0.7, deadband: 0 }],
          [at(), 'Rules.Remove', `r${Math.floor(random() * 10)}`],
          [at(), path, low + (high - low) * random()],
          [at(), 'ST08.Unhold'],
        ],
        random,
      ),
    );
  }
  const from = at();
  const bent = { signal: pick(signals, random).path, what: 'bias', amount: 3 };
  return [...orders, [from, DISTORT, bent] as const, [from + minutes(9), RESTORE, bent] as const].sort(
    ([a], [b]) => a - b,
  );
}

/** The cell after all of it, and what it told. */
function live(seed: number, orders: readonly Order[], slice: (at: number, cell: Cell) => void = () => {}) {
  const cell = createCell(model, { seed });
  const told: Happening[] = [];
  cell.listener = (happening) => void told.push(happening);
  for (const [at, target, value] of orders) {
    slice(at, cell);
    cell.runUntil(at);
    try {
      cell.command({ target, value });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  cell.runUntil(hours(3.5));
  return { cell, told };
}

const shown = (cell: Cell) =>
  signals.flatMap(({ path, index }) => (path === 'Line.Events' ? [] : [[path, cell.read(index)]]));

afterEach(() => vi.restoreAllMocks());

const first = Date.now() % 1_000_000;
describe.each([first, first + 1, first + 2, first + 3])('alarms and rules drawn at random, seed %i', (seed) => {
  const orders = ordersOf(seed);

  test('what comes of those that rest is the same as if they looked at each instant of their grid', () => {
    const resting = live(seed, orders);
    const restings = resting.cell.events;
    vi.spyOn(Alarm.prototype, 'restsUntil').mockReturnValue(-1);
    vi.spyOn(RuleState.prototype, 'restsUntil').mockReturnValue(-1);
    const polling = live(seed, orders);
    const told = ({ event }: Happening) => event.startsWith('Alarms') || event.startsWith('Rules');
    expect(resting.told.filter(told)).toEqual(polling.told.filter(told));
    expect(resting.told).toEqual(polling.told);
    expect(shown(resting.cell)).toEqual(shown(polling.cell));
    expect(restings).toBeLessThanOrEqual(polling.cell.events);
  });

  test('how the way is sliced changes nothing, nor does looking back, nor going on from a snapshot', () => {
    const random = lottery(seed + 7);
    const whole = live(seed, orders);
    const sliced = live(seed, orders, (at, cell) => {
      while (cell.now < at) {
        cell.runUntil(Math.min(at, cell.now + Math.floor(random() * minutes(2))));
        if (random() < 0.05) cell.restore(cell.snapshot());
      }
    });
    expect(sliced.cell.hash).toBe(whole.cell.hash);
    expect(bytes(sliced.cell.snapshot()).equals(bytes(whole.cell.snapshot()))).toBe(true);
    const past = whole.cell.past(whole.cell.now);
    expect(past.hash).toBe(whole.cell.hash);
    expect(bytes(past.snapshot()).equals(bytes(whole.cell.snapshot()))).toBe(true);
  });
});
