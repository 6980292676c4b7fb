import type { Kit } from '../kit.ts';
import { LAMP, PAINT } from '../palette.ts';
import { legs, operatorPanel } from './fixtures.ts';
import type { LivePart, StationModel } from './model.ts';

/** Where the operator stands to pick parts from the bins, and to work (m). */
const AT_BINS_X = -0.5;
const AT_WORK_X = 0.1;
const PICKING = 1;

/** The operator, if somebody is there, and the andon lamp along the top of the frame when it is lit. */
const operator: LivePart = {
  signals: ['Operator.Present', 'Instruction.Step', 'Andon.Active'],
  place(put, value) {
    const isPicking = Math.round(value('Instruction.Step') ?? 0) === PICKING;
    if (value('Operator.Present')) {
      put('person', { x: isPicking ? AT_BINS_X : AT_WORK_X, z: 0.85, turn: Math.PI, colour: PAINT.operator });
    }
    if (value('Andon.Active')) {
      put('lamp', { x: 0, y: 2.3, z: -0.42, w: 1.6, h: 0.12, d: 0.12, colour: LAMP.warning });
    }
  },
};

/** A bench for manual assembly: bins with pick lights, a lamp, a press and a screen with the work instruction. */
export const assembly: StationModel = {
  nominal: { w: 2.6, d: 1.7 },
  build(kit) {
    kit.box(2.3, 0.07, 1.0, 0, 0.92, 0, PAINT.white);
    legs(kit, 2.2, 0.9, 0.9);
    kit.box(2.2, 0.3, 0.85, 0, 0.6, 0, PAINT.body);
    for (const x of [-0.72, 0, 0.72]) kit.box(0.2, 0.02, 0.01, x, 0.62, 0.43, PAINT.slate, { round: 0, edges: false });
    frame(kit);
    bins(kit);
    workpiece(kit);
    operatorPanel(kit, -0.85, 1.25, 0.25, 0.35);
    kit.box(1.6, 0.02, 0.5, 0, 0.012, 0.72, PAINT.slate, { round: 0.01, edges: false });
    kit.stackLight(1.1, 2.28, -0.42);
  },
  live: operator,
};

function frame(kit: Kit): void {
  const profile = { on: 'metal', round: 0.008 } as const;
  for (const x of [-1.1, 1.1]) kit.box(0.07, 1.3, 0.07, x, 1.6, -0.42, PAINT.aluminium, profile);
  kit.box(2.27, 0.07, 0.07, 0, 2.25, -0.42, PAINT.aluminium, profile);
  kit.box(2.1, 0.06, 0.34, 0, 2.2, -0.2, PAINT.body);
  kit.box(1.9, 0.012, 0.2, 0, 2.163, -0.2, '#fbfdff', { on: 'glow', round: 0 });
}

function bins(kit: Kit): void {
  for (let row = 0; row < 2; row++) {
    const y = 1.24 + row * 0.36;
    kit.box(2.16, 0.03, 0.34, 0, y - 0.11, -0.36, PAINT.mid, { rx: 0.2, edges: false });
    for (let i = 0; i < 5; i++) {
      const x = -0.84 + i * 0.42;
      kit.box(0.36, 0.17, 0.3, x, y, -0.34, i % 2 ? PAINT.blue : PAINT.slate, { rx: 0.2, edges: false });
      const isNext = row === 1 && i === 2;
      kit.box(0.3, 0.03, 0.02, x, y - 0.12, -0.19, isNext ? '#9fd6df' : '#5f6d78', { on: 'glow', round: 0 });
    }
  }
}

function workpiece(kit: Kit): void {
  kit.box(0.34, 0.03, 0.34, 0.1, 0.97, 0.15, PAINT.steel, { on: 'metal' });
  kit.cylinder(0.1, 0.1, 0.1, 1.03, 0.15, PAINT.brand);
  kit.cylinder(0.06, 0.08, 0.1, 1.12, 0.15, PAINT.slate);
  kit.cylinder(0.035, 0.26, -0.4, 1.1, 0.2, PAINT.dark);
  kit.box(0.12, 0.5, 0.12, 0.75, 1.2, 0.1, PAINT.steel, { on: 'metal' });
  kit.box(0.2, 0.16, 0.3, 0.75, 1.45, 0.2, PAINT.brand);
}
