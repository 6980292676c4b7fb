import * as THREE from 'three';
import { Crowd } from './crowd.ts';
import { Kit, type Shape } from './kit.ts';
import { frameOf } from './frame.ts';
import { type Layout, radians, siteOf } from './layout.ts';
import type { Materials } from './materials.ts';
import { BATTERY, batteryShape, cargoShape, carrierShape, pumpShape, vehicleShape } from './models/carrier.ts';
import { modelOf } from './models/catalogue.ts';
import { BELT_Y, type Mechanism } from './models/model.ts';
import { disposeGeometries } from './meshes.ts';
import { LAMP, loadColour } from './palette.ts';
import type { QualitySettings } from './quality.ts';
import { type Tracks, spotAt } from './track.ts';

/** Everything that moves: carriers on belts, vehicles on lanes, and what moves on stations. */
export interface Movers {
  root: THREE.Group;
  /** Puts everything where it is at plant time `t` (us). */
  pose(tracks: Tracks, t: number): void;
  /** A signal of a station has this value. */
  show(station: string, name: string, value: number): void;
  /** How full the battery of a vehicle is, 0 to 1. */
  charge(vehicle: string, share: number): void;
  dispose(): void;
}

const BELT_TOP_M = BELT_Y - 0.005;
/** Shares of charge below which a vehicle needs looking at, and below which it is in trouble. */
const LOW_CHARGE = 0.3;
const EMPTY_CHARGE = 0.15;

export function createMovers(layout: Layout, materials: Materials, { shadows, detail }: QualitySettings): Movers {
  const crowd = (draw: (kit: Kit) => Shape) => new Crowd(draw(new Kit(detail)), materials, shadows === 'live');
  const carriers = crowd(carrierShape);
  const pumps = crowd(pumpShape);
  const vehicles = crowd(vehicleShape);
  const cargo = crowd(cargoShape);
  const batteries = crowd(batteryShape);
  const crowds = [carriers, pumps, vehicles, cargo, batteries];
  const charges = new Map<string, number>();
  const mechanisms = createMechanisms(layout, materials);
  const root = new THREE.Group().add(
    ...crowds.map((one) => one.root),
    ...[...mechanisms.values()].map((one) => one.root),
  );
  const place = new THREE.Vector3();
  const size = new THREE.Vector3();
  const placeBattery = (share: number, x: number, z: number, turn: number) => {
    place.set(x + BATTERY.fromX * Math.cos(turn), 0, z - BATTERY.fromX * Math.sin(turn));
    const colour = share < EMPTY_CHARGE ? LAMP.fault : share < LOW_CHARGE ? LAMP.warning : LAMP.normal;
    batteries.place(place, turn, colour, size.set(BATTERY.length * share, 1, 1));
  };
  return {
    root,
    pose(tracks, t) {
      for (const one of crowds) one.begin(tracks.size);
      for (const [id, track] of tracks) {
        const spot = spotAt(track, t);
        if (!spot) continue;
        const way = layout.ways.get(spot.path);
        if (!way) {
          mechanisms.get(spot.path.split('.')[0])?.pose?.(spot.s);
          continue;
        }
        const { x, z, turn } = way.at(spot.s);
        const isCarrier = layout.belts.has(spot.path);
        place.set(x, isCarrier ? BELT_TOP_M : 0, z);
        (isCarrier ? carriers : vehicles).place(place, radians(turn));
        if (spot.load !== undefined) {
          (isCarrier ? pumps : cargo).place(place, radians(turn), loadColour(spot.load));
        }
        const charge = charges.get(id);
        if (charge !== undefined) placeBattery(charge, x, z, radians(turn));
      }
      for (const one of crowds) one.end();
    },
    show: (station, name, value) => mechanisms.get(station)?.show?.(name, value),
    charge: (vehicle, share) => void charges.set(vehicle, share),
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
    const mechanism = modelOf(station.type).mechanism?.make(materials, siteOf(station, layout));
    if (!mechanism) continue;
    const posed = mechanism.root;
    const mount = new THREE.Group().add(posed);
    mount.applyMatrix4(frameOf(station));
    mechanism.pose?.(0);
    mechanisms.set(station.id, { ...mechanism, root: mount });
  }
  return mechanisms;
}
