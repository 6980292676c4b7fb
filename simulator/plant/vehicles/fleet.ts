import type { Site } from '#simulator/kernel/fields.ts';
import { seconds } from '#simulator/kernel/time.ts';
import type { PlantSite } from '#simulator/plant/station.ts';
import type { Dock } from './dock-link.ts';
import { type LaneGraph, Place } from './lane-graph.ts';
import { freeWayM, isEntryClear } from './lane-traffic.ts';
import { MISSIONS, planHome, planMission, UNDER_WAY, WISHED, Wishes } from './missions.ts';
import { Act, Cancel, type VehicleOrder } from './vehicle-order.ts';
import { NEAR_M, Vehicle, type VehicleShape } from './vehicle.ts';

const AT_DOCK_US = seconds(15);
const AT_OTHERS_US = seconds(20);
/** How long a vehicle away from its dock waits for a master control before it comes home. */
const HOMESICK_US = seconds(60);
/** What the station around a fleet knows about cargo. */
export interface Cargo {
  /** How many of a load are taken up at a place; none if nothing is there. */
  pick(load: number, t: number): number;
  drop(vehicle: Vehicle, place: number, t: number): void;
  /** Whether missions may begin now. */
  readonly mayBegin: boolean;
  /** Charge below which a vehicle takes no mission. */
  readonly leastPercent: number;
  /** Some vehicle has begun or ended an order. */
  changed(t: number): void;
}

export interface FleetShape {
  readonly laneLengthM: number;
  readonly vehicles: readonly VehicleShape[];
}

/**
 * Vehicles that carry out orders on a lane that goes round one way. None may overtake: a vehicle is let go as far as the
 * place where the one ahead will stop, less a gap, and asks again when somebody else has moved. What stations wish for
 * becomes an order as a master control would give it.
 */
export class Fleet implements Dock {
  readonly vehicles: readonly Vehicle[];
  readonly wishes: Wishes;
  cargo: Cargo | undefined;

  constructor(
    private readonly site: PlantSite,
    private readonly shape: FleetShape,
    readonly graph: LaneGraph,
  ) {
    const sub = (name: string): Site => ({ ...site, path: `${site.path}.${name}` });
    this.wishes = new Wishes(sub('wishes'));
    this.vehicles = shape.vehicles.map((each) => {
      const vehicle = new Vehicle(sub(each.id) as PlantSite, each, graph, shape.laneLengthM);
      vehicle.done.connect<Fleet>(this, (fleet, t) => fleet.stepDone(vehicle, t));
      return vehicle;
    });
  }

  get isBusy(): boolean {
    for (let k = 0; k < this.vehicles.length; k++) if (this.vehicles[k].order.isActive === 1) return true;
    return false;
  }

  ask(mission: number, t: number): void {
    if (this.wishes.of(mission) !== 0) return;
    this.site.station.touch.mark(t);
    this.wishes.set(mission, WISHED);
    this.dispatch(t);
  }

  /** Gives wishes to vehicles that are free, the fullest battery first. */
  dispatch(t: number): void {
    const { cargo, wishes } = this;
    if (cargo === undefined) return;
    for (let k = 0; k < MISSIONS.length; k++) {
      const mission = MISSIONS[k];
      if (wishes.of(mission) !== WISHED || !cargo.mayBegin) continue;
      const vehicle = this.findFree(t);
      if (vehicle === undefined) break;
      wishes.set(mission, UNDER_WAY);
      wishes.given += 1;
      vehicle.order.number = wishes.given;
      planMission(vehicle.order, this.graph, vehicle.shape.index, mission);
      this.go(vehicle, t);
    }
    cargo.changed(t);
  }

  private findFree(t: number): Vehicle | undefined {
    let best: Vehicle | undefined;
    for (let k = 0; k < this.vehicles.length; k++) {
      const vehicle = this.vehicles[k];
      const isFree = vehicle.order.isActive === 0 && vehicle.mustCharge === 0 && vehicle.battery.watts > 0;
      if (!isFree || vehicle.isPaused === 1) continue;
      if (best === undefined || vehicle.battery.percentAt(t) > best.battery.percentAt(t)) best = vehicle;
    }
    return best;
  }

