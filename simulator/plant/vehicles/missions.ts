import { record, u32, u8 } from '#simulator/kernel/fields.ts';
import { Mission } from './dock-link.ts';
import type { LaneGraph } from './lane-graph.ts';
import { Act, Origin, type VehicleOrder } from './vehicle-order.ts';

/** Which wish is looked at first. */
export const MISSIONS = [Mission.Cartons, Mission.Castings, Mission.Cores] as const;

export const WISHED = 1;
export const UNDER_WAY = 2;

/** What stations wish for: not at all, noted, or under way. */
export class Wishes extends record({ castings: u8(), cores: u8(), cartons: u8(), given: u32() }) {
  of(mission: number): number {
    return mission === Mission.Castings ? this.castings : mission === Mission.Cores ? this.cores : this.cartons;
  }

  set(mission: number, state: number): void {
    if (mission === Mission.Castings) this.castings = state;
    else if (mission === Mission.Cores) this.cores = state;
    else if (mission === Mission.Cartons) this.cartons = state;
  }
}

/** A mission as an order: from the dock to the other place and back. */
export function planMission(order: VehicleOrder, graph: LaneGraph, vehicle: number, mission: number): void {
  const fetches = mission === Mission.Cartons;
  order.begin(mission, graph.dockOf(vehicle));
  order.act(Act.StopCharging);
  if (!fetches) order.act(mission);
  lead(order, graph, fetches ? graph.packaging : graph.store);
  order.act(fetches ? Act.PickCartons : Act.Drop);
  lead(order, graph, graph.entries[vehicle]);
  order.pass(graph.dockOf(vehicle));
  if (fetches) order.act(Act.Drop);
  order.act(Act.StartCharging);
}

/** From wherever a vehicle stands to its dock, where it puts down what it carries. */
export function planHome(order: VehicleOrder, graph: LaneGraph, vehicle: number, isLoaded: boolean): void {
  const here = order.node(order.at);
  const dock = graph.dockOf(vehicle);
  order.begin(Origin.Home, here);
  if (here !== dock) {
    lead(order, graph, graph.entries[vehicle]);
    order.pass(dock);
  }
  if (isLoaded) order.act(Act.Drop);
  order.act(Act.StartCharging);
}

/** All nodes on the way to one that lies on the lane. */
function lead(order: VehicleOrder, graph: LaneGraph, to: number): void {
  let node = order.last;
  while (node !== to) {
    node = graph.next(node);
    order.pass(node);
  }
}
