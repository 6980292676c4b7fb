import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { history, walk } from '#simulator/cell/history.ts';
import type { Sample } from '#simulator/cell/sample.ts';
import { truth } from '#simulator/cell/truth.ts';
import { HOUR, minutes, MINUTE, SECOND } from '#simulator/kernel/time.ts';
import { signalFaults } from '#simulator/plant/faults/signal-faults.ts';
import type { Fault } from './fault-cases.ts';
import { bytes, modelOf } from './support.ts';

const model = modelOf('pump-line');
const [BEGAN, ENDED, SEEN] = [minutes(30), minutes(50), minutes(60)];
const TEMPERATURE = 'ST03.Spindle.Temperature';

function lineWith(...faults: Fault[]): Cell {
  const scenario = faults.map((fault) => ({ ...fault, hidden: true, at: '30 min', for: '20 min' }));
  const cell = createCell(model, { seed: 21n, scenario });
  cell.runUntil(SEEN);
  return cell;
}
const sound = lineWith();

function samplesOf(cell: Cell, path: string, fromUs = 0, toUs = SEEN): Sample[] {
  const found: Sample[] = [];
  walk(cell, [model.indexOf(path)], fromUs, toUs, (_, sample) => void found.push(sample));
  return found;
}

/** Samples while the fault lasts, each beside the one that a sound sensor gives at the same instant. */
function pairs(fault: Fault, path: string): { shown: Sample; real: Sample }[] {
  const real = new Map(samplesOf(sound, path).map((sample) => [sample.tUs, sample]));
  const found = samplesOf(lineWith(fault), path)
    .filter(({ tUs }) => tUs > BEGAN && tUs < ENDED)
    .map((shown) => ({ shown, real: real.get(shown.tUs) as Sample }));
  expect(found.length).toBeGreaterThan(10);
  return found;
}

const good = ({ status, stampUs, copies }: Sample) =>
  status === undefined && stampUs === undefined && copies === undefined;

test.each<[string, Fault, string, (shown: number, real: number, tUs: number) => boolean]>([
  ['bias', { fault: 'sensor-bias', by: 4 }, TEMPERATURE, (shown, real) => near(shown, real + 4)],
  [
    'drift',
    { fault: 'sensor-drift', rate: 12 },
    TEMPERATURE,
    (shown, real, tUs) => near(shown, real + (12 * (tUs - BEGAN)) / HOUR),
  ],
  ['gain', { fault: 'sensor-gain', factor: 0.8 }, TEMPERATURE, (shown, real) => near(shown, real * 0.8)],
  ['unit', { fault: 'unit-mix-up', unit: '[degF]' }, TEMPERATURE, (shown, real) => near(shown, real * 1.8 + 32)],
])('%s: Good samples at the same instants, wrong by just that', (_, fault, path, isRight) => {
  for (const { shown, real } of pairs({ ...fault, signal: path }, path)) {
    expect(good(shown)).toBe(true);
    expect(isRight(shown.value, real.value, shown.tUs)).toBe(true);
  }
});
const near = (a: number, b: number) => Math.abs(a - b) < 0.011;

test('stuck: one value, Good, with fresh timestamps', () => {
  const found = pairs({ fault: 'sensor-stuck', signal: TEMPERATURE }, TEMPERATURE);
  expect(new Set(found.map(({ shown }) => shown.value)).size).toBe(1);
  expect(new Set(found.map(({ real }) => real.value)).size).toBeGreaterThan(10);
  expect(found.every(({ shown }) => good(shown))).toBe(true);
});

test('noise: around the truth, with the deviation that was asked for, and the same again', () => {
  const fault = { fault: 'sensor-noise', signal: TEMPERATURE, deviation: 3 };
  const errors = pairs(fault, TEMPERATURE).map(({ shown, real }) => shown.value - real.value);
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  const deviation = Math.sqrt(errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / errors.length);
  expect(Math.abs(mean)).toBeLessThan(0.4);
  expect(Math.abs(deviation - 3)).toBeLessThan(0.4);
  expect(pairs(fault, TEMPERATURE).map(({ shown, real }) => shown.value - real.value)).toEqual(errors);
});