  /** Brings a vehicle home that stands somewhere on the lane, and its load with it. */
  private bringHome(vehicle: Vehicle, t: number): void {
    const { order, shape } = vehicle;
    this.wishes.given += 1;
    order.number = this.wishes.given;
    planHome(order, this.graph, shape.index, vehicle.load !== 0);
    this.go(vehicle, t);
    this.cargo?.changed(t);
  }

  /** Goes on with the order of a vehicle that neither moves nor acts: acts here, drives on, waits, or is done. */
  go(vehicle: Vehicle, t: number): void {
    const { order } = vehicle;
    vehicle.isWaiting = 0;
    if (vehicle.isPaused === 1) {
      vehicle.stand(t);
      return;
    }
    if (this.isAtNode(vehicle)) {
      while (order.actsAt(order.at)) {
        const type = order.actionType(order.done);
        if (type <= Act.Drop) {
          vehicle.act(order.node(order.at) >= this.graph.onLane ? AT_DOCK_US : AT_OTHERS_US, t);
          return;
        }
        if (type === Act.StartCharging) vehicle.battery.charge(t);
        else vehicle.stand(t);
        order.actionOver(true);
      }
      if (order.at + 1 >= order.released) {
        if (order.at + 1 < order.nodes) vehicle.stand(t);
        else this.finish(vehicle, t);
        return;
      }
    }
    this.drive(vehicle, t);
  }

  /** Whether it stands at the last node that it has reached, not beyond. */
  isAtNode({ order, isAtDock, isParked, toM }: Vehicle): boolean {
    const node = order.node(order.at);
    if (isAtDock === 1) return isParked && node >= this.graph.onLane;
    const awayM = Math.abs(toM - this.graph.nodes[node].laneM);
    return awayM < NEAR_M && node < this.graph.onLane;
  }

  private drive(vehicle: Vehicle, t: number): void {
    const { order, shape } = vehicle;
    const { onLane, nodes } = this.graph;
    let goal = order.at + 1;
    if (vehicle.isAtDock === 1 && order.node(goal) < onLane) {
      order.goal = goal;
      vehicle.isWaiting = isEntryClear(this.vehicles, vehicle, t) ? 0 : 1;
      if (vehicle.isWaiting === 0) vehicle.move(0, t);
      else vehicle.stand(t);
      return;
    }
    if (order.node(goal) >= onLane) {
      order.goal = goal;
      if (vehicle.isAtDock === 0) vehicle.changeWay(1, t);
      vehicle.move(shape.dockLengthM, t);
      return;
    }
    const farthest = Math.min(order.released, order.at + onLane) - 1;
    while (goal < farthest && !order.actsAt(goal) && order.node(goal + 1) < onLane) goal += 1;
    order.goal = goal;
    this.driveTo(vehicle, nodes[order.node(goal)].laneM, t);
  }

  private driveTo(vehicle: Vehicle, goalM: number, t: number): void {
    const wayM = freeWayM(this.vehicles, vehicle, goalM, t);
    vehicle.isWaiting = wayM < 0 ? 1 : 0;
    if (wayM < 0) {
      vehicle.stand(t);
      return;
    }
    vehicle.move(vehicle.positionM(t) + wayM, t);
    this.nudge(vehicle, t);
  }

  private stepDone(vehicle: Vehicle, t: number): void {
    const { order } = vehicle;
    if (order.isActive === 0) {
      this.idleLongEnough(vehicle, t);
      return;
    }
    if (vehicle.isActing === 1) {
      vehicle.rest(t);
      this.acted(vehicle, t);
    } else {
      const passed = vehicle.passed(t);
      vehicle.rest(t);
      this.arrive(vehicle, passed, t);
    }
    this.go(vehicle, t);
    this.nudge(vehicle, t);
  }

