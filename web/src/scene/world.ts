import * as THREE from 'three';
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js';
import { drawConveyor } from './conveyor.ts';
import { Kit, type Shape } from './kit.ts';
import { frameOf } from './frame.ts';
import { type Layout, type PlacedStation, siteOf } from './layout.ts';
import type { Surface } from './materials.ts';
import { modelOf } from './models/catalogue.ts';
import type { Site } from './models/model.ts';

/** Everything of a station that other parts of the picture need to know. */
export interface StationBody {
  id: string;
  /** Around all that stands still. */
  box: THREE.Box3;
  lamp: THREE.Vector3;
  /** The label points here. */
  top: THREE.Vector3;
}

/** The triangles `from` to `to` (counted in vertices) of a surface belong to a station. */
interface Span {
  station: string;
  from: number;
  to: number;
}

/** All that stands still, merged to one geometry for each surface: a handful of draw calls for the whole line. */
export interface World {
  surfaces: Map<Surface, THREE.BufferGeometry>;
  edges: THREE.BufferGeometry;
  spans: Map<Surface, Span[]>;
  bodies: Map<string, StationBody>;
}

/** A model is stretched to its footprint within these limits, so that a press does not become a table. */
const STRETCH = [0.7, 1.4] as const;
const LABEL_ABOVE_M = 0.12;
const CROWN_M = 0.3;

export function buildWorld(layout: Layout, detail: 'fine' | 'plain' = 'fine'): World {
  const parts = new Map<Surface, THREE.BufferGeometry[]>();
  const spans = new Map<Surface, Span[]>();
  const ends = new Map<Surface, number>();
  const edges: number[] = [];
  const bodies = new Map<string, StationBody>();
  const collect = (shape: Shape, station?: string) => {
    edges.push(...shape.edges);
    for (const [surface, geometry] of shape.surfaces) {
      const from = ends.get(surface) ?? 0;
      const to = from + geometry.getAttribute('position').count;
      ends.set(surface, to);
      append(parts, surface, geometry);
      if (station !== undefined) append(spans, surface, { station, from, to });
    }
  };
  for (const station of layout.stations) {
    const { shape, body } = drawStation(station, layout, new Kit(detail));
    collect(shape, station.id);
    bodies.set(station.id, body);
  }
  const conveyorStation = layout.stations.find(({ type }) => type === 'loop-conveyor')?.id;
  for (const name of layout.belts) collect(drawBelt(name, layout, new Kit(detail)), conveyorStation);
  const surfaces = new Map([...parts].map(([surface, list]) => [surface, mergeGeometries(list)]));
  for (const list of parts.values()) for (const geometry of list) geometry.dispose();
  return { surfaces, edges: lines(edges), spans, bodies };
}

/** The station that a triangle of a surface belongs to. */
export function stationAt(world: World, surface: Surface, vertex: number): string | undefined {
  return world.spans.get(surface)?.find(({ from, to }) => vertex >= from && vertex < to)?.station;
}

/** The surroundings as the model sees them, which is stretched afterwards. */
function within({ stop }: Site, stretched: THREE.Matrix4): Site {
  if (!stop) return {};
  const { x, z } = new THREE.Vector3(stop.x, 0, stop.z).applyMatrix4(stretched.clone().invert());
  return { stop: { ...stop, x, z } };
}

function drawStation(station: PlacedStation, layout: Layout, kit: Kit): { shape: Shape; body: StationBody } {
  const stretched = stretch(station);
  const frame = frameOf(station).multiply(stretched);
  const model = modelOf(station.type);
  model.build(kit, within(siteOf(station, layout), stretched));
  const shape = kit.build();
  const box = new THREE.Box3();
  for (const geometry of shape.surfaces.values()) {
    geometry.applyMatrix4(frame);
    geometry.computeBoundingBox();
    if (geometry.boundingBox) box.union(geometry.boundingBox);
  }
  const edges = lines(shape.edges).applyMatrix4(frame);
  shape.edges = [...edges.getAttribute('position').array];
  const centre = box.getCenter(new THREE.Vector3());
  const lamp = kit.lamp?.applyMatrix4(frame) ?? new THREE.Vector3(centre.x, box.max.y, centre.z);
  const top = summit(shape, box, model.headroomM);
  return { shape, body: { id: station.id, box, lamp, top } };
}

/** Stretch of a station's model along its own x and z. */
function stretch({ type, size }: PlacedStation): THREE.Matrix4 {
  const { w, d } = modelOf(type).nominal;
  const bounded = (ratio: number) => Math.min(STRETCH[1], Math.max(STRETCH[0], ratio));
  return new THREE.Matrix4().makeScale(bounded((size?.w ?? w) / w), 1, bounded((size?.d ?? d) / d));
}

/** Where the label points: the middle of what is highest, leaving out a slim stack light at the side. */
function summit(shape: Shape, box: THREE.Box3, headroomM = 0): THREE.Vector3 {
  const middle = box.getCenter(new THREE.Vector3());
  const reach = (box.max.x - box.min.x) / 3;
  const eachNear = (visit: (y: number, z: number) => void) => {
    for (const geometry of shape.surfaces.values()) {
      const position = geometry.getAttribute('position');
      for (let i = 0; i < position.count; i++) {
        if (Math.abs(position.getX(i) - middle.x) < reach) visit(position.getY(i), position.getZ(i));
      }
    }
  };
  let highest = 0;
  eachNear((y) => (highest = Math.max(highest, y)));
  let [back, front] = [Infinity, -Infinity];
  eachNear((y, z) => {
    if (y > highest - CROWN_M) [back, front] = [Math.min(back, z), Math.max(front, z)];
  });
  const z = back <= front ? (back + front) / 2 : middle.z;
  return new THREE.Vector3(middle.x, Math.max(highest, headroomM) + LABEL_ABOVE_M, z);
}

function drawBelt(name: string, { ways, stations }: Layout, kit: Kit): Shape {
  const way = ways.get(name);
  const stops = stations.flatMap(({ stop }) => (stop?.path === name ? [stop.s] : []));
  if (way) drawConveyor(kit, way, stops);
  return kit.build();
}

function lines(points: readonly number[]): THREE.BufferGeometry {
  return new THREE.BufferGeometry().setAttribute('position', new THREE.Float32BufferAttribute(points, 3));
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
