import * as THREE from 'three';
import { Kit } from '../kit.ts';
import type { Materials } from '../materials.ts';
import { meshesOf } from '../meshes.ts';
import { LAMP, PAINT } from '../palette.ts';
import { BELT_HALF_WIDTH, type LivePart, type Mechanism, type Site, type StationModel } from './model.ts';
import { ARM, type Keyframe, reach, tipBetween } from './robot-kinematics.ts';

/** Where the tray of shafts stands, and how high the top of a part on a carrier is (m). */
const TRAY = { x: 0.85, y: 1.0, z: -0.55 };
const PART_TOP = 1.22;
const GRIPPED = { from: 0.2, to: 0.58 };

/** How far the arm reaches; separations and zones count from there (m). */
export const REACH_M = 1.55;
/** Persons further away than this are not drawn: they are elsewhere in the hall. */
const IN_SIGHT_M = 4.6;
/** Straight ahead of the robot, as its scanner counts (degrees). */
const AHEAD_DEG = 180;
/** Bearings are drawn narrower than they are, so that nobody walks through the neighbours. */
const NARROWED = 0.4;

/** Who comes near, at the separation that the scanner sees, beyond the belt; and a lamp on the fence while its door is open. */
const visitor: LivePart = {
  signals: ['Safety.Zone', 'Safety.Separation', 'Safety.PersonBearing', 'Door.Open'],
  place(put, value, { stop }) {
    const separationM = value('Safety.Separation') ?? Infinity;
    if (separationM <= IN_SIGHT_M) {
      const angle = (((value('Safety.PersonBearing') ?? AHEAD_DEG) - AHEAD_DEG) * NARROWED * Math.PI) / 180;
      const away = REACH_M + separationM;
      const nearest = stop ? Math.abs(stop.z) + BELT_HALF_WIDTH + 0.28 : 0;
      const side = stop && stop.z < 0 ? -1 : 1;
      const [x, z] = [away * Math.sin(angle), side * Math.max(nearest, away * Math.cos(angle))];
      put('person', { x, z, turn: Math.atan2(-x, -z), colour: PAINT.visitor });
    }
    if (value('Door.Open')) put('lamp', { x: 0.9, y: 1.52, z: -1.15, w: 0.14, h: 0.14, d: 0.14, colour: LAMP.warning });
  },
};

/** Six axes on a pedestal behind a fence. It takes shafts from a tray and sets them into the part on the belt. */
export const robotArm: StationModel = {
  nominal: { w: 2.2, d: 2.4 },
  headroomM: 2.2,
  build(kit) {
    kit.box(0.95, 0.06, 0.95, 0, 0.03, 0, PAINT.slate, { on: 'metal' });
    kit.cylinder(0.34, 0.5, 0, 0.25, 0, PAINT.slate, { segments: 28 });
    fence(kit);
    tray(kit);
    kit.stackLight(-0.9, 1.5, -1.15);
  },
  mechanism: { make: arm },
  live: visitor,
};

function fence(kit: Kit): void {
  for (let post = 0; post < 3; post++) {
    const x = -0.9 + post * 0.9;
    kit.box(0.06, 1.5, 0.06, x, 0.75, -1.15, PAINT.safety, { round: 0.01 });
    if (post === 2) continue;
    kit.box(0.8, 1.2, 0.01, x + 0.45, 0.85, -1.15, PAINT.white, { on: 'glass', round: 0, edges: false });
    for (const y of [0.22, 1.47]) kit.box(0.86, 0.04, 0.04, x + 0.45, y, -1.15, PAINT.dark, { round: 0.01 });
  }
}

function tray(kit: Kit): void {
  kit.box(0.6, 0.86, 0.5, TRAY.x, 0.43, TRAY.z, PAINT.body, { round: 0.03 });
  kit.box(0.56, 0.04, 0.46, TRAY.x, 0.88, TRAY.z, PAINT.dark, { round: 0.01, edges: false });
  for (let i = 0; i < 12; i++) {
    const [x, z] = [TRAY.x - 0.2 + (i % 4) * 0.13, TRAY.z - 0.14 + Math.floor(i / 4) * 0.14];
    kit.cylinder(0.028, 0.1, x, 0.94, z, PAINT.steel, { on: 'metal', segments: 12 });
  }
}

