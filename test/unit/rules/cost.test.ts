import { expect, test } from 'vitest';
import { createCell } from '#simulator/cell/create-cell.ts';
import { minutes, seconds } from '#simulator/kernel/time.ts';
import { modelOf, pumpLine } from '../simulator/support.ts';

const cpuUs = (work: () => void): number => {
  const began = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(began);
  return user + system;
};

/** Microseconds of one evaluation, once the engine has compiled all: what a rule adds to an hour, every second. */
function costUs(rule: object): number {
  const [calm, ruled] = [pumpLine(7n), pumpLine(7n)];
  ruled.command({ target: 'Rules.Define', value: { id: 'dear', do: 'alarm', until: 'false', ...rule } });
  for (const cell of [calm, ruled]) cell.runUntil(minutes(30));
  const [bare, whole] = [calm, ruled].map((cell) => cpuUs(() => cell.runUntil(minutes(90))));
  return (whole - bare) / 3600;
}

/** The signals that cost most to read come first. */
function dearest(): string[] {
  const cell = createCell(modelOf('pump-line'), { seed: 7n });
  cell.runUntil(minutes(30));
  const numbers = cell.model.signals.filter(({ type }) => type !== 'Boolean');
  const cost = numbers.map(({ path, index }) => {
    const read = () => {
      for (let k = 0; k < 1000; k++) cell.sample(index, cell.now);
    };
    read();
    return { path, us: cpuUs(read) };
  });
  return cost.sort((a, b) => b.us - a.us).map(({ path }) => path);
}

test('the dearest rule that can be written costs far less than a millisecond', () => {
  const signals = dearest();
  let when = signals
    .slice(0, 4)
    .map((path) => `std(${path}, "1 h")`)
    .join('+');
  for (const path of signals.slice(4, 16)) if (when.length + path.length < 390) when += `+${path}`;
  const dear = costUs({ when: `${when} > -1` });
  const cheap = costUs({ when: 'ST03.Meter.Power > 1000' });
  const long = costUs({ when: `1${'+1'.repeat(98)} > 1000` });
  console.log(
    `us per evaluation: dearest ${dear.toFixed(1)}, one comparison ${cheap.toFixed(1)}, 199 nodes ${long.toFixed(1)}`,
  );
  for (const us of [dear, cheap, long]) expect(us).toBeLessThan(1000);
});

test('a signal that has no communication makes its rules unknown, and they neither fire nor clear', () => {
  // The line starts at 05:30.
  const fault = { fault: 'sensor-dropout', signal: 'ST03.Spindle.Temperature', at: 'Mon 06:00', for: '10 min' };
  const cell = createCell(modelOf('pump-line'), { seed: 7n, scenario: [{ ...fault, hidden: true }] });
  const temperature = 'ST03.Spindle.Temperature';
  const rules = [
    { id: 'fires', when: `${temperature} > 0`, do: 'alarm' },
    { id: 'waits', when: `${temperature} > 1000`, do: 'alarm' },
    { id: 'window', when: `mean(${temperature}, "5 min") > 1000`, do: 'alarm' },
    { id: 'decided', when: `${temperature} > 1000 && Line.Events < 0`, do: 'alarm' },
  ];
  for (const value of rules) cell.command({ target: 'Rules.Define', value });
  const statuses = () => [1, 2, 3, 4].map((k) => cell.read(`Rules.R${k}.Status`));
  cell.runUntil(minutes(29));
  expect(statuses()).toEqual([4, 2, 2, 2]);
  cell.runUntil(minutes(35));
  expect(statuses()).toEqual([4, 1, 1, 2]);
  cell.runUntil(minutes(40) + seconds(10));
  expect(statuses()).toEqual([4, 2, 1, 2]);
  cell.runUntil(minutes(46));
  expect(statuses()).toEqual([4, 2, 2, 2]);
});
