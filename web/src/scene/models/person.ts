import type { Kit, Shape } from '../kit.ts';
import { PAINT } from '../palette.ts';

const SKIN = '#dca987';
const TROUSERS = '#3a4855';
const JACKET = '#9fc4cc';

/** A person of 1.75 m who looks along z; pale, so that a tint tells who it is. */
export function personShape(kit: Kit): Shape {
  const plain = { edges: false } as const;
  for (const x of [-0.1, 0.1]) {
    kit.cylinder(0.085, 0.8, x, 0.42, 0, TROUSERS, { segments: 14, top: 0.1 });
    kit.box(0.12, 0.08, 0.26, x, 0.04, 0.04, PAINT.black, { ...plain, round: 0.03 });
  }
  kit.cylinder(0.18, 0.62, 0, 1.12, 0, JACKET, { segments: 20, top: 0.21 });
  kit.cylinder(0.2, 0.06, 0, 1.46, 0, JACKET, { segments: 20, top: 0.1 });
  kit.cylinder(0.19, 0.05, 0, 1.02, 0, '#e9eef0', { segments: 20 });
  for (const side of [-1, 1]) {
    kit.cylinder(0.055, 0.34, side * 0.25, 1.27, 0.02, JACKET, { segments: 12, rz: side * 0.16 });
    kit.cylinder(0.045, 0.32, side * 0.27, 1.02, 0.14, JACKET, { segments: 12, rx: -1.05 });
    kit.box(0.08, 0.07, 0.1, side * 0.27, 0.95, 0.31, SKIN, { ...plain, round: 0.03 });
  }
  kit.cylinder(0.055, 0.08, 0, 1.51, 0, SKIN, { segments: 12 });
  kit.cylinder(0.1, 0.2, 0, 1.64, 0.01, SKIN, { segments: 18, top: 0.095 });
  kit.cylinder(0.112, 0.07, 0, 1.74, 0, PAINT.dark, { segments: 18, top: 0.07 });
  return kit.build();
}
