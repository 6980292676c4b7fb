import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { happenings } from '#simulator/cell/history.ts';
import { hours, minutes } from '#simulator/kernel/time.ts';
import { FAULTS } from '#simulator/plant/faults/faults.ts';
import { machineFaults } from '#simulator/plant/faults/machine-faults.ts';
import { BEGAN_H, CASES, type Fault, SEEN_H } from './fault-cases.ts';
import { bytes, modelOf } from './support.ts';

const model = modelOf('pump-line');
const set = Object.fromEntries(
  [...model.plant.kernel.parameters.keys()]
    .filter((path) => path.endsWith('.timeToFailure'))
    .map((path) => [path, 'never']),
);

function lineWith(...scenario: Fault[]): Cell {
  const cell = createCell(model, { seed: 11n, set, scenario: scenario.map((entry) => ({ hidden: true, ...entry })) });
  cell.runUntil(hours(SEEN_H));
  return cell;
}
const healthy = lineWith();

test('there is every fault that a line is said to have', () => {
  const said = [
    ...['sensor-bias', 'sensor-drift', 'sensor-gain', 'sensor-stuck', 'sensor-noise', 'sensor-dropout'],
    ...['sensor-out-of-range', 'meter-ratio', 'unit-mix-up', 'frozen-timestamp', 'clock-skew', 'duplicates'],
    ...['process-mean', 'process-spread', 'special-cause', 'bearing-inner', 'bearing-outer', 'tool-wear'],
    ...['tool-breakage', 'coolant-loss', 'belt-slip', 'stuck-gate', 'vacuum-leak', 'nozzle-clog', 'layer-shift'],
    ...['press-misalignment', 'light-decay', 'soft-lot', 'air-leak', 'left-idling', 'battery-ageing'],
    ...['operator-absence', 'rogue-write', 'weak-credentials', 'spoofed-command', 'replayed-command'],
    ...['forbidden-flow', 'zone-crossing'],
  ];
  expect([...FAULTS.keys()].sort()).toEqual(said.sort());
});

test('every fault of machines, people and networks has a case, and both texts', () => {
  expect(CASES.map(({ entry }) => entry.fault).sort()).toEqual(machineFaults.map(({ id }) => id).sort());
  for (const [id, { text, parameters }] of FAULTS) {
    expect(id).toMatch(/^[a-z-]+$/);
    for (const { en, sv } of [text, ...Object.values(parameters).map((each) => each.text)]) {
      expect(en.length * sv.length).toBeGreaterThan(0);
    }
  }
});

test.each(CASES)(
  '$entry.fault shows in its symptom and has its consequence; without it the same seed has neither',
  (each) => {
    const faulty = lineWith({ ...each.entry, at: `${BEGAN_H} h` });
    for (const { of, times, atLeast } of [each.symptom, each.consequence]) {
      const [with_, without] = [of(faulty), of(healthy)];
      if (atLeast !== undefined) expect(with_ - without).toBeGreaterThanOrEqual(atLeast);
      else if (times !== undefined && times > 1) expect(with_ / without).toBeGreaterThan(times);
      else expect(with_ / without).toBeLessThan(times ?? 0);
    }
    const before = hours(BEGAN_H) - 1;
    expect(faulty.past(before).hash).toBe(healthy.past(before).hash);
    expect(faulty.hash).not.toBe(healthy.hash);
    expect(faulty.log.length).toBe(0);
  },
);

test('a fault that is over leaves the causes as they were at the start', () => {
  for (const { entry } of CASES) {
    if (FAULTS.get(entry.fault)?.isInstant === true) continue;
    const cell = createCell(model, {
      seed: 11n,
      set: { ...set, 'ST03.spread': 2 },
      scenario: [{ ...entry, at: '1 h', for: '30 min', hidden: true }],
    });
    const hidden = () => {
      const slab = cell.model.plant.kernel.parameters;
      return [...slab]
        .filter(([path, { shape }]) => shape === undefined && !/castings|covers|Roll|Stock/.test(path))
        .map(([path]) => [path, cell.parameter(path)]);
    };
    cell.runUntil(minutes(59));
    const atFirst = hidden();
    cell.runUntil(minutes(89));
    if (!['stuck-gate'].includes(entry.fault)) expect(hidden(), entry.fault).not.toEqual(atFirst);
    cell.runUntil(minutes(91));
    expect(hidden(), entry.fault).toEqual(atFirst);
  }
});

