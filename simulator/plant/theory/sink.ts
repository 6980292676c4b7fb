import { f64, u32 } from '#simulator/kernel/fields.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { inlet } from '#simulator/plant/flow.ts';
import { duration } from '#simulator/plant/parameters.ts';
import { held } from '#simulator/plant/signal.ts';
import { stationType } from '#simulator/plant/station-type.ts';

/** Where parts leave the plant. Those older than `dueAfter` are late. */
export const sink = stationType('sink', {
  fields: { dueAfter: duration({ fallback: Infinity }), taken: u32(), late: u32(), ageUs: f64(), in: inlet() },
  offer(s, part, t) {
    const ageUs = s.plant.parts.ageUs(part, t);
    s.taken += 1;
    s.ageUs += ageUs;
    if (ageUs > s.dueAfter) s.late += 1;
    s.plant.parts.remove(part, t);
    return true;
  },
  signals: (s) => [
    held('Parts.Taken', '1', () => s.taken),
    held('Parts.Late', '1', () => s.late),
    held('Parts.TotalAge', 's', () => s.ageUs / SECOND, { type: 'Double' }),
  ],
});
