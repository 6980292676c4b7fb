import { expect, test } from 'vitest';
import { anchorAfter, plantUs } from '#server/cells/plant-clock.ts';

const DAY = 86_400_000;
const monday = Date.UTC(2026, 10, 2, 5, 30);

test('plant time never goes back when the wall clock does', () => {
  const base = { simUs: 1_000, wallMs: 500, speed: 1, paused: false };
  expect(plantUs(base, 400)).toBe(1_000);
  expect(plantUs(base, 501)).toBe(2_000);
  expect(plantUs({ ...base, speed: 2.5 }, 502)).toBe(6_000);
  expect(plantUs({ ...base, paused: true }, 900)).toBe(1_000);
});

test('the next run keeps weekday and time of day while the past has room for that', () => {
  const hour = DAY / 24;
  const published = monday + 3 * hour;
  expect(anchorAfter(monday, published, hour, monday + 15 * DAY)).toBe(monday + 7 * DAY);
  expect(anchorAfter(monday, published, hour, monday + 3 * DAY)).toBe(monday + DAY);
});

test('a run that had come to the present is followed at once by the next', () => {
  const hour = DAY / 24;
  const now = monday + 3 * hour;
  const anchor = anchorAfter(monday, now - 1, hour, now);
  expect(anchor + hour).toBe(now);
});
