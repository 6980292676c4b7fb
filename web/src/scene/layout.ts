import type { CellView, StationView } from '#contract/cell-view.ts';
import { Way } from '#simulator/plant/way.ts';
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

/** What the model of a station needs to know of its surroundings. The "stop" of a loop conveyor is the belt below its gate. */
export function siteOf(station: PlacedStation, { ways, belts }: Layout): Site {
  const way = station.stop && ways.get(station.stop.path);
  const pose = way && station.stop ? way.at(station.stop.s) : nearestOn(station, ways, belts);
  if (!pose) return {};
  const { at } = station;
  const [x, z] = [pose.x - at.x, pose.z - at.z];
  const [cos, sin] = [Math.cos(radians(at.turn)), Math.sin(radians(at.turn))];
  return { stop: { x: cos * x - sin * z, z: sin * x + cos * z, turn: radians(pose.turn - at.turn) } };
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
