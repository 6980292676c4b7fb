import { f64, u32 } from '#simulator/kernel/fields.ts';
import { event } from '#simulator/kernel/journal.ts';
import { sine } from '#simulator/kernel/math.ts';
import { quantity } from '#simulator/plant/parameters.ts';
import { feature } from '#simulator/plant/parts/parts.ts';
import { held, signal } from '#simulator/plant/signal.ts';
import { workStation } from './work-station.ts';

const STROKE_MM = 40;

/** Press fit: the wider the bore that was made upstream, the less force it takes. */
export const press = workStation('press', {
  fields: {
    feature: feature('deviation'),
    nominalForce: quantity('kN', { fallback: 12 }),
    stiffness: quantity('kN/um', { fallback: 0.35 }),
    minForce: quantity('kN', { fallback: 8 }),
    peakKn: f64(),
    looseFits: u32(),
    looseFit: event('LooseFit'),
  },
  begun(s, part) {
    s.peakKn = s.nominalForce - s.stiffness * s.feature.of(part);
  },
  completed(s, part, t) {
    if (s.peakKn >= s.minForce) return;
    s.looseFits += 1;
    s.looseFit.raise(t, s.plant.parts.serial(part));
  },
  signals: (s) => [
    signal('Ram.Position', 'mm', (t) => STROKE_MM * sine(s.cycle.progress(t) / 2)),
    signal('Ram.Force', 'kN', (t) => s.peakKn * sine(s.cycle.progress(t) / 2) ** 2),
    held('Ram.PeakForce', 'kN', () => s.peakKn, { type: 'Double' }),
    held('LooseFits', '1', () => s.looseFits),
  ],
});
