import type { Kit } from '../kit.ts';
import { PAINT } from '../palette.ts';
import { screen } from './fixtures.ts';
import type { StationModel } from './model.ts';

/** Switchgear with the power meters of the feeders, and the compressor with its air receiver. */
export const utilities: StationModel = {
  nominal: { w: 2.2, d: 0.9 },
  build(kit) {
    [-0.76, -0.08].forEach((x, i) => cabinet(kit, x, i ? PAINT.white : PAINT.body));
    kit.box(1.4, 0.1, 0.56, -0.42, 0.05, 0, PAINT.dark);
    kit.box(0.24, 0.24, 0.02, -0.08, 1.0, 0.272, PAINT.safety, { round: 0.004, edges: false });
    compressor(kit);
    kit.stackLight(-0.76, 1.97, -0.05);
  },
};

function cabinet(kit: Kit, x: number, colour: string): void {
  kit.box(0.66, 1.9, 0.54, x, 1.02, 0, colour, { round: 0.025 });
  kit.box(0.03, 0.3, 0.03, x + 0.25, 1.2, 0.28, PAINT.dark);
  screen(kit, 0.34, 0.26, x - 0.03, 1.6, 0.275);
  kit.box(0.4, 0.3, 0.01, x, 0.38, 0.272, PAINT.slate, { round: 0.002, edges: false });
}

function compressor(kit: Kit): void {
  kit.cylinder(0.27, 1.2, 0.76, 0.8, -0.1, PAINT.brand, { segments: 28 });
  kit.cylinder(0.27, 0.12, 0.76, 1.46, -0.1, PAINT.brand, { segments: 28, top: 0.1 });
  kit.ring(0.275, 0.015, 0.76, 1.1, -0.1, PAINT.brandDark, { rx: Math.PI / 2 });
  for (const x of [0.6, 0.92]) kit.box(0.06, 0.24, 0.06, x, 0.12, -0.1, PAINT.dark, { edges: false });
  kit.box(0.56, 0.5, 0.3, 0.76, 0.29, 0.26, PAINT.mid, { round: 0.04 });
  kit.cylinder(0.025, 0.5, 0.76, 1.72, -0.1, PAINT.steel, { on: 'metal', segments: 12 });
  kit.cylinder(0.025, 0.84, 0.34, 1.97, -0.1, PAINT.steel, { on: 'metal', segments: 12, rz: Math.PI / 2 });
}