test.each(['BadNoCommunication', 'UncertainLastUsableValue'] as const)(
  'dropout: one sample with %s and the last value, then nothing until it is over',
  (quality) => {
    const cell = lineWith({ fault: 'sensor-dropout', signal: TEMPERATURE, quality });
    const found = samplesOf(cell, TEMPERATURE).filter(({ tUs }) => tUs >= BEGAN && tUs < ENDED);
    const before = samplesOf(sound, TEMPERATURE).findLast(({ tUs }) => tUs <= BEGAN) as Sample;
    expect(found).toEqual([{ tUs: BEGAN, value: expect.closeTo(before.value, 1) as number, status: quality }]);
    const after = samplesOf(cell, TEMPERATURE).filter(({ tUs }) => tUs >= ENDED);
    expect(after[0].tUs).toBe(ENDED);
    expect(after.every(good)).toBe(true);
    const doubts: [number, string][] = [];
    const grid = { fromUs: BEGAN - 2 * MINUTE, toUs: ENDED, everyUs: MINUTE };
    history(cell, [model.indexOf(TEMPERATURE)], grid, (_, row, status) => doubts.push([row, status]));
    expect(doubts).toEqual(Array.from({ length: 20 }, (_, k) => [k + 2, quality]));
  },
);

test('a sensor that falls silent between two scans is silent in history from that instant, not from the next scan', () => {
  const beganUs = BEGAN + 0.37 * SECOND;
  const fault = { fault: 'sensor-dropout', signal: TEMPERATURE, quality: 'BadNoCommunication', hidden: true };
  const cell = createCell(model, { seed: 21n, scenario: [{ ...fault, at: '1800.37 s', for: '20 min' }] });
  cell.runUntil(beganUs + 1);
  const newest = cell.sample(model.indexOf(TEMPERATURE));
  expect(newest).toMatchObject({ tUs: beganUs, status: 'BadNoCommunication' });
  expect(samplesOf(cell, TEMPERATURE, BEGAN, cell.now).at(-1)).toEqual(newest);
});

test('out of range: beyond the end of the range, and said to be so', () => {
  for (const side of ['high', 'low']) {
    const { range } = model.signals[model.indexOf(TEMPERATURE)];
    for (const { shown } of pairs({ fault: 'sensor-out-of-range', signal: TEMPERATURE, side }, TEMPERATURE)) {
      expect(shown.status).toBe('UncertainEngineeringUnitsExceeded');
      expect(side === 'high' ? shown.value > range[1] : shown.value < range[0]).toBe(true);
    }
  }
});

test('meter ratio: power in proportion, energy from where it was, and the main meter and the truth as ever', () => {
  const fault = { fault: 'meter-ratio', station: 'ST03', factor: 0.5 };
  for (const { shown, real } of pairs(fault, 'ST03.Meter.Power')) expect(near(shown.value, real.value / 2)).toBe(true);
  const held = samplesOf(sound, 'ST03.Meter.Energy').findLast(({ tUs }) => tUs <= BEGAN) as Sample;
  for (const { shown, real } of pairs(fault, 'ST03.Meter.Energy')) {
    expect(Math.abs(shown.value - (held.value + (real.value - held.value) / 2))).toBeLessThan(0.02);
  }
  const cell = lineWith(fault);
  for (const path of ['ST12.Meter.Main.Energy', 'Line.Energy']) expect(cell.read(path)).toBe(sound.read(path));
  const window = { fromUs: 0, toUs: SEEN };
  const faults = [{ fault: 'meter-ratio', of: 'ST03', beganUs: BEGAN, endedUs: ENDED }];
  expect(truth(cell, window)).toEqual({ ...truth(sound, window), faults });
  expect(truth(cell, { fromUs: ENDED, toUs: SEEN }).faults).toEqual([]);
  expect(truth(cell, { fromUs: 0, toUs: BEGAN - 1 }).faults).toEqual([]);
});

