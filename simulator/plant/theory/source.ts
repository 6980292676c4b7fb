import { timer } from '#simulator/kernel/calendar.ts';
import { u32 } from '#simulator/kernel/fields.ts';
import { distribution } from '#simulator/plant/distribution.ts';
import { outlet } from '#simulator/plant/flow.ts';
import { Reason } from '#simulator/plant/reasons.ts';
import { type Self, stationType } from '#simulator/plant/station-type.ts';
import { unitSignals } from '#simulator/plant/unit-signals.ts';
import { unit } from '#simulator/plant/unit.ts';

const NONE = 0;
const fields = { every: distribution(0), held: u32(), arrival: timer(), out: outlet(), unit: unit() };

/** Brings parts into the plant, one at a time. With an interval of 0 the next one is always at hand. */
export const source = stationType('source', {
  fields,
  start(s, t) {
    s.unit.begin(t);
    s.station.timeBook = s.unit.timeBook;
    s.arrival.at(t + s.every.draw());
  },
  on: { arrival: bring },
  room(s, t) {
    if (s.held === NONE) return false;
    handOver(s, t);
    return true;
  },
  signals: (s) => unitSignals(s.unit),
});

function bring(s: Self<typeof fields>, t: number): void {
  s.held = s.plant.parts.create(t);
  handOver(s, t);
}

function handOver(s: Self<typeof fields>, t: number): void {
  while (s.out.send(s.held, t)) {
    s.held = NONE;
    s.unit.enter(Reason.Executing, t);
    const interval = s.every.draw();
    if (interval > 0) {
      s.arrival.at(t + interval);
      return;
    }
    s.held = s.plant.parts.create(t);
  }
  s.unit.enter(Reason.Blocked, t);
}
