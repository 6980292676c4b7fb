import type { Kit } from '../kit.ts';
import { PAINT } from '../palette.ts';
import type { StationModel } from './model.ts';

/** Two berths side by side, each with a transfer table and a charger, where vehicles load, unload and charge. */
export const agvDock: StationModel = {
  nominal: { w: 3.6, d: 1.4 },
  build(kit) {
    for (const x of [-0.7, 0.7]) kit.within(x, 0, 0, 0, () => berth(kit));
    kit.box(0.42, 0.34, 0.5, -0.7, 0.74, -0.22, PAINT.carton, { round: 0.008 });
    for (const x of [-1.6, 1.6]) kit.cylinder(0.06, 0.8, x, 0.4, 0.5, PAINT.safety, { segments: 16 });
    kit.stackLight(1.3, 1.1, -0.35);
  },
};

function berth(kit: Kit): void {
  kit.box(0.8, 0.1, 0.84, 0, 0.42, -0.2, PAINT.slate, { round: 0.02 });
  for (const x of [-0.32, 0.32]) {
    for (const z of [-0.5, 0.1]) kit.box(0.08, 0.38, 0.08, x, 0.19, z, PAINT.dark, { edges: false });
  }
  for (let i = 0; i < 7; i++) {
    const z = -0.56 + i * 0.12;
    kit.cylinder(0.035, 0.72, 0, 0.49, z, PAINT.steel, { on: 'metal', rz: Math.PI / 2, segments: 10 });
  }
  kit.box(0.34, 1.1, 0.3, 0.6, 0.55, -0.35, PAINT.body, { round: 0.05, segments: 2 });
  kit.box(0.2, 0.14, 0.02, 0.6, 0.92, -0.195, '#2d6f7f', { on: 'glow', round: 0 });
  kit.box(0.35, 0.06, 0.31, 0.6, 0.7, -0.35, PAINT.brand, { round: 0.01, edges: false });
  kit.box(0.1, 0.12, 0.14, 0.6, 0.25, -0.16, PAINT.dark, { edges: false });
}