  private idleLongEnough(vehicle: Vehicle, t: number): void {
    if (vehicle.battery.watts > 0) {
      vehicle.mustCharge = 0;
      this.dispatch(t);
    } else this.bringHome(vehicle, t);
  }

  /** Notes which node it has reached: its goal, unless another vehicle or a pause has stopped it before. */
  private arrive(vehicle: Vehicle, passed: number, t: number): void {
    const { order } = vehicle;
    const node = order.node(order.goal);
    if (vehicle.isAtDock === 1) {
      if (vehicle.toM === 0) vehicle.changeWay(0, t);
      order.at = order.goal;
      return;
    }
    const leftM = vehicle.ahead(vehicle.toM, this.graph.nodes[node].laneM);
    const isThere = leftM < NEAR_M || leftM > this.shape.laneLengthM - NEAR_M;
    order.at = isThere ? order.goal : passed;
    if (isThere) vehicle.fromM = vehicle.toM = this.graph.nodes[node].laneM;
  }

  private acted(vehicle: Vehicle, t: number): void {
    const { order } = vehicle;
    const type = order.actionType(order.done);
    const { place } = this.graph.nodes[order.node(order.at)];
    if (place !== Place.Dock) this.wishes.set(order.origin, 0);
    if (type === Act.Drop) {
      this.cargo?.drop(vehicle, place, t);
      vehicle.cargo = vehicle.load = 0;
      order.actionOver(true);
      return;
    }
    const taken = this.cargo?.pick(type, t) ?? 0;
    vehicle.cargo = taken;
    vehicle.load = taken > 0 ? type : 0;
    order.actionOver(taken > 0);
  }

  /** Keeps a vehicle at the dock, or lets it stay there when it comes back, until its battery is full. */
  chargeFully(vehicle: Vehicle, t: number): void {
    vehicle.mustCharge = 1;
    if (vehicle.order.isActive === 0 && vehicle.battery.watts > 0) vehicle.done.at(vehicle.battery.fullUs(t));
  }

  private finish(vehicle: Vehicle, t: number): void {
    const { order, battery } = vehicle;
    order.isActive = 0;
    if (order.cancel === Cancel.UnderWay) {
      order.cancel = Cancel.Done;
      if (!this.isFulfilled(order)) this.wishes.set(order.origin, WISHED);
    }
    vehicle.trips += 1;
    if (battery.watts <= 0) {
      vehicle.stand(t);
      vehicle.done.at(t + HOMESICK_US);
    } else if (battery.percentAt(t) < (this.cargo?.leastPercent ?? 0) || vehicle.mustCharge === 1) {
      this.chargeFully(vehicle, t);
    }
    this.dispatch(t);
  }

  /** Whether it has handed over where the mission led to; otherwise somebody still wishes for it. */
  private isFulfilled(order: VehicleOrder): boolean {
    for (let k = 0; k < order.actions; k++) {
      const { place } = this.graph.nodes[order.node(order.actionNode(k))];
      if (place !== Place.Dock && order.hasFailed(k)) return false;
    }
    return true;
  }

  /** Lets the others ask again. */
  nudge(mover: Vehicle, t: number): void {
    for (let k = 0; k < this.vehicles.length; k++) {
      const other = this.vehicles[k];
      if (other !== mover && other.isWaiting === 1) this.go(other, t);
    }
  }

  /** Ends a move where it is now, and notes which node was passed last. What a vehicle does at a node goes on. */
  halt(vehicle: Vehicle, t: number): void {
    if (vehicle.isActing === 1) return;
    vehicle.order.at = vehicle.passed(t);
    vehicle.rest(t);
    vehicle.done.cancel();
  }

  /** Goes on after a halt that nobody reckoned with: those that drive look again how far they may go. */
  goAfterHalt(vehicle: Vehicle, t: number): void {
    for (let k = 0; k < this.vehicles.length; k++) {
      const other = this.vehicles[k];
      if (other === vehicle || !other.isDriving || other.isAtDock === 1) continue;
      this.halt(other, t);
      other.isWaiting = 1;
    }
    this.go(vehicle, t);
    this.nudge(vehicle, t);
  }
}
