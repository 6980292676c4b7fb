import { PAINT } from '../palette.ts';
import { screen } from './fixtures.ts';
import type { StationModel } from './model.ts';

/** A plain machine for station types that have no model of their own. */
export const generic: StationModel = {
  nominal: { w: 1.8, d: 1.5 },
  build(kit) {
    kit.box(1.5, 0.14, 1.2, 0, 0.07, 0, PAINT.dark, { round: 0.02 });
    kit.box(1.5, 1.4, 1.2, 0, 0.82, 0, PAINT.body, { round: 0.07, segments: 3 });
    kit.box(1.52, 0.1, 1.22, 0, 0.45, 0, PAINT.brand, { round: 0.02 });
    kit.box(0.8, 0.5, 0.04, -0.2, 1.1, 0.6, PAINT.dark, { round: 0.03 });
    kit.box(0.7, 0.4, 0.02, -0.2, 1.1, 0.62, '#6b7883', { round: 0, edges: false });
    screen(kit, 0.28, 0.2, 0.5, 1.15, 0.61);
    kit.stackLight(0.6, 1.52, -0.4);
  },
};
