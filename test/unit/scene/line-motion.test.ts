import { createPlayback } from '#web/scene/playback.ts';
import { spotAt } from '#web/scene/track.ts';
import { expect, test } from 'vitest';
import { runningPumpLine } from '../../support/running-pump-line.ts';

const FRAME_MS = 20;
const LATENCY_MS = 60;
const SECONDS = 90;
const BELT_M_PER_S = 0.25;

test('no carrier of the pump line jumps, though news come late and say where it has stood all along', () => {
  const line = runningPumpLine();
  const { clock, view } = line;
  const { length } = view.ways['loop'];
  const playback = createPlayback();
  playback.setClock(clock);
  playback.setMotion(line.motion(), 0);
  const news = line.record(SECONDS);
  const before = new Map<string, number>();
  let farthest = 0;
  let travelled = 0;
  for (let wallMs = 0; wallMs < SECONDS * 1000; wallMs += FRAME_MS) {
    while (news.length > 0 && (news[0].atUs - clock.simUs) / 1000 + LATENCY_MS <= wallMs) {
      playback.setMotion(news.shift()?.segments ?? [], wallMs);
    }
    for (const [id, track] of playback.tracks) {
      const spot = spotAt(track, playback.timeUs(wallMs) ?? 0);
      if (spot?.path !== 'loop') continue;
      const step = spot.s - (before.get(id) ?? spot.s);
      const along = step - length * Math.round(step / length);
      farthest = Math.max(farthest, Math.abs(along));
      travelled += along;
      before.set(id, spot.s);
    }
  }
  expect(travelled).toBeGreaterThan(10);
  expect(farthest).toBeLessThan((BELT_M_PER_S * FRAME_MS * 2.1) / 1000);
});
