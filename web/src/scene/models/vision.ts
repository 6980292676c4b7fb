import type { Kit } from '../kit.ts';
import { PAINT } from '../palette.ts';
import { operatorPanel } from './fixtures.ts';
import type { LivePart, StationModel } from './model.ts';

const PROFILE = { on: 'metal', round: 0.008 } as const;

/** Where the bin for rejects stands, and how it is stacked (m). */
const BIN = { x: -0.25, z: 1.4, w: 0.86, d: 0.6, h: 0.42 };
const STACK = { columns: 3, rows: 2, layers: 2 };

/** The scrap of the run so far, until the bin is full. */
const rejects: LivePart = {
  signals: ['Counter.Scrap'],
  place(put, value) {
    const { columns, rows, layers } = STACK;
    const count = Math.min(columns * rows * layers, value('Counter.Scrap') ?? 0);
    for (let k = 0; k < count; k++) {
      const [column, row, layer] = [k % columns, Math.floor(k / columns) % rows, Math.floor(k / columns / rows)];
      const x = BIN.x + (column - (columns - 1) / 2) * 0.27;
      put('pump', { x, y: layer * 0.24, z: BIN.z + (row - 0.5) * 0.27, turn: k * 1.3, colour: PAINT.reject });
    }
  },
};

function rejectBin(kit: Kit): void {
  const { x, z, w, d, h } = BIN;
  const wall = { round: 0.008, edges: true } as const;
  kit.box(w, 0.05, d, x, 0.06, z, PAINT.dark, wall);
  for (const side of [-1, 1]) {
    kit.box(w, h, 0.03, x, 0.06 + h / 2, z + (side * d) / 2, PAINT.safety, wall);
    kit.box(0.03, h, d, x + (side * w) / 2, 0.06 + h / 2, z, PAINT.safety, wall);
  }
}

/** A glazed gantry over the belt with a camera in a ring light; it is drawn around its own middle. */
export const vision: StationModel = {
  nominal: { w: 1.5, d: 1.6 },
  build(kit, { stop }) {
    const z0 = stop && Math.abs(stop.z) < 0.6 ? stop.z : 0;
    kit.within(0, 0, z0, 0, () => {
      for (const x of [-0.62, 0.62]) {
        for (const z of [-0.6, 0.6]) kit.box(0.08, 2.0, 0.08, x, 1.0, z, PAINT.aluminium, PROFILE);
        kit.box(0.08, 0.08, 1.2, x, 2.0, 0, PAINT.aluminium, PROFILE);
        kit.box(0.012, 0.8, 1.1, x, 1.55, 0, PAINT.white, { on: 'glass', edges: false });
      }
      for (const z of [-0.6, 0.6]) {
        kit.box(1.3, 0.08, 0.08, 0, 2.0, z, PAINT.aluminium, PROFILE);
        kit.box(1.3, 0.06, 0.06, 0, 0.3, z, PAINT.aluminium, PROFILE);
      }
      kit.box(1.16, 0.8, 0.012, 0, 1.55, 0.6, PAINT.white, { on: 'glass', edges: false });
      kit.box(1.34, 0.12, 1.3, 0, 2.08, 0, PAINT.body, { round: 0.04, segments: 2 });
      kit.box(0.14, 0.3, 0.14, 0, 1.85, 0, PAINT.dark);
      kit.cylinder(0.06, 0.14, 0, 1.66, 0, PAINT.black);
      kit.ring(0.2, 0.05, 0, 1.52, 0, PAINT.dark, { rx: Math.PI / 2 });
      kit.ring(0.2, 0.035, 0, 1.48, 0, '#eaf6f8', { on: 'glow', rx: Math.PI / 2 });
      kit.box(0.34, 0.7, 0.3, -0.5, 0.4, 0.78, PAINT.body, { round: 0.03 });
      operatorPanel(kit, 0.9, 1.4, 0.75, 0.3);
      kit.stackLight(0.5, 2.14, -0.5);
    });
    rejectBin(kit);
  },
  live: rejects,
};
