import * as THREE from 'three';
import type { Layout } from './layout.ts';

/** The floor that the cell stands on, in metres. */
export interface Slab {
  x0: number;
  x1: number;
  z0: number;
  z1: number;
}

const MARGIN_M = 0.95;

/** Just wide enough for all stations and ways. */
export function slabOf({ stations, ways }: Layout): Slab {
  const box = new THREE.Box2();
  for (const { at, size } of stations) {
    const reach = Math.hypot(size?.w ?? 2, size?.d ?? 2) / 2;
    const turned = Math.abs(Math.sin((at.turn * Math.PI) / 180)) > 0.7;
    const [w, d] = size ? (turned ? [size.d, size.w] : [size.w, size.d]) : [reach, reach];
    box.expandByPoint(new THREE.Vector2(at.x - w / 2 - 0.3, at.z - d / 2 - 0.3));
    box.expandByPoint(new THREE.Vector2(at.x + w / 2 + 0.3, at.z + d / 2 + 0.3));
  }
  for (const way of ways.values()) {
    for (let s = 0; s <= way.length; s += 0.5) {
      const { x, z } = way.at(s);
      box.expandByPoint(new THREE.Vector2(x - 0.5, z - 0.5)).expandByPoint(new THREE.Vector2(x + 0.5, z + 0.5));
    }
  }
  if (box.isEmpty()) box.set(new THREE.Vector2(-4, -3), new THREE.Vector2(4, 3));
  return {
    x0: box.min.x - MARGIN_M,
    x1: box.max.x + MARGIN_M,
    z0: box.min.y - MARGIN_M,
    z1: box.max.y + MARGIN_M,
  };
}

export const slabSize = ({ x0, x1, z0, z1 }: Slab) => ({
  width: x1 - x0,
  depth: z1 - z0,
  x: (x0 + x1) / 2,
  z: (z0 + z1) / 2,
});
