import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell, resumeCell } from '#simulator/cell/create-cell.ts';
import { happenings, walk } from '#simulator/cell/history.ts';
import { hours, minutes, seconds } from '#simulator/kernel/time.ts';
import { bytes, modelOf } from './support.ts';

/** A machine fault, two of sensors, one that follows a part, and one that ends. */
const scenario = [
  { fault: 'bearing-outer', station: 'ST03', damage: 0.4, at: '20 min' },
  { fault: 'sensor-dropout', signal: 'ST03.Spindle.Temperature', at: '50 min', for: '15 min' },
  { fault: 'sensor-bias', signal: 'ST12.Air.Pressure', by: -0.6, at: '30 min' },
  { fault: 'air-leak', station: 'ST12', hole: 2, after: '40 parts at ST03', for: '30 min' },
].map((entry) => ({ ...entry, hidden: true }));
const creation = { seed: 21n, scenario };
const model = modelOf('pump-line');

const commands = [
  { target: 'Rules.Define', value: { id: 'hot', when: 'ST03.Spindle.Temperature > 24', for: '10 s', do: 'alarm' } },
  {
    target: 'Rules.Define',
    value: {
      id: 'slow',
      when: 'mean(ST03.Spindle.Vibration, "5 min") > 0.5',
      ...{ do: 'set', parameter: 'ST03.Program.CuttingSpeed', to: 150 },
    },
  },
  {
    target: 'Rules.Define',
    value: { id: 'stop', each: '25 parts at ST03', when: 'true', do: 'hold', station: 'ST09' },
  },
  { target: 'Alarms.Configure', value: { alarm: 'SpindleHot', limit: 24, enabled: true } },
  { target: 'Alarms.Configure', value: { alarm: 'AirPressureLow', limit: 6.3, enabled: true } },
];

/** At ten minutes, with everything set. */
function busy(): Cell {
  const cell = createCell(model, creation);
  cell.runUntil(minutes(10));
  for (const command of commands) cell.command(command);
  return cell;
}

const END = hours(2);
const whole = busy();
whole.runUntil(END);
const told = happenings(whole, 0, END);

test('faults act, alarms are raised and unsure, and rules act, each action once and none of them in the log', () => {
  const count = (event: string) => told.filter((each) => each.event === event).length;
  for (const event of ['Alarms.AlarmRaised', 'Alarms.AlarmQualityBad', 'Rules.RuleFired', 'Rules.RuleActed']) {
    expect([event, count(event) > 0]).toEqual([event, true]);
  }
  expect(whole.faults().map(({ fault }) => fault)).toEqual(scenario.map(({ fault }) => fault));
  expect(whole.log.toJSON().map(({ target }) => target)).toEqual(commands.map(({ target }) => target));
  expect(whole.parameter('ST03.Program.CuttingSpeed')).toBe(150);
});

test('in slices, from a snapshot, as a fork and taken up from its log it is the same to the last byte', () => {
  const sliced = busy();
  for (let t = sliced.now; t < END; t += seconds(7.7)) sliced.runUntil(t);
  const restored = busy();
  restored.runUntil(hours(1));
  const here = restored.snapshot();
  restored.runUntil(hours(1.4));
  restored.restore(here);
  const fork = busy().fork();
  const log = whole.log.toJSON();
  const again = [undefined, whole.past(minutes(55)).checkpoint()].map((checkpoint) =>
    resumeCell(model, { ...creation, log, checkpoint }),
  );
  for (const other of [sliced, restored, fork, ...again]) {
    other.runUntil(END);
    expect(other.hash).toBe(whole.hash);
    expect(bytes(other.snapshot()).equals(bytes(whole.snapshot()))).toBe(true);
    expect(happenings(other, 0, END)).toEqual(told);
  }
});

test('what was live is what history gives, with the status of each sample', () => {
  const cell = busy();
  const paths = /^(Alarms|Rules|ST03\.Spindle|ST12\.Air)\./;
  const indices = cell.model.signals.flatMap(({ path, index }) => (paths.test(path) ? index : []));
  cell.runUntil(minutes(48));
  const [fromUs, end] = [cell.now, minutes(56)];
  const live = new Map<string, string>();
  while (cell.now < end) {
    cell.runUntil(Math.min(end, Math.max(cell.nextUs, cell.now + 1)));
    for (const k of indices) {
      const { tUs, ...rest } = cell.sample(k);
      if (tUs > fromUs) live.set(`${k} ${tUs}`, JSON.stringify(rest));
    }
  }
  const found = new Map<string, string>();
  walk(whole, indices, fromUs + 1, end, (k, { tUs, ...rest }) => void found.set(`${k} ${tUs}`, JSON.stringify(rest)));
  expect([...live].filter(([key, seen]) => found.get(key) !== seen)).toEqual([]);
  expect(live.size).toBeGreaterThan(3000);
  expect([...live.values()].filter((seen) => seen.includes('BadNoCommunication')).length).toBeGreaterThan(0);
});
