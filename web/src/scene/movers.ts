import * as THREE from 'three';
import { Crowd } from './crowd.ts';
import { Kit, type Shape } from './kit.ts';
import { type Layout, frameOf, radians, siteOf } from './layout.ts';
import type { Materials } from './materials.ts';
import { cargoShape, carrierShape, pumpShape, vehicleShape } from './models/carrier.ts';
import { modelOf } from './models/catalogue.ts';
import { BELT_Y, type Mechanism } from './models/model.ts';
import { disposeGeometries } from './meshes.ts';
import { loadColour } from './palette.ts';
import type { QualitySettings } from './quality.ts';
import { type Tracks, spotAt } from './track.ts';

/** Everything that moves: carriers on belts, vehicles on lanes, and what moves on stations. */
export interface Movers {
  root: THREE.Group;
  /** Puts everything where it is at plant time `t` (us). */
  pose(tracks: Tracks, t: number): void;
  dispose(): void;
}

const BELT_TOP_M = BELT_Y - 0.005;

export function createMovers(layout: Layout, materials: Materials, { shadows, detail }: QualitySettings): Movers {
  const crowd = (draw: (kit: Kit) => Shape) => new Crowd(draw(new Kit(detail)), materials, shadows === 'live');
  const carriers = crowd(carrierShape);
  const pumps = crowd(pumpShape);
  const vehicles = crowd(vehicleShape);
  const cargo = crowd(cargoShape);
  const crowds = [carriers, pumps, vehicles, cargo];
  const mechanisms = createMechanisms(layout, materials);
  const root = new THREE.Group().add(
    ...crowds.map((one) => one.root),
    ...[...mechanisms.values()].map((one) => one.root),
  );
  const place = new THREE.Vector3();
  return {
    root,
    pose(tracks, t) {
      for (const one of crowds) one.begin(tracks.size);
      for (const track of tracks.values()) {
        const spot = spotAt(track, t);
        if (!spot) continue;
        const way = layout.ways.get(spot.path);
        if (!way) {
          mechanisms.get(spot.path.split('.')[0])?.pose(spot.s);
          continue;
        }
        const { x, z, turn } = way.at(spot.s);
        const isCarrier = layout.belts.has(spot.path);
        place.set(x, isCarrier ? BELT_TOP_M : 0, z);
        (isCarrier ? carriers : vehicles).place(place, radians(turn));
        if (spot.load !== undefined) {
          (isCarrier ? pumps : cargo).place(place, radians(turn), loadColour(spot.load));
        }
      }
      for (const one of crowds) one.end();
    },
    dispose() {
      for (const one of crowds) one.dispose();
      for (const { root } of mechanisms.values()) disposeGeometries(root);
    },
  };
}

/** By station. Their segments name the path `<station>.<mechanism>` and count s from 0 to 1. */
function createMechanisms(layout: Layout, materials: Materials): Map<string, Mechanism> {
  const mechanisms = new Map<string, Mechanism>();
  for (const station of layout.stations) {
    const mechanism = modelOf(station.type).mechanism?.(materials, siteOf(station, layout));
    if (!mechanism) continue;
    const posed = mechanism.root;
    const mount = new THREE.Group().add(posed);
    mount.applyMatrix4(frameOf(station));
    mechanism.pose(0);
    mechanisms.set(station.id, { root: mount, pose: mechanism.pose });
  }
  return mechanisms;
}
