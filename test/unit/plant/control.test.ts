import { describe, expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { hours, minutes, seconds, SECOND } from '#simulator/kernel/time.ts';
import { PACKML_STATES, REASONS } from '#simulator/plant/reasons.ts';
import { pumpLine, pumpLineModel } from './pump-line.ts';

const state = (cell: Cell, station = 'ST03') => PACKML_STATES[cell.read(`${station}.State.Current`)].en;

/** Runs on to the moment at which a station is in a state. */
function until(cell: Cell, wanted: string, station = 'ST03'): void {
  const limit = cell.now + hours(2);
  while (state(cell, station) !== wanted) {
    if (cell.now > limit) throw new Error(`${station} did not come to ${wanted}.`);
    cell.runUntil(Math.min(cell.nextUs, cell.now + seconds(1)));
  }
}

function busy(seed = 1): Cell {
  const cell = pumpLine(seed);
  cell.runUntil(hours(1));
  until(cell, 'Execute');
  return cell;
}

describe('a unit', () => {
  test('goes through Holding to Held and back, and the part goes on where it was', () => {
    const cell = busy();
    cell.runUntil(cell.now + seconds(10));
    cell.command({ target: 'ST03.Hold' });
    expect(state(cell)).toBe('Holding');
    const done = cell.read('ST03.Cycle.Progress');
    cell.runUntil(cell.now + minutes(5));
    expect(state(cell)).toBe('Held');
    expect(cell.read('ST03.State.Reason')).toBe(5);
    expect(cell.read('ST03.Cycle.Progress')).toBe(done);
    cell.command({ target: 'ST03.Unhold' });
    expect(state(cell)).toBe('Unholding');
    cell.runUntil(cell.now + seconds(2));
    expect(state(cell)).toBe('Execute');
    expect(cell.read('ST03.Cycle.Progress')).toBeGreaterThan(done);
  });

  test('stops, resets and starts in the order of the standard', () => {
    const cell = busy();
    const seen = [];
    for (const [target, comesTo] of [
      ['Stop', 'Stopped'],
      ['Reset', 'Idle'],
      ['Start', 'Execute'],
      ['Abort', 'Aborted'],
      ['Clear', 'Stopped'],
    ]) {
      cell.command({ target: `ST03.${target}` });
      seen.push(state(cell));
      until(cell, comesTo);
    }
    expect(seen).toEqual(['Stopping', 'Resetting', 'Starting', 'Aborting', 'Clearing']);
  });

  test.each([
    ['Unhold', 'ST03 cannot unhold in state Execute'],
    ['Reset', 'ST03 cannot reset in state Execute'],
    ['Start', 'ST03 cannot start in state Execute'],
    ['Clear', 'ST03 cannot clear in state Execute'],
    ['ChangeTool', 'ST03 cannot change tools in state Execute. Hold the machine first: call Hold, wait for Held.'],
    ['SetMode', 'ST03 cannot change mode in state Execute', 2],
    ['SetMode', 'no unit mode', 7],
  ])('refuses %s while it works, names the reason, and changes nothing', (command, message, value?: number) => {
    const cell = busy();
    const before = cell.hash;
    const order = { target: `ST03.${command}`, ...(value !== undefined && { value }) };
    expect(() => cell.command(order)).toThrow(message);
    expect(() => cell.command(order)).toThrow(Refusal);
    expect(cell.log.length).toBe(0);
    expect(cell.hash).toBe(before);
  });

  test('does not start production in another mode than Produce', () => {
    const cell = busy();
    cell.command({ target: 'ST03.Stop' });
    until(cell, 'Stopped');
    cell.command({ target: 'ST03.SetMode', value: 'Maintenance' });
    expect(cell.read('ST03.State.Mode')).toBe(2);
    cell.command({ target: 'ST03.Reset' });
    until(cell, 'Idle');
    expect(() => cell.command({ target: 'ST03.Start' })).toThrow('mode Maintenance');
    cell.command({ target: 'ST03.SetMode', value: 1 });
    cell.command({ target: 'ST03.Start' });
    until(cell, 'Execute');
  });

  test.each(['hydraulic-pressure', 'test-seal'])('fails for %s as a scenario says, for exactly as long', (reason) => {
    const forS = 187;
    const cell = pumpLine(3, { atH: 1, target: 'ST07.Fail', value: { reason, forS } });
    const wanted = pumpLineModel().signals[pumpLineModel().indexOf('ST07.State.Reason')].words!;
    cell.runUntil(hours(1) - 1);
    cell.runUntil(hours(1) + seconds(5));
    expect(state(cell, 'ST07')).toBe('Aborted');
    const code = cell.read('ST07.State.Reason');
    expect(wanted[code].en).toMatch(reason === 'test-seal' ? /Seal of the leak test/ : /Hydraulic pressure low/);
    expect(wanted[code].sv).not.toBe(wanted[code].en);
    expect(() => cell.command({ target: 'ST07.Clear' })).toThrow('Its fault is still there');
    until(cell, 'Clearing', 'ST07');
    expect(cell.read('ST07.State.Reason')).toBe(code);
    cell.runUntil(hours(1) + forS * SECOND - 1);
    expect(cell.read('ST07.State.Reason')).toBe(code);
    cell.runUntil(hours(1) + forS * SECOND);
    expect(cell.read('ST07.State.Reason')).toBeLessThan(100);
  });

  test('keeps its fault hidden from everyone but scenarios, and refuses one that does not exist', () => {
    expect(pumpLineModel().targets.get('ST07.Fail')?.hidden).toBe(true);
    const cell = pumpLine(3);
    const happened: string[] = [];
    expect(() => cell.command({ target: 'ST07.Fail', value: { reason: 'gremlins', forS: 60 } })).toThrow(
      'ST07 has no fault',
    );
    expect(() => cell.command({ target: 'ST07.Fail', value: { forS: -1 } })).toThrow('Give forS');
    expect(happened).toEqual([]);
  });
});

test('a tool change is Held for its own cause, and unholding does not end it', () => {
  const cell = pumpLine(5);
  while (cell.read('ST03.State.Reason') !== 7) cell.runUntil(cell.nextUs);
  expect(state(cell)).toBe('Held');
  expect(() => cell.command({ target: 'ST03.Unhold' })).toThrow('It goes on by itself once its cause is gone');
  const tool = cell.read('ST03.Tool.Number');
  until(cell, 'Execute');
  expect(cell.read('ST03.Tool.Number')).toBe(tool + 1);
  expect(cell.read('ST03.Tool.Wear')).toBe(0);
});

test('the andon stops the assembly until somebody has come', () => {
  const cell = pumpLine(5);
  cell.runUntil(hours(1));
  until(cell, 'Execute', 'ST06');
  cell.command({ target: 'ST06.Andon' });
  expect(state(cell, 'ST06')).toBe('Held');
  expect(cell.read('ST06.Andon.Active')).toBe(1);
  expect(() => cell.command({ target: 'ST06.Andon' })).toThrow('nobody pulls the andon');
  until(cell, 'Execute', 'ST06');
  expect(cell.read('ST06.Andon.Active')).toBe(0);
});

test('every reason has a PackML state that is shown in both languages', () => {
  for (const { packml, text, name } of REASONS) {
    expect(PACKML_STATES[packml], name).toBeDefined();
    expect(text.sv).not.toBe(text.en);
  }
});

test('parameters are read and written in their own unit and range', () => {
  const cell = pumpLine(1);
  expect(cell.parameter('ST02.Belt.Speed')).toBe(0.25);
  cell.command({ target: 'ST02.Belt.Speed', value: 0.3, unit: 'm/s' });
  expect(cell.read('ST02.Belt.ActualSpeed')).toBeCloseTo(0.3, 12);
  expect(() => cell.command({ target: 'ST02.Belt.Speed', value: 3 })).toThrow('Give a number from 0.1 to 0.5 m/s');
  expect(() => cell.command({ target: 'ST02.Belt.Speed', value: 'fast' })).toThrow(Refusal);
  expect(() => cell.command({ target: 'ST02.CloseGate', value: 'ST12' })).toThrow('Give one of');
});
