import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { resumeCell } from '#simulator/cell/create-cell.ts';
import { walk } from '#simulator/cell/history.ts';
import { HOUR, hours, minutes, seconds } from '#simulator/kernel/time.ts';
import type { Document } from '#simulator/plant/capture.ts';
import { AlarmState } from '#simulator/rules/alarm.ts';
import { bytes, modelOf, pumpLine } from '../simulator/support.ts';
import { story } from './alarm-world.ts';

const limits = [
  ['SpindleHot', 40],
  ['AirPressureLow', 7],
  ['LeakRejects', 3],
] as const;

const created = [
  { alarm: 'Off', signal: 'ST03.State.Current', kind: 'off-normal', limit: 6, latching: true, onDelay: '10 s' },
  { alarm: 'Bore', signal: 'ST03.Bore.Deviation', kind: 'deviation', setpoint: 0, limit: 5, deadband: 1 },
  { alarm: 'Steep', signal: 'ST03.Spindle.Temperature', kind: 'rate-of-change', limit: 0.2 },
];

function watched(): Cell {
  const cell = pumpLine(6n);
  for (const [k, [alarm, limit]] of limits.entries()) {
    cell.runUntil(minutes(30 + k));
    cell.command({ target: 'Alarms.Configure', value: { alarm, limit, enabled: true } });
  }
  for (const value of created) cell.command({ target: 'Alarms.Create', value });
  return cell;
}

test('with alarms at work slices, snapshots, forks and cells that are taken up again are the same', () => {
  const [whole, sliced] = [watched(), watched()];
  whole.runUntil(hours(4));
  const checkpoint = sliced.checkpoint();
  for (let t = sliced.now; t < hours(4); t += seconds(3.3)) sliced.runUntil(t);
  sliced.restore(sliced.snapshot());
  sliced.runUntil(hours(4));
  const fork = watched().fork();
  fork.runUntil(hours(4));
  const log = whole.log.toJSON();
  const again = [undefined, checkpoint].map((from) =>
    resumeCell(modelOf('pump-line'), { seed: 6n, log, checkpoint: from }),
  );
  for (const each of again) each.runUntil(hours(4));
  for (const other of [sliced, fork, ...again]) {
    expect(other.hash).toBe(whole.hash);
    expect(bytes(other.snapshot()).equals(bytes(whole.snapshot()))).toBe(true);
  }
  const said = story(whole);
  expect(said.length).toBeGreaterThan(6);
  for (const each of again) expect(story(each)).toEqual(said);
});

test('what was live is what the history gives, with alarms at work', () => {
  const cell = watched();
  const indices = cell.model.signals.flatMap(({ path, index }) => (path.startsWith('Alarms.') ? index : []));
  const fromUs = cell.now;
  const live = new Map<string, number>();
  while (cell.now < fromUs + HOUR) {
    cell.runUntil(Math.min(fromUs + HOUR, Math.max(cell.nextUs, cell.now + 1)));
    for (const k of indices) {
      const { tUs, value } = cell.sample(k);
      if (tUs > fromUs) live.set(`${k} ${tUs}`, value);
    }
  }
  const found = new Map<string, number>();
  walk(cell, indices, fromUs + 1, fromUs + HOUR, (k, { tUs, value }) => void found.set(`${k} ${tUs}`, value));
  expect([...found].sort()).toEqual([...live].sort());
  expect(new Set(live.values()).size).toBeGreaterThan(2);
});

test('alarms that are out of service cost no event', () => {
  const [calm, served] = [pumpLine(6n), watched()];
  const bare = pumpLine(6n);
  for (const each of [calm, served, bare]) each.runUntil(hours(2));
  const scans = served.events - calm.events;
  expect(scans).toBe((hours(2) - minutes(30)) / seconds(5));
  const { content } = calm.capture('Alarms.All') as Document;
  const alarms = content.alarms as { id: string; state: number; priority: string; onDelayS: number }[];
  expect(alarms).toHaveLength(6);
  expect(alarms[0]).toMatchObject({ id: 'SpindleHot', state: AlarmState.OutOfService, priority: 'high', onDelayS: 15 });
});