/** Home, to the tray, grip, over to the carrier, set down, and home again. */
function keyframes({ stop }: Site): Keyframe[] {
  const place = stop ?? { x: 0, z: 1.2 };
  const home = { x: 0.75, y: 1.45, z: 0.45 };
  const above = (p: { x: number; z: number }, y: number) => ({ x: p.x, z: p.z, y });
  return [
    { at: 0, ...home },
    { at: 0.14, ...above(TRAY, 1.35) },
    { at: GRIPPED.from, ...TRAY },
    { at: 0.26, ...above(TRAY, 1.4) },
    { at: 0.48, ...above(place, 1.5) },
    { at: GRIPPED.to, ...above(place, PART_TOP) },
    { at: 0.66, ...above(place, PART_TOP) },
    { at: 0.76, ...above(place, 1.5) },
    { at: 1, ...home },
  ];
}

function arm(materials: Materials, site: Site): Mechanism {
  const frames = keyframes(site);
  const part = (parent: THREE.Object3D, x: number, y: number, draw: (kit: Kit) => void) => {
    const kit = new Kit();
    draw(kit);
    const joint = new THREE.Group().add(meshesOf(kit.build(), materials));
    joint.position.set(x, y, 0);
    parent.add(joint);
    return joint;
  };
  const root = new THREE.Group();
  const j1 = part(root, 0, 0.5, drawTurret);
  const j2 = part(j1, ARM.shoulderX, ARM.shoulderY - 0.5, drawUpperArm);
  const j3 = part(j2, 0, ARM.upper, drawForearm);
  const j5 = part(j3, ARM.fore, 0, drawWrist);
  const j6 = part(j5, 0.12, 0, drawGripper);
  const shaft = part(j6, ARM.tool - 0.12, 0, (kit) =>
    kit.cylinder(0.028, 0.1, 0.02, 0, 0, PAINT.steel, { on: 'metal', rz: Math.PI / 2, segments: 12 }),
  );
  return {
    root,
    pose(cycle) {
      const { a1, a2, a3, a5, a6 } = reach(tipBetween(frames, cycle));
      j1.rotation.y = a1;
      j2.rotation.z = a2;
      j3.rotation.z = a3;
      j5.rotation.z = a5;
      j6.rotation.x = a6;
      shaft.visible = cycle > GRIPPED.from && cycle < GRIPPED.to;
    },
  };
}

const soft = { segments: 3, edges: false };
const across = { rx: Math.PI / 2, segments: 28 };
const lengthwise = { rz: -Math.PI / 2, segments: 24 };

function drawTurret(kit: Kit): void {
  kit.cylinder(0.26, 0.16, 0, 0.08, 0, PAINT.dark, { segments: 28 });
  kit.cylinder(0.22, 0.3, 0, 0.3, 0, PAINT.white, { segments: 28 });
  kit.box(0.32, 0.34, 0.4, 0.08, 0.48, 0, PAINT.white, { ...soft, round: 0.1 });
  kit.cylinder(0.15, 0.46, ARM.shoulderX, ARM.shoulderY - 0.5, 0, PAINT.brand, across);
}

function drawUpperArm(kit: Kit): void {
  kit.cylinder(0.16, 0.26, 0, 0, 0, PAINT.white, across);
  kit.box(0.2, ARM.upper, 0.18, 0, ARM.upper / 2, 0, PAINT.white, { ...soft, round: 0.08 });
  kit.cylinder(0.13, 0.36, 0, ARM.upper, 0, PAINT.brand, across);
}

function drawForearm(kit: Kit): void {
  kit.cylinder(0.14, 0.26, 0, 0, 0, PAINT.white, across);
  kit.box(0.4, 0.21, 0.2, 0.1, 0.02, 0, PAINT.white, { ...soft, round: 0.08 });
  kit.cylinder(0.09, ARM.fore - 0.3, 0.3 + (ARM.fore - 0.3) / 2, 0, 0, PAINT.white, { ...lengthwise, top: 0.065 });
  kit.cylinder(0.095, 0.05, 0.32, 0, 0, PAINT.brand, lengthwise);
}

function drawWrist(kit: Kit): void {
  kit.cylinder(0.078, 0.2, 0, 0, 0, PAINT.brand, { ...across, segments: 24 });
  kit.box(0.16, 0.12, 0.12, 0.05, 0, 0, PAINT.white, { ...soft, round: 0.05 });
}

function drawGripper(kit: Kit): void {
  kit.cylinder(0.055, 0.05, 0.02, 0, 0, PAINT.steel, { on: 'metal', ...lengthwise });
  kit.box(0.07, 0.1, 0.2, 0.08, 0, 0, PAINT.dark, { round: 0.015, edges: false });
  for (const z of [-0.05, 0.05]) {
    kit.box(0.13, 0.05, 0.03, 0.18, 0, z, PAINT.steel, { on: 'metal', round: 0.006, edges: false });
  }
}
