import type { Object3D } from 'three';
import type { Kit } from '../kit.ts';
import type { Materials } from '../materials.ts';

/** Height of the belt that carriers run on, and of the tables beside it (m). */
export const BELT_Y = 0.86;
/** Half the width of the belt with its rails (m). */
export const BELT_HALF_WIDTH = 0.33;

/** Where a station stands, seen from itself: metres, x to its right, z to its front. */
export interface Site {
  /** Where carriers stop for it, if they do. */
  stop?: { x: number; z: number; turn: number };
}

/** What moves on a station. `pose` takes how far its cycle is, 0 to 1. */
export interface Mechanism {
  root: Object3D;
  pose: (cycle: number) => void;
}

/** How a type of station looks. It is drawn at its nominal size and stretched to the footprint of the definition. */
export interface StationModel {
  /** Footprint in metres. */
  nominal: { w: number; d: number };
  /** How high its mechanism reaches, so that its label keeps clear. */
  headroomM?: number;
  build(kit: Kit, site: Site): void;
  mechanism?(materials: Materials, site: Site): Mechanism;
}
