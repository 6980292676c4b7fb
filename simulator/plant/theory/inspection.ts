import { f64, u32, u8 } from '#simulator/kernel/fields.ts';
import { normal, stream } from '#simulator/kernel/random.ts';
import { outlet } from '#simulator/plant/flow.ts';
import { quantity } from '#simulator/plant/parameters.ts';
import { feature } from '#simulator/plant/parts/parts.ts';
import { held } from '#simulator/plant/signal.ts';
import { workStation } from './work-station.ts';

/** Measures a `feature` with a gauge that has an error of its own, and rejects what lies outside the limits. */
export const inspection = workStation('inspection', {
  fields: {
    feature: feature('deviation'),
    lower: quantity('um', { min: -Infinity, fallback: -Infinity }),
    upper: quantity('um', { min: -Infinity, fallback: Infinity }),
    gaugeError: quantity('um', { fallback: 0 }),
    gauge: stream(),
    measured: f64(),
    isReject: u8(),
    rejects: u32(),
    scrap: outlet(),
  },
  completed(s, part) {
    s.measured = s.feature.of(part) + s.gaugeError * normal(s.gauge.next());
    s.isReject = s.measured < s.lower || s.measured > s.upper ? 1 : 0;
    s.rejects += s.isReject;
  },
  route: (s) => (s.isReject === 1 ? s.scrap : s.cycle.out),
  signals: (s) => [
    held('Measured', 'um', () => s.measured, { type: 'Double', resolution: 0.01, range: [-1e3, 1e3] }),
    held('Rejects', '1', () => s.rejects),
    held('Yield', '%', () => 100 - (100 * s.rejects) / Math.max(1, s.cycle.made), { type: 'Double' }),
  ],
});
