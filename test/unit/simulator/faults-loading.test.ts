import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadModel } from '#server/cells/load.ts';
import { catalogueOf } from '#server/labs/catalogue.ts';
import type { Drawn } from '#server/labs/draw.ts';
import { orderLine } from '#server/labs/line-order.ts';
import { loadLab } from '#server/labs/load.ts';
import { scenarioOf } from '#server/labs/attempt-host.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { happenings } from '#simulator/cell/history.ts';
import { hours, minutes, seconds } from '#simulator/kernel/time.ts';
import { temporaryFolder } from '#test/support/host-for-test.ts';
import { modelOf } from './support.ts';
import { copyLabs } from '#test/support/lab-copies.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());
const pumpLine = readFileSync('labs/cells/pump-line.yaml', 'utf8');

/** The pump line with these faults, one in each line after the last of its own. */
function lineWith(...faults: string[]): { file: string; firstLine: number } {
  const file = join(folder.path, 'line.yaml');
  writeFileSync(file, `${pumpLine}scenario:\n${faults.map((fault) => `  - ${fault}\n`).join('')}`);
  return { file, firstLine: pumpLine.split('\n').length + 1 };
}

function problemsOf(fault: string): string {
  const { file, firstLine } = lineWith(fault);
  try {
    loadModel(file);
  } catch (error) {
    return (error as Error).message.replaceAll(`${file}:${firstLine}:`, '');
  }
  return 'none';
}

test.each([
  [
    '{ fault: tool-waer, station: ST03, at: Mon 08:00 }',
    'fault',
    'There is no fault "tool-waer". Did you mean "tool-wear"?',
  ],
  [
    '{ fault: tool-wear, station: ST33, at: Mon 08:00 }',
    'station',
    'There is no station "ST33". Did you mean "ST03"? It can be of ST03.',
  ],
  [
    '{ fault: tool-wear, station: ST07, at: Mon 08:00 }',
    'station',
    'ST07 is a press-fit and has no "tool-wear". It can be of ST03.',
  ],
  ['{ fault: tool-wear, at: Mon 08:00 }', 'fault', '"tool-wear" needs a station. It can be of ST03.'],
  [
    '{ fault: tool-wear, station: ST03, at: Mon 08:00, facter: 2 }',
    'facter',
    '"tool-wear" has no parameter "facter". Did you mean "factor"?',
  ],
  [
    '{ fault: tool-wear, station: ST03, at: Mon 08:00, factor: 500 }',
    'factor',
    '500 is no value for "factor". Give a number from 1 to 50.',
  ],
  ['{ fault: tool-wear, station: ST03, at: Mon 08:00, factor: fast }', 'factor', '"fast" is no value for "factor".'],
  [
    '{ fault: process-mean, station: ST03, at: 2 h }',
    'fault',
    '"process-mean" needs "by". Give a number from -100 to 100 um.',
  ],
  ['{ fault: tool-wear, station: ST03, at: soon }', 'at', '"soon" is no plant time.'],
  [
    '{ fault: tool-wear, station: ST03 }',
    'fault',
    'Give either "at", such as "Mon 08:00", or "after", such as "25 parts at ST03".',
  ],
  [
    '{ fault: tool-wear, station: ST03, after: 25 parts at Crew }',
    'after',
    '"Crew" is no station that counts parts. There are ST01',
  ],
  ['{ fault: tool-wear, station: ST03, after: many parts }', 'after', '"many parts" is no number of parts.'],
  ['{ fault: tool-wear, station: ST03, at: 1 h, for: ever }', 'for', '"ever" is no duration.'],
  [
    '{ fault: tool-breakage, station: ST03, at: 1 h, for: 5 min }',
    'for',
    '"tool-breakage" happens once: leave out "for".',
  ],
  [
    '{ fault: sensor-bias, signal: ST03.Spindel.Load, at: 1 h, by: 2 }',
    'fault',
    'There is no signal "ST03.Spindel.Load". Did you mean "ST03.Spindle.Load"?',
  ],
  [
    '{ fault: sensor-bias, station: ST03, at: 1 h, by: 2 }',
    'fault',
    '"sensor-bias" is of a signal: give "signal" instead.',
  ],
  ['{ fault: stuck-gate, station: ST02, before: ST99, at: 1 h }', 'fault', 'There is no stop "ST99" on loop.'],
  [
    '{ fault: rogue-write, station: ST03, parameter: Program.Feed, value: 900, at: 1 h }',
    'fault',
    '900 is out of range for Program.Feed.',
  ],
  [
    '{ fault: rogue-write, station: ST03, parameter: wearFactor, value: 9, at: 1 h }',
    'fault',
    'There is no parameter "ST03.wearFactor" that can be written.',
  ],
  [
    '{ fault: battery-ageing, station: ST11, vehicle: AGV9, at: 1 h }',
    'vehicle',
    '"AGV9" is no value for "vehicle". Give one of AGV1, AGV2.',
  ],
  [
    '{ fault: nozzle-clog, station: ST05, printer: 1.5, at: 1 h }',
    'fault',
    'There is no parameter "ST05.nozzleClog1.5" that can be written.',
  ],
  [
    '{ fault: unit-mix-up, signal: ST03.Spindle.Load, unit: "[degF]", at: 1 h }',
    'fault',
    'ST03.Spindle.Load is in "%"',
  ],
])('%s fails to load, at "%s"', (fault, key, message) => {
  expect(problemsOf(fault)).toContain(`${'  - '.length + fault.indexOf(`${key}:`) + 1} ${message}`);
});

