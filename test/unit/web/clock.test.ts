import { expect, test, vi } from 'vitest';
import { PlantClock } from '#web/live/plant-clock.ts';

const MINUTE_US = 60e6;
const state = { simUs: 60 * MINUTE_US, wallMs: 1_000_000_000, speed: 10, paused: false, anchorMs: 0, run: 1 };

test('plant time goes on from the newest state at its speed, by the clock of the server', () => {
  vi.useFakeTimers({ now: state.wallMs + 5_000 });
  const clock = new PlantClock(state);
  vi.advanceTimersByTime(2_000);
  expect(clock.serverMs()).toBe(state.wallMs + 2_000);
  expect(clock.nowUs()).toBe(state.simUs + 20e6);
  clock.set({ ...state, wallMs: state.wallMs + 2_000, simUs: state.simUs + 20e6, paused: true });
  vi.advanceTimersByTime(60_000);
  expect(clock.nowUs()).toBe(state.simUs + 20e6);
  vi.useRealTimers();
});

test('plant time never passes the wall clock, and an older state changes nothing', () => {
  vi.useFakeTimers({ now: state.wallMs });
  const clock = new PlantClock({ ...state, simUs: state.wallMs * 1000 - MINUTE_US, speed: 100 });
  vi.advanceTimersByTime(30_000);
  expect(clock.nowUs()).toBe(clock.endUs());
  clock.set({ ...state, wallMs: state.wallMs - 1 });
  expect(clock.state.speed).toBe(100);
  vi.useRealTimers();
});
