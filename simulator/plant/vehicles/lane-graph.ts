import type { Pose, Way } from '#simulator/plant/way.ts';

/** What can be done at a node: nothing on the way to a dock, hand over at the others. */
export const Place = { Entry: 0, Store: 1, Packaging: 2, Dock: 3 } as const;

/** A node as VDA 5050 means it: a place where vehicles may stop and act. */
export interface LaneNode {
  readonly id: string;
  readonly place: number;
  /** Metres along the lane; of a dock, those of its entry. */
  readonly laneM: number;
  /** Which vehicle alone may go there, if it is a dock; otherwise -1. */
  readonly vehicle: number;
  readonly pose: Pose;
}

export interface DockPlace {
  readonly name: string;
  readonly way: Way;
  /** Where it leaves the lane. */
  readonly entryM: number;
}

/**
 * The lane and the docks as a graph (VDA 5050 2.1.0, 6.6.1). The first nodes lie on the lane in the order in which it is
 * driven, each with an edge to the next and from the last to the first; then one dock for each vehicle, with edges from
 * and to its entry. An edge is named `from--to`.
 */
export class LaneGraph {
  readonly nodes: readonly LaneNode[];
  readonly onLane: number;
  readonly store: number;
  readonly packaging: number;
  /** By vehicle: the node on the lane where its dock begins. */
  readonly entries: readonly number[];

  constructor(lane: Way, storeM: number, packagingM: number, docks: readonly DockPlace[]) {
    const place = (id: string, kind: number, laneM: number): LaneNode => ({
      ...{ id, place: kind, laneM, vehicle: -1 },
      pose: lane.at(laneM),
    });
    const along = [
      place('store', Place.Store, storeM),
      place('packaging', Place.Packaging, packagingM),
      ...docks.map(({ name, entryM }) => place(`${name}-entry`, Place.Entry, entryM)),
    ].sort((a, b) => a.laneM - b.laneM);
    const ends = docks.map(({ name, way, entryM }, vehicle) => ({
      ...place(name, Place.Dock, entryM),
      vehicle,
      pose: way.at(way.length),
    }));
    this.nodes = [...along, ...ends];
    this.onLane = along.length;
    this.store = this.find('store');
    this.packaging = this.find('packaging');
    this.entries = docks.map(({ name }) => this.find(`${name}-entry`));
  }

  /** The number of a node, or -1. */
  find(id: unknown): number {
    return this.nodes.findIndex((node) => node.id === id);
  }

  dockOf(vehicle: number): number {
    return this.onLane + vehicle;
  }

  /** The next node on the lane; from a dock its entry. */
  next(node: number): number {
    if (node >= this.onLane) return this.entries[node - this.onLane];
    return node + 1 < this.onLane ? node + 1 : 0;
  }

  hasEdge(from: number, to: number): boolean {
    return this.next(from) === to || (to >= this.onLane && this.next(to) === from);
  }

  edgeId(from: number, to: number): string {
    return `${this.nodes[from].id}--${this.nodes[to].id}`;
  }

  /** Nodes and edges for a master control, positions as `positionOf` gives them. */
  toJSON(): Readonly<Record<string, unknown>> {
    const numbers = this.nodes.map((_, k) => k);
    const pairs = numbers.flatMap((from) => numbers.filter((to) => this.hasEdge(from, to)).map((to) => [from, to]));
    return {
      mapId: MAP_ID,
      nodes: this.nodes.map(({ id, pose }) => ({ nodeId: id, nodePosition: positionOf(pose) })),
      edges: pairs.map(([from, to]) => ({
        edgeId: this.edgeId(from, to),
        ...{ startNodeId: this.nodes[from].id, endNodeId: this.nodes[to].id },
      })),
    };
  }
}

const MAP_ID = 'hall';
const DEGREE = 6.283185307179586 / 360;

/** A pose as VDA 5050 gives it (6.6.6): metres, x to the right and y away from the viewer, theta in (-pi, pi] from x to y. */
export function positionOf({ x, z, turn }: Pose) {
  const wrapped = turn - 360 * Math.ceil((turn - 180) / 360);
  return { x, y: -z + 0, theta: wrapped * DEGREE, mapId: MAP_ID };
}
