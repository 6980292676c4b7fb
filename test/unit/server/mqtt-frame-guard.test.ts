import { Duplex } from 'node:stream';
import { expect, test } from 'vitest';
import { FrameGuard, guardReads } from '#server/mqtt/frame-guard.ts';
import { mqttLimits } from '#server/mqtt/limits.ts';

/** A connection whose other end takes nothing, with so many bytes waiting for it, and one PINGREQ to be read. */
function withWaiting(bytes: number) {
  const conn = new Duplex({ read() {}, write() {} });
  conn.on('error', () => {});
  conn.write(Buffer.alloc(bytes));
  conn.push(Buffer.from([0xc0, 0]));
  const refused: string[] = [];
  guardReads(conn, mqttLimits, performance.now.bind(performance), (why) => refused.push(why));
  return { read: conn.read() as Buffer | null, isEnded: conn.destroyed, refused };
}

test('who takes nothing of what it is answered is read no further, and is let go', () => {
  const { hopelessBytes } = mqttLimits;
  expect(withWaiting(hopelessBytes)).toMatchObject({ read: Buffer.from([0xc0, 0]), isEnded: false, refused: [] });
  expect(withWaiting(hopelessBytes + 1)).toEqual({ read: null, isEnded: true, refused: ['answers are not taken'] });
});

test.each([
  ['packets', 0xc0, 600],
  ['acknowledgements', 0x40, 3000],
])('so many %s may come at once, and one more is told to be too many', (what, first, most) => {
  const guard = new FrameGuard(mqttLimits, () => 0);
  const one = Buffer.from([first, 2, 0, 1]);
  expect(guard.scan(Buffer.concat(Array.from({ length: most }, () => one)))).toBeUndefined();
  expect(guard.scan(one)).toMatch(new RegExp(`^more than \\d+ ${what} a second$`));
});
