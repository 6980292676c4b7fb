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

/** Something placed for what signals say, in the frame of its station: metres, by the middle of its foot. */
export interface Placed {
  x: number;
  y?: number;
  z: number;
  /** Width, height and depth; 1 if not said. */
  w?: number;
  h?: number;
  d?: number;
  /** Radians about the vertical. */
  turn?: number;
  colour?: string;
}
/** A cube, an upright cylinder and a shining cube of 1 m, a person, a pump. */
export type Put = (what: 'block' | 'drum' | 'lamp' | 'person' | 'pump', where: Placed) => void;

/** What a picture shows of signals of a station. */
export interface LivePart {
  /** Names within the station. */
  signals: readonly string[];
  place(put: Put, value: (name: string) => number | undefined, site: Site): void;
}

/** What moves on a station. */
export interface Mechanism {
  root: Object3D;
  /** How far its cycle is, 0 to 1. */
  pose?: (cycle: number) => void;
  /** A signal that it watches has this value. */
  show?: (name: string, value: number) => void;
}

export interface MechanismSource {
  /** Names of signals within the station that it shows. */
  signals?: readonly string[];
  make(materials: Materials, site: Site): Mechanism;
}

/** How a type of station looks. It is drawn at its nominal size and stretched to the footprint of the definition. */
export interface StationModel {
  /** Footprint in metres. */
  nominal: { w: number; d: number };
  /** How high its mechanism reaches, so that its label keeps clear. */
  headroomM?: number;
  build(kit: Kit, site: Site): void;
  mechanism?: MechanismSource;
  live?: LivePart;
}
