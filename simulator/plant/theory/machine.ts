import { normal, stream } from '#simulator/kernel/random.ts';
import { AMBIENT_C } from '#simulator/plant/control.ts';
import { quantity } from '#simulator/plant/parameters.ts';
import { feature } from '#simulator/plant/parts/parts.ts';
import { workStation } from './work-station.ts';

/** Makes a `feature` of the part: an offset, growth with its own heat, and spread. Without spread it makes none. */
export const machine = workStation('machine', {
  fields: {
    feature: feature('deviation'),
    offset: quantity('um', { fallback: 0, min: -Infinity }),
    growth: quantity('um/K', { fallback: 0 }),
    spread: quantity('um', { fallback: 0 }),
    deviations: stream(),
  },
  completed(s, part, t) {
    if (s.spread === 0) return;
    const heatK = s.cycle.control.temperatureC.at(t) - AMBIENT_C;
    s.feature.set(part, s.offset + s.growth * heatK + s.spread * normal(s.deviations.next()));
  },
});
