import type { Kit, Shape } from '../kit.ts';
import { PAINT } from '../palette.ts';

const small = { edges: false } as const;

/** A pallet with a tag and a fixture plate; it rests on the belt at y = 0. */
export function carrierShape(kit: Kit): Shape {
  kit.box(0.4, 0.05, 0.4, 0, 0.03, 0, PAINT.dark, { ...small, round: 0.012 });
  kit.box(0.34, 0.03, 0.34, 0, 0.065, 0, PAINT.mid, { ...small, round: 0.006 });
  kit.box(0.06, 0.03, 0.02, 0.1, 0.03, 0.2, PAINT.white, { ...small, round: 0 });
  return kit.build();
}

/** A coolant pump on its carrier, nearly white, so that the colour of its variant tints it. */
export function pumpShape(kit: Kit): Shape {
  kit.box(0.24, 0.03, 0.22, 0, 0.095, 0, '#9aa2aa', { ...small, round: 0.006 });
  kit.cylinder(0.105, 0.1, 0, 0.16, 0, '#ffffff', { segments: 22 });
  kit.cylinder(0.115, 0.018, 0, 0.2, 0, '#e8ebee', { segments: 22 });
  kit.cylinder(0.04, 0.17, 0.08, 0.165, 0.06, '#f4f6f8', { rz: Math.PI / 2, segments: 14 });
  kit.cylinder(0.062, 0.1, 0, 0.255, 0, '#ffffff', { segments: 20 });
  kit.cylinder(0.03, 0.04, 0, 0.325, 0, '#c9cdd2', { segments: 12 });
  return kit.build();
}

/** An automated guided vehicle, its nose along x. */
export function vehicleShape(kit: Kit): Shape {
  kit.box(1.15, 0.26, 0.8, 0, 0.2, 0, PAINT.white, { round: 0.09, segments: 3, edges: false });
  kit.box(1.17, 0.09, 0.82, 0, 0.13, 0, PAINT.dark, { round: 0.04, edges: false });
  kit.box(0.95, 0.05, 0.66, 0, 0.355, 0, PAINT.slate, { on: 'metal' });
  for (const side of [-1, 1]) kit.box(0.95, 0.008, 0.055, 0, 0.382, side * 0.308, PAINT.black, small);
  kit.box(1.0, 0.075, 0.822, 0, 0.245, 0, PAINT.black, { ...small, round: 0.012 });
  kit.cylinder(0.06, 0.07, 0.46, 0.39, 0.28, PAINT.black);
  kit.box(0.03, 0.05, 0.3, 0.575, 0.2, 0, PAINT.black, small);
  return kit.build();
}

/** Where the bar of a full battery begins, behind the middle of the vehicle, and how long it is (m). */
export const BATTERY = { fromX: -0.46, length: 0.92 };

/** Bars along both sides of a vehicle and the rims of its deck, 1 m long from their origin on; its length and colour say how full the battery is. */
export function batteryShape(kit: Kit): Shape {
  for (const side of [-1, 1]) {
    kit.box(1, 0.045, 0.012, 0.5, 0.245, side * 0.412, '#ffffff', { on: 'glow', round: 0 });
    kit.box(1, 0.012, 0.035, 0.5, 0.385, side * 0.308, '#ffffff', { on: 'glow', round: 0 });
  }
  return kit.build();
}

/** What lies on a vehicle: two cartons on a board; tinted by what it is. */
export function cargoShape(kit: Kit): Shape {
  kit.box(0.74, 0.04, 0.56, -0.08, 0.4, 0, PAINT.wood, small);
  kit.box(0.36, 0.32, 0.46, -0.27, 0.58, 0, '#ffffff', { ...small, round: 0.01 });
  kit.box(0.3, 0.24, 0.4, 0.1, 0.54, 0, '#f2f2f2', { ...small, round: 0.01 });
  return kit.build();
}
