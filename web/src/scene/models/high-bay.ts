import * as THREE from 'three';
import { Kit } from '../kit.ts';
import type { Materials } from '../materials.ts';
import { meshesOf } from '../meshes.ts';
import { PAINT } from '../palette.ts';
import { bridgeToBelt } from './fixtures.ts';
import { BELT_Y, type LivePart, type Mechanism, type Put, type Site, type StationModel } from './model.ts';

const BAYS = 6;
const LEVELS = 6;
const BAY_M = 0.8;
const LEVEL_M = 0.62;
const RACK_Z = 1.0;
/** Where the crane stops at the far end of the aisle. */
const FAR_END_X = 2.0;
const LIFT_M = 2.2;

/** What is stored, how many are in one bin, and which side of the aisle it lies on. */
const ARTICLES = [
  { name: 'Stock.Castings', inBin: 2, side: -1, colour: PAINT.slate },
  { name: 'Stock.Bearings', inBin: 30, side: 1, colour: PAINT.blue },
  { name: 'Stock.Seals', inBin: 40, side: 1, colour: PAINT.carton },
  { name: 'Stock.Cores', inBin: 2, side: 1, colour: PAINT.copper },
] as const;

/** As many bins as the stock fills, from below, one article after the other. */
const stock: LivePart = {
  signals: ARTICLES.map(({ name }) => name),
  place(put, value) {
    const used = new Map<number, number>();
    for (const { name, inBin, side, colour } of ARTICLES) {
      const from = used.get(side) ?? 0;
      const to = Math.min(BAYS * LEVELS, from + Math.ceil((value(name) ?? 0) / inBin));
      for (let k = from; k < to; k++) bin(put, side, Math.floor(k / BAYS), k % BAYS, colour);
      used.set(side, to);
    }
  },
};

/** Two racks with an aisle between them along x, in which a crane on rails serves both sides. */
export const highBay: StationModel = {
  nominal: { w: 5.2, d: 2.9 },
  build(kit, site) {
    for (const side of [-1, 1]) rack(kit, side);
    for (const y of [0.035, 3.85]) kit.box(4.9, 0.07, 0.12, 0, y, 0, PAINT.steel, { on: 'metal' });
    handOver(kit, site);
    kit.stackLight(2.3, 3.75, RACK_Z);
  },
  mechanism: { make: crane },
  live: stock,
};

function rack(kit: Kit, side: number): void {
  const z = side * RACK_Z;
  const post = { round: 0.006, edges: false };
  for (let i = 0; i <= BAYS; i++) {
    for (const dz of [-0.3, 0.3]) kit.box(0.07, 3.7, 0.07, -2.4 + i * BAY_M, 1.85, z + dz, PAINT.brandDark, post);
  }
  for (let level = 0; level < LEVELS; level++) {
    const y = 0.25 + level * LEVEL_M;
    for (const dz of [-0.3, 0.3]) kit.box(4.9, 0.05, 0.06, 0, y, z + dz, PAINT.mid, { round: 0.006 });
  }
  kit.box(4.95, 0.06, 0.7, 0, 3.72, z, PAINT.mid);
}

function bin(put: Put, side: number, level: number, bay: number, colour: string): void {
  const [x, y, z] = [-2.0 + bay * BAY_M, 0.25 + level * LEVEL_M, side * RACK_Z];
  put('block', { x, y: y + 0.04, z, w: 0.56, h: 0.3, d: 0.5, colour });
}

/** The table on which the crane hands parts over to the belt, on the belt's side of the rack. */
function handOver(kit: Kit, site: Site): void {
  const stop = site.stop;
  if (!stop) return;
  const x = handOverX(site);
  const side = stop.z < 0 ? -1 : 1;
  kit.box(0.62, 0.06, 1.5, x, BELT_Y - 0.06, side * 0.75, PAINT.belt);
  bridgeToBelt(kit, site, x, side * 1.45);
}

const handOverX = ({ stop }: Site): number => Math.max(-2, Math.min(1, stop?.x ?? 0));

/** Its cycle counts from the hand-over at the belt (0) to the far end of the aisle (1). */
function crane(materials: Materials, site: Site): Mechanism {
  const homeX = handOverX(site);
  const mast = new Kit();
  for (const x of [-0.2, 0.2]) mast.box(0.12, 3.6, 0.12, x, 1.95, 0, PAINT.safety, { round: 0.02 });
  mast.box(0.9, 0.2, 0.3, 0, 0.16, 0, PAINT.dark);
  mast.box(0.6, 0.12, 0.2, 0, 3.74, 0, PAINT.dark);
  const fork = new Kit();
  fork.box(0.62, 0.07, 0.6, 0, 0, 0, PAINT.slate);
  fork.box(0.5, 0.28, 0.44, 0, 0.18, 0, PAINT.carton);
  const root = new THREE.Group().add(meshesOf(mast.build(), materials));
  const carriage = meshesOf(fork.build(), materials);
  root.add(carriage);
  return {
    root,
    pose(cycle) {
      root.position.x = homeX + (FAR_END_X - homeX) * cycle;
      carriage.position.y = BELT_Y + LIFT_M * Math.sin((Math.PI / 2) * cycle);
    },
  };
}