test('a frozen timestamp stays, a skewed one is off, and the values go on as they are', () => {
  const frozen = pairs({ fault: 'frozen-timestamp', signal: TEMPERATURE }, TEMPERATURE);
  expect(frozen.every(({ shown, real }) => shown.stampUs === BEGAN && shown.value === real.value)).toBe(true);
  const skewed = pairs({ fault: 'clock-skew', signal: TEMPERATURE, by: -90 }, TEMPERATURE);
  expect(skewed.every(({ shown }) => shown.stampUs === shown.tUs - 90 * SECOND)).toBe(true);
  const twice = pairs({ fault: 'duplicates', signal: TEMPERATURE }, TEMPERATURE);
  expect(twice.every(({ shown, real }) => shown.copies === 2 && shown.value === real.value)).toBe(true);
});

const ALL: readonly Fault[] = [
  { fault: 'sensor-noise', signal: 'ST07.Oil.Temperature', deviation: 2 },
  { fault: 'sensor-bias', signal: 'ST03.Bore.Deviation', by: 5 },
  { fault: 'sensor-dropout', signal: 'ST01.Crane.Height', quality: 'BadNoCommunication' },
  { fault: 'sensor-drift', signal: 'Line.Power', rate: 10 },
  { fault: 'clock-skew', signal: 'ST03.Bore.Deviation', by: 30 },
  { fault: 'sensor-stuck', signal: 'ST02.Motor.Current' },
];

test('with six faults at once history is what was live, no slicing matters, and a fork goes on alike', () => {
  const watched = [...new Set(ALL.map(({ signal }) => String(signal)))].map((path) => model.indexOf(path));
  const scenario = ALL.map((each) => ({ ...each, hidden: true, at: '30 min', for: '20 min' }));
  const cell = createCell(model, { seed: 21n, scenario });
  const live: Sample[][] = watched.map(() => []);
  cell.runUntil(minutes(29));
  while (cell.now < minutes(52)) {
    cell.runUntil(Math.min(cell.nextUs, (Math.floor(cell.now / (SECOND / 10)) + 1) * (SECOND / 10)));
    watched.forEach((index, k) => {
      const sample = cell.sample(index);
      const before = live[k].at(-1);
      if (sample.tUs > (before?.tUs ?? minutes(29))) live[k].push(sample);
      else if (before) expect(sample).toEqual(before);
    });
  }
  const again: Sample[][] = watched.map(() => []);
  walk(cell, watched, minutes(29) + 1, cell.now, (index, sample) => void again[watched.indexOf(index)].push(sample));
  watched.forEach((_, k) => expect(again[k]).toEqual(live[k]));
  const once = createCell(model, { seed: 21n, scenario });
  once.runUntil(cell.now);
  expect(bytes(once.snapshot()).equals(bytes(cell.snapshot()))).toBe(true);
  const fork = cell.past(minutes(40)).fork();
  fork.runUntil(cell.now);
  expect(bytes(fork.snapshot()).equals(bytes(cell.snapshot()))).toBe(true);
});

test('a seventh fault at once finds no place: it is noted as refused, and the six stay', () => {
  const cell = lineWith(...ALL, { fault: 'sensor-bias', signal: TEMPERATURE, by: 4 });
  expect(cell.past(minutes(40)).sample(model.indexOf(TEMPERATURE)).value).toBe(
    sound.past(minutes(40)).sample(model.indexOf(TEMPERATURE)).value,
  );
});

test('every fault of a signal has been tried here, and none makes events of its own or outlasts its time', () => {
  expect(signalFaults.map(({ id }) => id).sort()).toEqual(
    [
      ...['sensor-bias', 'sensor-drift', 'sensor-gain', 'sensor-stuck', 'sensor-noise', 'sensor-dropout'],
      ...['sensor-out-of-range', 'meter-ratio', 'unit-mix-up', 'frozen-timestamp', 'clock-skew', 'duplicates'],
    ].sort(),
  );
  for (const fault of [{ fault: 'sensor-bias', signal: TEMPERATURE, by: 4 }, ...ALL]) {
    const cell = lineWith(fault);
    expect(cell.events).toBe(sound.events);
    expect(samplesOf(cell, TEMPERATURE, ENDED + MINUTE, SEEN)).toEqual(
      samplesOf(sound, TEMPERATURE, ENDED + MINUTE, SEEN),
    );
  }
});
