import type { Kit } from '../kit.ts';
import { PAINT } from '../palette.ts';
import { bridgeToBelt, operatorPanel } from './fixtures.ts';
import type { LivePart, StationModel } from './model.ts';

const MACHINE_X = -0.4;
const MACHINE_Z = 0.15;

const PALLET = { x: 0.75, z: -0.72 };
const ON_PALLET = 16;

/** Full cartons that wait for a vehicle, four to a layer. */
const cartons: LivePart = {
  signals: ['Cartons.Waiting'],
  place(put, value) {
    for (let k = 0; k < Math.min(ON_PALLET, value('Cartons.Waiting') ?? 0); k++) {
      const [x, z, layer] = [k % 2 ? 0.28 : -0.28, k % 4 < 2 ? 0.22 : -0.22, Math.floor(k / 4)];
      const colour = layer % 2 ? PAINT.carton : '#bf9a71';
      put('block', { x: PALLET.x + x, y: 0.16 + layer * 0.35, z: PALLET.z + z, w: 0.54, h: 0.34, d: 0.42, colour });
    }
  },
};

/** A case packer with its outfeed belt, and a pallet of full cartons beside it. */
export const packaging: StationModel = {
  nominal: { w: 3.0, d: 2.4 },
  build(kit, site) {
    outfeed(kit);
    machine(kit);
    pallet(kit);
    bridgeToBelt(kit, site, MACHINE_X, MACHINE_Z + (site.stop && site.stop.z < 0 ? -0.66 : 0.66));
    operatorPanel(kit, 0.55, 1.4, 0.95, -0.1);
    kit.stackLight(MACHINE_X, 2.14, 0.6);
  },
  live: cartons,
};

function outfeed(kit: Kit): void {
  kit.box(2.6, 0.12, 0.7, 0, 0.8, 0.3, PAINT.belt);
  for (const z of [-0.06, 0.66]) kit.box(2.7, 0.12, 0.05, 0, 0.82, z, PAINT.aluminium, { on: 'metal', round: 0.008 });
  for (const x of [-1.2, 0, 1.2]) {
    for (const z of [0, 0.6]) kit.box(0.06, 0.76, 0.06, x, 0.38, z, PAINT.aluminium, { on: 'metal', edges: false });
  }
  for (let i = 0; i < 3; i++) carton(kit, 0.42, 0.32, 0.4, -0.9 + i * 0.95, 1.03, 0.3);
}

function machine(kit: Kit): void {
  kit.box(1.2, 1.5, 1.3, MACHINE_X, 1.25, MACHINE_Z, PAINT.white, { on: 'glass', edges: false });
  kit.box(1.26, 0.16, 1.36, MACHINE_X, 2.06, MACHINE_Z, PAINT.white, { round: 0.05, segments: 2 });
  kit.box(1.26, 0.5, 1.36, MACHINE_X, 0.3, MACHINE_Z, PAINT.body, { round: 0.04 });
  for (const x of [-0.58, 0.58]) {
    for (const z of [-0.62, 0.62]) {
      kit.box(0.07, 1.55, 0.07, MACHINE_X + x, 1.25, MACHINE_Z + z, PAINT.brand, { round: 0.01, edges: false });
    }
  }
  kit.box(1.1, 0.06, 0.08, MACHINE_X, 1.92, 0.3, PAINT.slate, { on: 'metal', edges: false });
  kit.cylinder(0.1, 0.5, MACHINE_X, 1.72, 0.3, PAINT.steel, { on: 'metal' });
  kit.box(0.3, 0.04, 0.3, MACHINE_X, 1.46, 0.3, PAINT.dark, { edges: false });
}

function pallet(kit: Kit): void {
  kit.within(PALLET.x, 0, PALLET.z, 0, () => {
    for (const z of [-0.38, 0, 0.38]) kit.box(1.2, 0.03, 0.16, 0, 0.14, z, PAINT.wood, { round: 0, edges: false });
    for (const x of [-0.5, 0, 0.5]) kit.box(0.14, 0.12, 0.9, x, 0.06, 0, '#a88258', { round: 0, edges: false });
  });
}

function carton(kit: Kit, w: number, h: number, d: number, x: number, y: number, z: number): void {
  kit.box(w, h, d, x, y, z, PAINT.carton, { round: 0.008 });
  kit.box(0.06, 0.004, d, x, y + h / 2, z, '#b08d5f', { round: 0, edges: false });
}