test('a stuck gate does not open when it is told to, and does when it is free again', () => {
  const cell = createCell(model, {
    seed: 3n,
    scenario: [{ fault: 'stuck-gate', station: 'ST02', before: 'ST09', at: '20 min', for: '20 min', hidden: true }],
  });
  cell.runUntil(minutes(25));
  cell.command({ target: 'ST02.OpenGate', value: 'ST09' });
  expect(cell.read('ST02.Gate.ST09.Closed')).toBe(1);
  cell.runUntil(minutes(41));
  expect(cell.read('ST02.Gate.ST09.Closed')).toBe(0);
});

test('an operator who is called away stays away over breaks and shifts, and comes back when it is over', () => {
  const cell = createCell(model, {
    seed: 3n,
    scenario: [{ fault: 'operator-absence', station: 'ST06', at: 'Mon 08:55', for: '6 h', hidden: true }],
  });
  cell.runUntil(hours(3.42));
  const made = cell.read('ST06.Counter.Parts');
  cell.runUntil(hours(9.4));
  expect(cell.read('ST06.Counter.Parts') - made).toBeLessThanOrEqual(1);
  cell.runUntil(hours(10.5));
  expect(cell.read('ST06.Counter.Parts') - made).toBeGreaterThan(20);
});

test('a fault after so many parts begins with that very part, however the way there is sliced', () => {
  const entry = {
    fault: 'process-mean',
    station: 'ST03',
    by: 40,
    after: '50 parts at ST03',
    for: '10 min',
    hidden: true,
  };
  const once = createCell(model, { seed: 11n, set, scenario: [entry] });
  once.runUntil(hours(2));
  const done = happenings(once, 0, hours(2)).filter(({ event }) => event === 'ST03.PartDone');
  const fiftieth = done[49].t;
  const met = { fault: 'process-mean', of: 'ST03', beganUs: fiftieth };
  expect([fiftieth - 1, fiftieth, hours(2)].map((t) => once.past(t).faults())).toEqual([
    ...[[], [met]],
    [{ ...met, endedUs: fiftieth + minutes(10) }],
  ]);
  expect(once.past(fiftieth - 1).parameter('ST03.offset')).toBe(0);
  expect(once.past(fiftieth).parameter('ST03.offset')).toBe(40);
  expect(once.past(fiftieth + minutes(10) - 1).parameter('ST03.offset')).toBe(40);
  expect(once.past(fiftieth + minutes(10)).parameter('ST03.offset')).toBe(0);

  const sliced = createCell(model, { seed: 11n, set, scenario: [entry] });
  for (let t = 0; t < hours(2); t += 777_777) {
    sliced.runUntil(t);
    if (t % 5 === 0) sliced.sample(t % model.signals.length);
  }
  sliced.runUntil(hours(2));
  expect(bytes(sliced.snapshot()).equals(bytes(once.snapshot()))).toBe(true);
  expect(bytes(once.past(hours(1)).snapshot()).equals(bytes(sliced.past(hours(1)).snapshot()))).toBe(true);
});

test('a fork that must not foresee meets no fault that has not begun, by time or by part, and sees none end', () => {
  const cell = createCell(model, {
    seed: 11n,
    set,
    scenario: [
      { fault: 'air-leak', station: 'ST12', hole: 3, at: '30 min', for: '2 h', hidden: true },
      { fault: 'tool-wear', station: 'ST03', after: '200 parts at ST03', hidden: true },
      { fault: 'belt-slip', station: 'ST02', at: '2 h', hidden: true },
    ],
  });
  cell.runUntil(hours(1));
  const ends = [cell.fork(), cell.fork({ seed: 5n, foresee: false })].map((fork) => {
    fork.runUntil(hours(4));
    const met = fork.faults().map(({ fault, endedUs }) => (endedUs === undefined ? fault : `${fault} ended`));
    return [...met, ...['ST12.leakMm', 'ST03.wearFactor', 'ST02.beltSlip'].map((path) => fork.parameter(path))];
  });
  expect(ends).toEqual([
    ['air-leak ended', 'tool-wear', 'belt-slip', 0, 3, 8],
    ['air-leak', 3, 1, 0],
  ]);
});

test('a fault that is not hidden is told of in the event log, and a hidden one is not', () => {
  const entry = { fault: 'air-leak', station: 'ST12', at: '10 min', for: '5 min' };
  const told = (hidden: boolean) => {
    const cell = createCell(model, { seed: 1n, scenario: [{ ...entry, hidden }] });
    cell.runUntil(minutes(20));
    return happenings(cell, 0, minutes(20)).filter(({ event }) => event.startsWith('Line.Fault'));
  };
  const which = 1 + [...FAULTS.keys()].indexOf('air-leak');
  expect(told(true)).toEqual([]);
  expect(told(false)).toEqual([
    { t: minutes(10), event: 'Line.FaultBegan', value: which },
    { t: minutes(15), event: 'Line.FaultEnded', value: which },
  ]);
});
