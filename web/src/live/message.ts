import type { ClockState } from '#contract/clock.ts';
import type { MotionMessage, SignalMessage, StationMessage } from '#contract/mqtt-messages.ts';
import type { z } from 'zod';

interface Shapes {
  readonly clock: typeof ClockState;
  readonly motion: typeof MotionMessage;
  readonly signal: typeof SignalMessage;
  readonly station: typeof StationMessage;
}

let shapes: Shapes | undefined;

/** Fetches what messages are read by; the wire waits for it, so none comes before. */
export async function fetchShapes(): Promise<void> {
  const [clock, messages] = await Promise.all([import('#contract/clock.ts'), import('#contract/mqtt-messages.ts')]);
  const { MotionMessage: motion, SignalMessage: signal, StationMessage: station } = messages;
  shapes = { clock: clock.ClockState, motion, signal, station };
}

/** A message of the line; undefined if it is none of that kind. */
export function readMessage<K extends keyof Shapes>(kind: K, payload: string): z.output<Shapes[K]> | undefined {
  try {
    return shapes?.[kind].safeParse(JSON.parse(payload)).data as z.output<Shapes[K]> | undefined;
  } catch {
    return undefined;
  }
}
