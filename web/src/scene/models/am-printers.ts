import type { Kit } from '../kit.ts';
import { PAINT } from '../palette.ts';
import { legs } from './fixtures.ts';
import type { LivePart, StationModel } from './model.ts';

const FILAMENTS = [PAINT.plum, PAINT.blue, PAINT.green];

/** Top of the bed, and how high a finished job stands on it (m). */
const BED_Y = 0.84 + 0.315;
const JOB_M = 0.26;
/** Above this share of its height a cover is narrower. */
const SHOULDER = 0.55;

/** Each job as high as its layers are many, with the head over the newest one. */
const jobs: LivePart = {
  signals: ['Job.Layers', ...FILAMENTS.map((_, i) => `Printer${i + 1}.Layer`)],
  place(put, value) {
    FILAMENTS.forEach((colour, i) => {
      const share = (value(`Printer${i + 1}.Layer`) ?? 0) / Math.max(1, value('Job.Layers') ?? 1);
      const [x, h] = [-0.8 + i * 0.8, JOB_M * Math.min(1, share)];
      const base = Math.min(h, JOB_M * SHOULDER);
      if (base > 0) put('drum', { x, y: BED_Y, z: 0, w: 0.34, h: base, d: 0.34, colour });
      if (h > base) put('drum', { x, y: BED_Y + base, z: 0, w: 0.2, h: h - base, d: 0.2, colour });
      put('block', { x, y: BED_Y + h + 0.1, z: 0, w: 0.6, h: 0.03, d: 0.04, colour: PAINT.steel });
      put('block', { x: x - 0.06, y: BED_Y + h + 0.02, z: 0.01, w: 0.1, h: 0.14, d: 0.12, colour: PAINT.brand });
    });
  },
};

/** Three additive-manufacturing printers on one bench, each with its spool on top. */
export const amPrinters: StationModel = {
  nominal: { w: 2.6, d: 1.5 },
  build(kit) {
    kit.box(2.5, 0.08, 1.1, 0, 0.8, 0, PAINT.mid);
    legs(kit, 2.4, 1.0, 0.78);
    kit.box(2.3, 0.05, 0.95, 0, 0.25, 0, PAINT.mid);
    for (let i = 0; i < 2; i++) kit.box(0.5, 0.3, 0.5, -0.7 + i * 0.62, 0.43, 0, PAINT.slate, { round: 0.03 });
    FILAMENTS.forEach((filament, i) => kit.within(-0.8 + i * 0.8, 0.84, 0, 0, () => printer(kit, filament)));
    kit.stackLight(1.18, 0.84, -0.45);
  },
  live: jobs,
};

function printer(kit: Kit, filament: string): void {
  const plain = { edges: false };
  kit.box(0.68, 0.16, 0.74, 0, 0.08, 0, PAINT.dark, { round: 0.03 });
  for (const x of [-0.31, 0.31]) {
    for (const z of [-0.34, 0.34]) kit.box(0.06, 0.86, 0.06, x, 0.58, z, PAINT.body, { round: 0.012, edges: false });
  }
  kit.box(0.7, 0.12, 0.76, 0, 1.06, 0, PAINT.body, { round: 0.04, segments: 2 });
  kit.box(0.56, 0.78, 0.012, 0, 0.58, 0.36, PAINT.white, { on: 'glass', round: 0, ...plain });
  kit.box(0.64, 0.8, 0.02, 0, 0.58, -0.35, PAINT.body, { round: 0.004, ...plain });
  kit.box(0.5, 0.03, 0.5, 0, 0.3, 0, PAINT.slate, { on: 'metal', round: 0.004, ...plain });
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
