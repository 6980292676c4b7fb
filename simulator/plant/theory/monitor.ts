import { timer } from '#simulator/kernel/calendar.ts';
import { f64, type ObjectField, u8 } from '#simulator/kernel/fields.ts';
import { event } from '#simulator/kernel/journal.ts';
import { NEVER } from '#simulator/kernel/time.ts';
import { window } from '#simulator/kernel/window.ts';
import { duration, quantity } from '#simulator/plant/parameters.ts';
import { held, type Signal } from '#simulator/plant/signal.ts';
import { stationType } from '#simulator/plant/station-type.ts';
import { plantField } from '#simulator/plant/station.ts';

/**
 * Watches a signal: raises when the mean of its last `samples` values, one `every` so often, has been above a limit for
 * some time. It looks at fixed simulated times and keeps what it saw in the slab, so no slicing and no restore can
 * change what it finds. Rules with expressions work the same way; put them last, so that they see each instant settled.
 */
export const monitor = stationType('monitor', {
  fields: {
    watched: signalLink('signal'),
    every: duration({ fallback: 1, min: 0.001 }),
    above: quantity('', { min: -Infinity }),
    patience: duration({ fallback: 0 }),
    values: window('samples', 1),
    exceededSinceUs: f64(NEVER),
    active: u8(),
    look: timer(),
    raised: event('Raised'),
    cleared: event('Cleared'),
  },
  start: (s, t) => s.look.at(t + s.every),
  on: {
    look(s, t) {
      s.look.at(t + s.every);
      s.values.push(s.watched.at(t));
      if (s.values.mean <= s.above) s.exceededSinceUs = NEVER;
      else if (s.exceededSinceUs === NEVER) s.exceededSinceUs = t;
      const active = t - s.exceededSinceUs >= s.patience ? 1 : 0;
      if (active === s.active) return;
      s.active = active;
      (active === 1 ? s.raised : s.cleared).raise(t);
    },
  },
  signals: (s) => [
    held('Active', '1', () => s.active),
    held('Mean', '1', () => s.values.mean, { type: 'Double', range: [-1e9, 1e9] }),
  ],
});

function signalLink(setting: string): ObjectField<Pick<Signal, 'at'>> {
  return plantField(({ plant, settings }) => {
    const path = String(settings.get(setting));
    const link: { at: Signal['at'] } = { at: () => NaN };
    plant.whenComplete(() => (link.at = plant.getSignal(path).at));
    return link;
  });
}
