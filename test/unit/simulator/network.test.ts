import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { happenings } from '#simulator/cell/history.ts';
import { Model } from '#simulator/cell/model.ts';
import { hours } from '#simulator/kernel/time.ts';
import type { Document } from '#simulator/plant/capture.ts';
import { modelOf } from './support.ts';

const zones = {
  Control: { level: 1, security: 2, assets: ['PLC1', 'PLC2'] },
  Office: { level: 4, security: 1, assets: ['Laptop'] },
};
const conduits = {
  Read: { from: 'Office', to: 'Control', protocol: 'OPC UA', port: 4840, perS: 5 },
  Drive: { from: 'Office', to: 'Control', protocol: 'Modbus', port: 502, perS: 2, allowed: false },
};
const networkOf = (settings: object): Model =>
  new Model({
    parts: 1,
    stations: { Network: { type: 'network', zones, conduits, ...settings }, Crew: { type: 'crew' } },
  });
const small = (): Cell => createCell(networkOf({}), { seed: 1 });
const messages = (cell: Cell): number[] =>
  ((cell.capture('Network.Flows') as Document).content.conduits as { messages: number }[]).map((each) => each.messages);

test('each conduit carries messages while it is allowed, and only then', () => {
  const cell = small();
  cell.runUntil(hours(1));
  cell.command({ target: 'Network.Deny', value: 'Read' });
  cell.command({ target: 'Network.Allow', value: 'Drive' });
  cell.runUntil(hours(3));
  expect(messages(cell)).toEqual([5 * 3600, 2 * 2 * 3600 - 1]);
  expect(cell.read('Network.Traffic.Total')).toBeCloseTo(5 * 3600 + 2 * 7200, 3);
  expect([cell.read('Network.Traffic.Rate'), cell.read('Network.Conduits.Changes')]).toEqual([2, 2]);
  cell.command({ target: 'Network.Allow', value: 'Read' });
  cell.runUntil(hours(4));
  expect(messages(cell)[0]).toBeCloseTo(2 * 5 * 3600, -1);
});

test.each([
  ['Allow', 'Rad', 'unknown_target', 'Did you mean "Read"'],
  ['Allow', 'Read', 'wrong_state', 'Read is allowed already'],
  ['Deny', 'Drive', 'wrong_state', 'Drive is denied already'],
  ['Deny', 4840, 'wrong_type', 'Give a text'],
  ['Deny', undefined, 'wrong_type', 'no name of a conduit'],
])('%s of %j is refused and changes nothing: %s', (command, value, code, message) => {
  const cell = small();
  const { hash } = cell;
  expect(() => cell.command({ target: `Network.${command}`, ...(value !== undefined && { value }) })).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) as string }),
  );
  expect([cell.hash, cell.read('Network.Conduits.Allowed')]).toEqual([hash, 1]);
});

test('a flow is forbidden unless an allowed conduit carries it or it stays in its zone', () => {
  const flow = (more: object) => ({ from: 'Office', to: 'Control', protocol: 'Modbus', port: 502, ...more });
  const seen = [
    flow({}),
    flow({ protocol: 'OPC UA', port: 4840 }),
    flow({ protocol: 'OPC UA', port: 4841 }),
    flow({ from: 'Control' }),
    flow({ from: 'Control', to: 'Office' }),
  ];
  const scenario = seen.map((value, k) => ({ at: hours(k + 1), target: 'Network.SeeFlow', value }));
  const cell = createCell(networkOf({}), { seed: 1, scenario });
  cell.runUntil(hours(6));
  const times = happenings(cell, 0, cell.now).flatMap(({ event, t }) => (event === 'Network.ForbiddenFlow' ? [t] : []));
  expect(times).toEqual([hours(1), hours(3), hours(5)]);
  expect(['Forbidden', 'LastFrom', 'LastTo'].map((name) => cell.read(`Network.Flows.${name}`))).toEqual([3, 1, 2]);
  const { content } = cell.capture('Network.Flows') as Document;
  expect(content.lastForbidden).toEqual({ from: 'Control', to: 'Office' });
});

test.each([
  [{ zones: { ...zones, Dmz: { level: 3, security: 9, assets: [] } } }, 'is no zone'],
  [{ zones: { ...zones, Dmz: { level: 3, security: 3, assets: ['PLC1'] } } }, 'PLC1 is in two zones'],
  [{ conduits: { X: { from: 'Ofice', to: 'Control', protocol: 'S7', port: 102 } } }, 'Did you mean "Office"'],
  [{ conduits: { X: { from: 'Office', to: 'Control', protocol: 'S7', port: 70_000 } } }, 'is no conduit'],
  [{ conduits: { ...conduits, Again: conduits.Read } }, 'Again is there twice'],
])('a definition that makes no sense is refused: %j', (wrong, message) => {
  expect(() => networkOf(wrong)).toThrow(message);
});

test('the pump line names every station once, keeps the office out of control, and sees nothing forbidden by itself', () => {
  const cell = createCell(modelOf('pump-line'), { seed: 2 });
  cell.runUntil(hours(2));
  expect(cell.read('Network.Flows.Forbidden')).toBe(0);
  const { content } = cell.capture('Network.Flows') as Document;
  const listed = content.zones as { name: string; level: number; assets: string[] }[];
  for (let k = 1; k <= 12; k++) {
    const station = `ST${String(k).padStart(2, '0')}-`;
    expect(listed.flatMap(({ assets }) => assets).filter((asset) => asset.startsWith(station)).length).toBeGreaterThan(
      0,
    );
  }
  // No allowed conduit passes over a level without stopping there, as ISA-95 and the DMZ want it.
  const level = (name: string) => listed.find((zone) => zone.name === name)?.level ?? NaN;
  const flows = content.conduits as { from: string; to: string; allowed: boolean }[];
  for (const { from, to, allowed } of flows)
    if (allowed) expect(Math.abs(level(from) - level(to))).toBeLessThanOrEqual(1);
});
