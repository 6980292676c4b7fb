import { profile } from '#simulator/plant/profile.ts';
import { Kit } from '../kit.ts';
import type { Materials } from '../materials.ts';
import { meshesOf } from '../meshes.ts';
import { PAINT } from '../palette.ts';
import { operatorPanel } from './fixtures.ts';
import type { Mechanism, StationModel } from './model.ts';

/** How far the ram comes down over a cycle: rapid travel, pressing, relief, and up again for the leak test; and its way. */
const STROKE = profile([0, 0], [0.14, 0.72], [0.34, 1], [0.4, 1], [0.52, 0], [1, 0]);
const WAY_M = 0.16;

/** A press with a force cell behind a light curtain, and the leak tester in its base. */
export const pressFit: StationModel = {
  nominal: { w: 1.7, d: 1.5 },
  build(kit) {
    kit.box(1.4, 0.9, 1.1, 0, 0.45, 0, PAINT.body, { round: 0.04 });
    kit.box(0.5, 0.5, 0.02, -0.3, 0.45, 0.552, PAINT.mid, { round: 0.01, edges: false });
    for (const x of [0.15, 0.42]) {
      kit.cylinder(0.09, 0.04, x, 0.55, 0.56, PAINT.white, { rx: Math.PI / 2 });
      kit.cylinder(0.075, 0.045, x, 0.55, 0.565, PAINT.dark, { rx: Math.PI / 2 });
    }
    kit.box(1.36, 0.05, 1.1, 0, 0.92, 0, PAINT.steel, { on: 'metal' });
    kit.box(0.9, 1.2, 0.35, 0, 1.52, -0.35, PAINT.white, { round: 0.05, segments: 2 });
    kit.box(0.7, 0.4, 0.7, 0, 1.98, 0, PAINT.white, { round: 0.06, segments: 2 });
    kit.cylinder(0.17, 0.35, 0, 2.3, 0, PAINT.brand, { segments: 28 });
    kit.box(0.5, 0.1, 0.4, 0, 0.99, 0.1, PAINT.slate, { on: 'metal' });
    for (const x of [-0.6, 0.6]) kit.box(0.08, 0.95, 0.1, x, 1.4, 0.5, PAINT.safety, { round: 0.01 });
    operatorPanel(kit, 0.95, 1.35, 0.3, 0.2);
    kit.stackLight(-0.5, 2.12, -0.35);
  },
  mechanism: { make: ram, signals: ['Cycle.Progress'] },
};

function ram(materials: Materials): Mechanism {
  const kit = new Kit();
  kit.cylinder(0.12, 0.4, 0, 1.62, 0.1, PAINT.steel, { on: 'metal', segments: 24 });
  kit.cylinder(0.06, 0.25, 0, 1.32, 0.1, PAINT.aluminium, { on: 'metal' });
  const root = meshesOf(kit.build(), materials);
  return {
    root,
    pose(cycle) {
      root.position.y = -WAY_M * STROKE.easedAt(Math.min(1, Math.max(0, cycle)));
    },
  };
}
