import { expect, test } from 'vitest';
import { shares, stretches } from '#web/workspace/timeline/state-shares.ts';
import { momentText, readMoment } from '#web/workspace/moment-text.ts';

test('a lane is cut to its window, and stretches of one state are joined', () => {
  // Execute, suspended, resetting (waiting too), aborted.
  const strip = { tMs: [0, 40, 60, 80], values: [6, 5, 15, 9] };
  expect(stretches(strip, 20, 100)).toEqual([
    { state: 'running', fromMs: 20, toMs: 40 },
    { state: 'waiting', fromMs: 40, toMs: 80 },
    { state: 'fault', fromMs: 80, toMs: 100 },
  ]);
});

test('the shares of a lane add up to the whole', () => {
  const found = shares(stretches({ tMs: [0, 40, 60], values: [6, 5, 6] }, 0, 100));
  expect(found).toEqual([
    ['running', 0.8],
    ['waiting', 0.2],
  ]);
});

test('a moment is typed whole, as the time of a day, or with a day of the week, with colons or points', () => {
  const near = Date.UTC(2026, 10, 23, 6, 31, 19, 400);
  expect(momentText(near)).toBe('2026-11-23 06:31:19');
  expect(readMoment(momentText(near), 0)).toBe(Date.UTC(2026, 10, 23, 6, 31, 19));
  expect(readMoment(' 2026-11-23T6:31 ', 0)).toBe(Date.UTC(2026, 10, 23, 6, 31));
  for (const right of ['06:05', '6.05', 'kl 06.05', 'Mon 06:05', 'mån 06.05.00', 'Monday, 6:05'])
    expect(readMoment(right, near), right).toBe(Date.UTC(2026, 10, 23, 6, 5));
  // The week begins on Monday.
  for (const right of ['Sun 05.30', 'sön. 05:30'])
    expect(readMoment(right, near), right).toBe(Date.UTC(2026, 10, 29, 5, 30));
  expect(readMoment('Tue 14:05:30', Date.UTC(2026, 10, 29, 23, 59))).toBe(Date.UTC(2026, 10, 24, 14, 5, 30));
  for (const wrong of [
    '',
    '6',
    'Moonday',
    'noon 12:00',
    '24:00',
    'Mon 24:00',
    '06:60',
    '2026-02-30 06:00',
    '2026-13-01 06:00',
    '11/23/2026 06:00',
  ])
    expect(readMoment(wrong, near), wrong).toBeUndefined();
});
