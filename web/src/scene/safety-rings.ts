import * as THREE from 'three';
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js';
import { frameOf } from './frame.ts';
import type { Layout } from './layout.ts';
import { REACH_M } from './models/robot-arm.ts';
import { ZONES_M } from './models/safety-zones.ts';
import type { ThemeColours } from './palette.ts';
import { LAMP } from './palette.ts';

const LINE_M = 0.07;
const HEIGHT_M = 0.016;
const FILL_OPACITY = 0.22;
/** The half before the robot; a fence guards the other (radians, from its right by its back). */
const FRONT = { from: 0.96 * Math.PI, over: 1.08 * Math.PI };
/** Values of `Safety.Zone`: nobody, warning, slow, stop. */
const STOP = 3;

/** The zones that a scanner watches around each robot, on the floor: outlines, and the innermost one that somebody is in. */
export interface SafetyRings {
  root: THREE.Group;
  show(station: string, zone: number): void;
  setColours(colours: ThemeColours): void;
  dispose(): void;
}

export function createSafetyRings({ stations }: Layout): SafetyRings {
  const robots = stations.filter(({ type }) => type === 'robot-arm');
  const made = new Map(robots.map((station) => [station.id, createRings(frameOf(station))]));
  const root = new THREE.Group().add(...[...made.values()].flatMap(({ lines, fill }) => [lines, fill]));
  return {
    root,
    show: (station, zone) => made.get(station)?.show(zone),
    setColours({ mark }) {
      for (const { lines } of made.values()) lines.material.color.set(mark);
    },
    dispose() {
      for (const { lines, fill } of made.values()) {
        for (const mesh of [lines, fill]) {
          mesh.geometry.dispose();
          mesh.material.dispose();
        }
      }
    },
  };
}

function createRings(frame: THREE.Matrix4) {
  const rings = ZONES_M.map((distance) => ring(REACH_M + distance - LINE_M, REACH_M + distance));
  const lines = new THREE.Mesh(merged(rings), flat(0.55));
  const fill = new THREE.Mesh(ring(0, 1), flat(FILL_OPACITY));
  fill.visible = false;
  for (const mesh of [lines, fill]) {
    mesh.applyMatrix4(frame);
    mesh.position.y = HEIGHT_M;
    mesh.renderOrder = -1;
  }
  return {
    lines,
    fill,
    show(zone: number) {
      fill.visible = zone > 0;
      if (zone <= 0) return;
      const outer = REACH_M + ZONES_M[STOP - Math.min(STOP, zone)];
      fill.scale.set(outer, 1, outer);
      fill.material.color.set(zone >= STOP ? LAMP.fault : LAMP.warning);
    },
  };
}

const ring = (inner: number, outer: number): THREE.BufferGeometry =>
  new THREE.RingGeometry(inner, outer, 72, 1, FRONT.from, FRONT.over).rotateX(-Math.PI / 2);

const flat = (opacity: number): THREE.MeshBasicMaterial =>
  new THREE.MeshBasicMaterial({
    transparent: true,
    opacity,
    depthWrite: false,
    toneMapped: false,
    polygonOffset: true,
    polygonOffsetFactor: -3,
    polygonOffsetUnits: -6,
  });

function merged(rings: readonly THREE.BufferGeometry[]): THREE.BufferGeometry {
  const whole = mergeGeometries([...rings]);
  for (const one of rings) one.dispose();
  return whole;
}
