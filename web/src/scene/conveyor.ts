import type { Way } from '#simulator/plant/way.ts';
import * as THREE from 'three';
import type { Kit } from './kit.ts';
import { radians } from './layout.ts';
import { BELT_Y } from './models/model.ts';
import { PAINT } from './palette.ts';

/** A closed outline across the way: (metres to its left, metres up), counter-clockwise seen along the way. */
type Profile = readonly (readonly [across: number, up: number])[];

const SAMPLE_M = 0.14;
const LEG_EVERY_M = 1.85;
const DRIVE_EVERY_M = 6.2;
const RAIL_ACROSS = 0.29;
const LEG_H = BELT_Y - 0.11;

/** A belt with rails, swept along its way, on legs, with a drive here and there and a stop gate at each of `stops` (m). */
export function drawConveyor(kit: Kit, way: Way, stops: readonly number[]): void {
  kit.geometry(sweep(way, bar(0, BELT_Y - 0.03, 0.54, 0.03)), PAINT.belt);
  for (const side of [-1, 1]) {
    kit.geometry(sweep(way, bar(side * RAIL_ACROSS, BELT_Y - 0.045, 0.06, 0.14)), PAINT.aluminium, 'metal');
    kit.geometry(sweep(way, bar(side * 0.13, BELT_Y - 0.012, 0.05, 0.012)), '#3c444c');
  }
  every(way, LEG_EVERY_M, 0, (x, z, turn) => kit.within(x, 0, z, turn, () => trestle(kit)));
  every(way, DRIVE_EVERY_M, 0.9, (x, z, turn) => kit.within(x, 0, z, turn, () => drive(kit)));
  for (const s of stops) {
    const { x, z, turn } = way.at(s + 0.26);
    kit.within(x, 0, z, radians(turn), () => stopGate(kit));
  }
}

function trestle(kit: Kit): void {
  const metal = { on: 'metal', round: 0, edges: false } as const;
  for (const z of [-0.25, 0.25]) {
    kit.box(0.06, LEG_H, 0.06, 0, LEG_H / 2, z, PAINT.aluminium, metal);
    kit.box(0.12, 0.02, 0.1, 0, 0.01, z, PAINT.slate, metal);
  }
  kit.box(0.05, 0.05, 0.5, 0, 0.32, 0, PAINT.aluminium, metal);
}

/** A gear box below the belt and its motor, which sticks out at the side. */
function drive(kit: Kit): void {
  kit.box(0.3, 0.2, 0.5, 0, BELT_Y - 0.16, 0, PAINT.slate, { edges: false });
  kit.cylinder(0.08, 0.26, 0, BELT_Y - 0.19, 0.4, PAINT.brand, { rx: Math.PI / 2, segments: 16 });
}

/** A stopper in the middle and a tag reader on the rail. */
function stopGate(kit: Kit): void {
  kit.box(0.06, 0.05, 0.12, 0, BELT_Y + 0.01, 0, PAINT.safety, { round: 0.01, edges: false });
  for (const z of [-0.35, 0.35]) kit.box(0.14, 0.1, 0.07, -0.26, BELT_Y - 0.02, z, PAINT.brand, { edges: false });
}

function bar(across: number, up: number, w: number, h: number): Profile {
  const [l, r, b, t] = [across - w / 2, across + w / 2, up - h / 2, up + h / 2];
  return [
    [l, b],
    [r, b],
    [r, t],
    [l, t],
  ];
}

function every(way: Way, stepM: number, from: number, place: (x: number, z: number, turn: number) => void): void {
  const count = Math.max(1, Math.round(way.length / stepM));
  for (let i = 0; i < count; i++) {
    const { x, z, turn } = way.at(from + (i * way.length) / count);
    place(x, z, radians(turn));
  }
}

/** Sweeps an outline along the way; every face is flat across and follows the curve along. */
function sweep(way: Way, profile: Profile): THREE.BufferGeometry {
  const count = Math.ceil(way.length / SAMPLE_M);
  const rings = Array.from({ length: count + 1 }, (_, i) => ringAt(way, (i * way.length) / count, profile));
  if (way.isClosed) rings[count] = rings[0];
  const positions: number[] = [];
  for (let i = 0; i < count; i++) {
    for (let edge = 0; edge < profile.length; edge++) {
      const next = (edge + 1) % profile.length;
      const [a, b, c, d] = [rings[i][edge], rings[i][next], rings[i + 1][next], rings[i + 1][edge]];
      for (const point of [a, b, c, a, c, d]) positions.push(point.x, point.y, point.z);
    }
  }
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute('position', new THREE.Float32BufferAttribute(positions, 3));
  geometry.computeVertexNormals();
  return geometry;
}

function ringAt(way: Way, s: number, profile: Profile): THREE.Vector3[] {
  const { x, z, turn } = way.at(s);
  const [leftX, leftZ] = [-Math.sin(radians(turn)), -Math.cos(radians(turn))];
  return profile.map(([across, up]) => new THREE.Vector3(x + leftX * across, up, z + leftZ * across));
}
