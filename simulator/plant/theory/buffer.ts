import { integral } from '#simulator/kernel/closed-form.ts';
import { u32 } from '#simulator/kernel/fields.ts';
import { queue } from '#simulator/kernel/queue.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { inlet, outlet } from '#simulator/plant/flow.ts';
import { count } from '#simulator/plant/parameters.ts';
import { held, signal } from '#simulator/plant/signal.ts';
import { stationType } from '#simulator/plant/station-type.ts';
import { text } from '#simulator/plant/texts.ts';

/** Places between stations, first in, first out. `capacity` may be changed while running, up to `places`. */
export const buffer = stationType('buffer', {
  fields: {
    capacity: count({
      ...{ fallback: 1_000_000, max: 1_000_000 },
      shown: { path: 'Capacity', ...text('Parts that it takes at most', 'Så många detaljer den tar som mest') },
    }),
    parts: queue('places'),
    passed: u32(),
    content: integral(),
    in: inlet(),
    out: outlet(),
  },
  offer(s, part, t) {
    const { parts } = s;
    if (parts.length === 0 && s.out.send(part, t)) {
      s.passed += 1;
      return true;
    }
    if (parts.length >= s.capacity || parts.length === parts.places) return false;
    parts.push(part);
    s.passed += 1;
    s.content.flow(parts.length, t);
    return true;
  },
  room(s, t) {
    if (s.parts.length === 0 || !s.out.send(s.parts.first, t)) return false;
    s.parts.shift();
    s.content.flow(s.parts.length, t);
    s.in.pull(t);
    return true;
  },
  changed: (s, t) => s.in.pull(t),
  signals: (s) => [
    held('Parts.Count', '1', () => s.parts.length),
    held('Parts.Passed', '1', () => s.passed),
    signal('Parts.TotalTime', 's', (t) => s.content.at(t) / SECOND),
  ],
});
