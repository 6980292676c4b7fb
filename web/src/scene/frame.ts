import { Matrix4 } from 'three';
import { type PlacedStation, radians } from './layout.ts';

/** From the station's own frame to the floor. */
export function frameOf({ at }: PlacedStation): Matrix4 {
  return new Matrix4().makeRotationY(radians(at.turn)).setPosition(at.x, 0, at.z);
}
