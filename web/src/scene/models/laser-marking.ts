import { PAINT } from '../palette.ts';
import type { StationModel } from './model.ts';

/** A closed laser cabinet with a filtered window and its extraction on the roof. */
export const laserMarking: StationModel = {
  nominal: { w: 1.6, d: 1.5 },
  build(kit) {
    kit.box(1.24, 0.1, 1.04, 0, 0.05, 0, PAINT.dark, { round: 0.02 });
    kit.box(1.3, 1.82, 1.1, 0, 1.0, 0, PAINT.white, { round: 0.07, segments: 3 });
    kit.box(1.32, 0.24, 1.12, 0, 0.3, 0, PAINT.brand, { round: 0.03 });
    kit.box(0.8, 0.6, 0.04, 0, 1.4, 0.55, PAINT.dark, { round: 0.03 });
    kit.box(0.68, 0.48, 0.02, 0, 1.4, 0.575, '#274a3a', { on: 'glow', round: 0 });
    kit.box(0.14, 0.03, 0.01, 0.08, 1.3, 0.588, '#9fd6b0', { on: 'glow', round: 0 });
    kit.box(0.7, 0.5, 0.02, 0, 1.4, 0.6, PAINT.white, { on: 'glass', edges: false });
    kit.box(0.5, 0.05, 0.05, 0, 1.02, 0.57, PAINT.steel, { on: 'metal' });
    kit.box(0.42, 0.1, 0.02, 0, 1.8, 0.552, PAINT.safety, { round: 0.002, edges: false });
    kit.box(0.7, 0.5, 0.02, 0, 0.72, 0.552, PAINT.body, { round: 0.01, edges: false });
    kit.box(0.3, 0.5, 0.3, 0.34, 1.12, -0.62, PAINT.slate, { round: 0.03 });
    kit.cylinder(0.1, 0.3, -0.35, 2.03, -0.2, PAINT.slate);
    kit.cylinder(0.13, 0.04, -0.35, 2.19, -0.2, PAINT.dark);
    kit.stackLight(0.45, 1.9, 0.2);
  },
};
