import type { CellView, StationView } from '#contract/cell-view.ts';
import { Way } from '#simulator/plant/way.ts';
import { Matrix4, Vector3 } from 'three';
import type { Site } from './models/model.ts';

/** A station that has a place on the floor. Stations without one (buffers, crews) are not drawn. */
export type PlacedStation = StationView & { at: NonNullable<StationView['at']> };

export interface Layout {
  stations: readonly PlacedStation[];
  ways: ReadonlyMap<string, Way>;
  /** Ways on which stations stop carriers: belts. The others are lanes on the floor for vehicles. */
  belts: ReadonlySet<string>;
}

const VEHICLE_STATION = 'agv-dock';
const DEGREE = Math.PI / 180;

export function layoutOf(view: CellView): Layout {
  const stations = view.stations.filter((station): station is PlacedStation => station.at !== undefined);
  const stops = stations.filter(({ type }) => type !== VEHICLE_STATION).map(({ stop }) => stop?.path);
  const ways = new Map(Object.entries(view.ways).map(([name, shape]) => [name, new Way(shape)]));
  return { stations, ways, belts: new Set(stops.filter((path) => path !== undefined && ways.has(path)) as string[]) };
}

export const radians = (degrees: number): number => degrees * DEGREE;

/** From the station's own frame to the floor. */
export function frameOf({ at }: PlacedStation): Matrix4 {
  return new Matrix4().makeRotationY(radians(at.turn)).setPosition(at.x, 0, at.z);
}

/** What the model of a station needs to know of its surroundings. The "stop" of a loop conveyor is the belt below its gate. */
export function siteOf(station: PlacedStation, { ways, belts }: Layout, frame = frameOf(station)): Site {
  const way = station.stop && ways.get(station.stop.path);
  const pose = way && station.stop ? way.at(station.stop.s) : nearestOn(station, ways, belts);
  if (!pose) return {};
  const local = new Vector3(pose.x, 0, pose.z).applyMatrix4(frame.clone().invert());
  return { stop: { x: local.x, z: local.z, turn: radians(pose.turn - station.at.turn) } };
}

const GATE_STATION = 'loop-conveyor';
const STEP_M = 0.05;

function nearestOn({ at, type }: PlacedStation, ways: Layout['ways'], belts: Layout['belts']) {
  if (type !== GATE_STATION) return undefined;
  let nearest: ReturnType<Way['at']> | undefined;
  let least = Infinity;
  for (const name of belts) {
    const way = ways.get(name);
    for (let s = 0; way && s < way.length; s += STEP_M) {
      const pose = way.at(s);
      const distance = Math.hypot(pose.x - at.x, pose.z - at.z);
      if (distance < least) [nearest, least] = [pose, distance];
    }
  }
  return nearest;
}
