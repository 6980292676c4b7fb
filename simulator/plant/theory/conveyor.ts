import { timer } from '#simulator/kernel/calendar.ts';
import { u32, u8 } from '#simulator/kernel/fields.ts';
import { queue } from '#simulator/kernel/queue.ts';
import { inlet, outlet } from '#simulator/plant/flow.ts';
import { duration } from '#simulator/plant/parameters.ts';
import { feature } from '#simulator/plant/parts/parts.ts';
import { held } from '#simulator/plant/signal.ts';
import { type Self, stationType } from '#simulator/plant/station-type.ts';

const OPEN = 0;
const CLOSED = 1;
const fields = {
  transit: duration(),
  parts: queue('places'),
  due: feature('dueUs'),
  moved: u32(),
  gate: u8(OPEN),
  arrival: timer(),
  in: inlet(),
  out: outlet(),
};

/** Carries parts in order and gathers them before a stop gate at its end. A new `transit` holds for parts to come. */
export const conveyor = stationType('conveyor', {
  fields,
  offer(s, part, t) {
    if (s.parts.length === s.parts.places) return false;
    s.due.set(part, t + s.transit);
    s.parts.push(part);
    if (s.parts.length === 1) s.arrival.at(t + s.transit);
    return true;
  },
  room(s, t) {
    const { moved } = s;
    deliver(s, t);
    return s.moved !== moved;
  },
  on: { arrival: deliver },
  commands: {
    CloseGate: (s) => void (s.gate = CLOSED),
    OpenGate(s, t) {
      s.gate = OPEN;
      deliver(s, t);
    },
  },
  signals: (s) => [
    held('Parts.Count', '1', () => s.parts.length),
    held('Parts.Moved', '1', () => s.moved),
    held('Gate.Closed', '1', () => s.gate),
  ],
});

function deliver(s: Self<typeof fields>, t: number): void {
  const { due, parts } = s;
  while (parts.length > 0 && s.gate === OPEN && due.of(parts.first) <= t && s.out.send(parts.first, t)) {
    parts.shift();
    s.moved += 1;
    if (parts.length > 0 && due.of(parts.first) > t) s.arrival.at(due.of(parts.first));
    s.in.pull(t);
  }
}
