import type { Kit } from '../kit.ts';
import { PAINT } from '../palette.ts';
import { BELT_HALF_WIDTH, BELT_Y, type Site } from './model.ts';

const SCREEN_TILT = -0.18;

/** An operator panel on an arm, seen from the front. */
export function operatorPanel(kit: Kit, x: number, y: number, z: number, turn = 0): void {
  kit.within(x, y, z, turn, () => {
    kit.box(0.06, 0.5, 0.06, 0, -0.25, -0.06, PAINT.slate, { on: 'metal' });
    kit.box(0.46, 0.32, 0.05, 0, 0.1, 0, PAINT.dark, { rx: SCREEN_TILT });
    kit.box(0.41, 0.27, 0.01, 0, 0.105, 0.026, PAINT.screen, { on: 'glow', rx: SCREEN_TILT, round: 0 });
    for (let line = 0; line < 4; line++) {
      const w = 0.05 + 0.05 * ((line * 7) % 3);
      const colour = line % 2 ? PAINT.screenText : '#4f93a3';
      kit.box(w, 0.018, 0.004, -0.1 + line * 0.035, 0.17 - line * 0.045, 0.036 + line * 0.0075, colour, {
        on: 'glow',
        rx: SCREEN_TILT,
        round: 0,
      });
    }
  });
}

/** A flat screen with lines of text, facing front. */
export function screen(kit: Kit, w: number, h: number, x: number, y: number, z: number): void {
  kit.box(w, h, 0.02, x, y, z, PAINT.screen, { on: 'glow', round: 0 });
  const lines = Math.max(2, Math.floor(h / 0.06));
  for (let line = 0; line < lines; line++) {
    const length = w * (0.75 - 0.17 * ((line * 5) % 3));
    const top = y + h / 2 - (line + 0.8) * (h / (lines + 0.6));
    kit.box(length, 0.016, 0.004, x - (w * 0.85 - length) / 2, top, z + 0.012, line % 2 ? '#4f93a3' : '#8cc1cc', {
      on: 'glow',
      round: 0,
    });
  }
}

/** Four legs below a table of that footprint. */
export function legs(kit: Kit, w: number, d: number, h: number, thick = 0.06): void {
  for (const sideX of [-1, 1]) {
    for (const sideZ of [-1, 1]) {
      const x = (sideX * (w - thick)) / 2;
      const z = (sideZ * (d - thick)) / 2;
      kit.box(thick, h, thick, x, h / 2, z, PAINT.aluminium, { on: 'metal', round: 0.006, edges: false });
      kit.cylinder(0.05, 0.03, x, 0.015, z, PAINT.dark);
    }
  }
}

/** A roller table along x, of a length, with its top at belt height. */
export function rollerTable(kit: Kit, length: number, width = 0.6): void {
  for (const z of [-width / 2, width / 2]) {
    kit.box(length, 0.12, 0.05, 0, BELT_Y - 0.05, z, PAINT.aluminium, { on: 'metal', round: 0.008 });
    for (const x of [-length / 2 + 0.12, length / 2 - 0.12]) {
      kit.box(0.06, BELT_Y - 0.1, 0.06, x, (BELT_Y - 0.1) / 2, z, PAINT.aluminium, { on: 'metal', edges: false });
    }
  }
  const rollers = Math.max(2, Math.round(length / 0.11));
  for (let i = 0; i < rollers; i++) {
    const x = -length / 2 + ((i + 0.5) * length) / rollers;
    kit.cylinder(0.035, width - 0.06, x, BELT_Y - 0.05, 0, PAINT.steel, { on: 'metal', rx: Math.PI / 2, segments: 10 });
  }
}

/** Bridges the gap between the station and the belt at its stop, where it is wide enough to need it. */
export function bridgeToBelt(kit: Kit, { stop }: Site, fromX: number, fromZ: number): void {
  if (!stop) return;
  const gap = Math.hypot(stop.x - fromX, stop.z - fromZ);
  const length = gap - BELT_HALF_WIDTH - 0.04;
  if (length < 0.25) return;
  const [dx, dz] = [(stop.x - fromX) / gap, (stop.z - fromZ) / gap];
  kit.within(fromX + (dx * length) / 2, 0, fromZ + (dz * length) / 2, Math.atan2(-dz, dx), () =>
    rollerTable(kit, length, 0.5),
  );
}