test('everything that is wrong is told at once, beside what is wrong with stations', () => {
  const { file } = lineWith('{ fault: x, at: 1 h }', '{ fault: tool-wear, station: ST03, at: 1 h, factor: 0 }');
  expect(() => loadModel(file)).toThrow(/There is no fault "x"[\s\S]*0 is no value for "factor"/);
});

test('a cell meets the faults of its definition, by time of the week and by parts', () => {
  const { file } = lineWith(
    '{ fault: tool-wear, station: ST03, at: Mon 06:30:20, factor: 7 }',
    '{ fault: belt-slip, station: ST02, after: 10 parts at ST07, slip: 5, for: 20 min }',
  );
  const model = loadModel(file);
  const cell = createCell(model, { seed: 4n });
  cell.runUntil(hours(2));
  const tenth = happenings(cell, 0, hours(2)).filter(({ event }) => event === 'ST07.PartDone')[9].t;
  const at = (t: number) => ['ST03.wearFactor', 'ST02.beltSlip'].map((path) => cell.past(t).parameter(path));
  expect(at(seconds(3620) - 1)[0]).toBe(1);
  expect(at(seconds(3620))[0]).toBe(7);
  expect(at(tenth - 1)[1]).toBe(0);
  expect(at(tenth)[1]).toBe(5);
  expect(at(tenth + minutes(20))[1]).toBe(0);
  expect(cell.log.length).toBe(0);
});

const catalogues = () => catalogueOf(modelOf('pump-line'));
const OWN = '  - { at: $began, command: $stop.station.Fail, value: { reason: $stop.fault, forS: $lasted } }\n';

function labWith(fault: string) {
  const lab = join(folder.path, 'iiot/meet-the-machine');
  copyLabs('labs/iiot/meet-the-machine', lab);
  const file = join(lab, 'lab.yaml');
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(OWN);
  writeFileSync(file, text.replace(OWN, `${OWN}  - ${fault}\n`));
  return { ...loadLab(lab, 'iiot', catalogues), line: text.split(OWN)[0].split('\n').length + 1 };
}

test('a lab names faults with what it draws, and its order runs', () => {
  const { lab, problems } = labWith(
    '{ fault: left-idling, station: $stop.station, at: $began, for: $lasted, share: 0.8 }',
  );
  expect(problems).toEqual([]);
  if (!lab) throw new Error('no lab');
  const drawn = { stop: { station: 'ST07', fault: 'test-seal' }, began: 1800, lasted: 300 } as unknown as Drawn;
  const order = JSON.parse(JSON.stringify(orderLine(lab, drawn, '00'))) as ReturnType<typeof orderLine>;
  const cell = createCell(modelOf('pump-line'), { seed: 1n, scenario: scenarioOf(order) });
  cell.runUntil(minutes(40));
  const share = (minute: number) => cell.past(minutes(minute)).parameter('ST07.idlingShare');
  expect([29, 31, 34, 36].map(share)).toEqual([0, 0.8, 0.8, 0]);
});

test.each([
  ['{ fault: tool-wear, station: ST33, at: Mon 08:00 }', 32, 'There is no station "ST33"'],
  ['{ fault: tool-wear, station: $stop.station, at: Mon 08:00 }', 32, 'ST01 is a high-bay and has no "tool-wear"'],
  ['{ fault: left-idling, station: ST03, at: Mon 08:00, share: $rpm }', 61, '2600 is no value for "share"'],
  ['{ fault: left-idling, station: ST03, at: Mon 08:00, shore: 1 }', 61, '"left-idling" has no parameter "shore"'],
])('%s is found in a lab, with line and column', (fault, column, message) => {
  const { problems, line } = labWith(fault);
  const found = problems.find((each) => each.message.includes(message));
  expect(found).toMatchObject({ line, severity: 'error', rule: 'wrong-fault' });
  expect(Math.abs((found?.column ?? 0) - column)).toBeLessThan(15);
});
