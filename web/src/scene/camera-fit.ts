import { Vector3 } from 'three';

export interface Lens {
  /** Vertical field of view in degrees. */
  fov: number;
  /** Width by height. */
  aspect: number;
}

export interface Shot {
  position: Vector3;
  target: Vector3;
}

const UP = new Vector3(0, 1, 0);

/**
 * The nearest camera that looks along `direction` (from the target towards the camera) and sees all points, centred,
 * with `margin` (a fraction of the picture) left free all around. Exact: each point demands a distance, the largest wins.
 */
export function fitCamera(points: readonly Vector3[], direction: Vector3, lens: Lens, margin = 0.03): Shot {
  const back = direction.clone().normalize();
  const right = new Vector3().crossVectors(UP, back).normalize();
  const up = new Vector3().crossVectors(back, right);
  const tanY = Math.tan((lens.fov * Math.PI) / 360) * (1 - 2 * margin);
  const tanX = tanY * lens.aspect;
  const across = demand(points, right, back, tanX);
  const along = demand(points, up, back, tanY);
  const distance = Math.max(across.distance, along.distance);
  const nearest = Math.max(...points.map((point) => point.dot(back)));
  const eye = new Vector3()
    .addScaledVector(right, across.centre)
    .addScaledVector(up, along.centre)
    .addScaledVector(back, distance);
  const depth = distance - nearest + spread(points, back) / 2;
  return { position: eye, target: eye.clone().addScaledVector(back, -depth) };
}

/** How far back (measured along `back` from the origin) and how far along `axis` the camera must stand to see all. */
function demand(points: readonly Vector3[], axis: Vector3, back: Vector3, tan: number) {
  let low = -Infinity;
  let high = -Infinity;
  for (const point of points) {
    const reach = point.dot(back) * tan;
    high = Math.max(high, reach + point.dot(axis));
    low = Math.max(low, reach - point.dot(axis));
  }
  return { distance: (high + low) / (2 * tan), centre: (high - low) / 2 };
}

function spread(points: readonly Vector3[], axis: Vector3): number {
  const along = points.map((point) => point.dot(axis));
  return Math.max(...along) - Math.min(...along);
}

/** Below this width by height the long side of the cell stands upright, as in the schematic. */
const UPRIGHT = 0.85;

/** Wide pictures look from low, tall ones from high or along the cell, so that it fills both. */
export function overviewDirection(aspect: number): Vector3 {
  if (aspect < UPRIGHT) return new Vector3(1, 1.3, 0.17);
  return new Vector3(0.17, Math.min(1.25, Math.max(0.66, 1.9 - 0.62 * aspect)), 1);
}

export const CLOSE_UP = new Vector3(0.42, 0.62, 1);
