import type { Kit } from '../kit.ts';
import { PAINT } from '../palette.ts';
import { legs } from './fixtures.ts';
import type { StationModel } from './model.ts';

const FILAMENTS = [PAINT.plum, PAINT.blue, PAINT.green];

/** Three additive-manufacturing printers on one bench, each with its spool on top. */
export const amPrinters: StationModel = {
  nominal: { w: 2.6, d: 1.5 },
  build(kit) {
    kit.box(2.5, 0.08, 1.1, 0, 0.8, 0, PAINT.mid);
    legs(kit, 2.4, 1.0, 0.78);
    kit.box(2.3, 0.05, 0.95, 0, 0.25, 0, PAINT.mid);
    for (let i = 0; i < 2; i++) kit.box(0.5, 0.3, 0.5, -0.7 + i * 0.62, 0.43, 0, PAINT.slate, { round: 0.03 });
    FILAMENTS.forEach((filament, i) => kit.within(-0.8 + i * 0.8, 0.84, 0, 0, () => printer(kit, filament, i)));
    kit.stackLight(1.18, 0.84, -0.45);
  },
};

function printer(kit: Kit, filament: string, i: number): void {
  const plain = { edges: false };
  kit.box(0.68, 0.16, 0.74, 0, 0.08, 0, PAINT.dark, { round: 0.03 });
  for (const x of [-0.31, 0.31]) {
    for (const z of [-0.34, 0.34]) kit.box(0.06, 0.86, 0.06, x, 0.58, z, PAINT.body, { round: 0.012, edges: false });
  }
  kit.box(0.7, 0.12, 0.76, 0, 1.06, 0, PAINT.body, { round: 0.04, segments: 2 });
  kit.box(0.56, 0.78, 0.012, 0, 0.58, 0.36, PAINT.white, { on: 'glass', round: 0, ...plain });
  kit.box(0.64, 0.8, 0.02, 0, 0.58, -0.35, PAINT.body, { round: 0.004, ...plain });
  kit.box(0.5, 0.03, 0.5, 0, 0.3, 0, PAINT.slate, { on: 'metal', round: 0.004, ...plain });
  kit.box(0.6, 0.03, 0.04, 0, 0.72, 0, PAINT.steel, { on: 'metal', round: 0.004, ...plain });
  kit.box(0.1, 0.14, 0.12, -0.12 + i * 0.11, 0.7, 0.02, PAINT.brand, plain);
  const printedM = 0.06 + i * 0.07;
  kit.cylinder(0.13, printedM, 0, 0.315 + printedM / 2, 0, filament, { segments: 24, top: 0.09 });
  spool(kit, filament);
  kit.box(0.16, 0.07, 0.01, 0.2, 0.08, 0.372, '#2d6f7f', { on: 'glow', round: 0 });
}

function spool(kit: Kit, filament: string): void {
  const upright = { rx: Math.PI / 2, segments: 24 };
  kit.box(0.06, 0.12, 0.22, 0.1, 1.16, -0.22, PAINT.dark, { edges: false });
  kit.cylinder(0.13, 0.1, 0.1, 1.25, -0.22, filament, upright);
  for (const z of [-0.28, -0.16]) kit.ring(0.13, 0.018, 0.1, 1.25, z, PAINT.dark, { segments: 24 });
  kit.cylinder(0.04, 0.13, 0.1, 1.25, -0.22, PAINT.white, upright);
}
