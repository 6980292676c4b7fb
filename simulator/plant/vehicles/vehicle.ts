import { timer } from '#simulator/kernel/calendar.ts';
import { f64, record, type Site, u32, u8 } from '#simulator/kernel/fields.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { addConsumer } from '#simulator/plant/meters.ts';
import type { Motion } from '#simulator/plant/motion.ts';
import type { PlantSite } from '#simulator/plant/station.ts';
import { Battery } from './battery.ts';
import type { LaneGraph } from './lane-graph.ts';
import { VehicleOrder } from './vehicle-order.ts';

const DRIVES_W = -330;
const STANDS_W = -45;
const LANE_M_PER_S = 0.8;
const DOCK_M_PER_S = 0.4;
/** Nearer than this it is at a place. */
export const NEAR_M = 0.001;
const LOADS = [undefined, 'castings', 'core', 'cartons'] as const;

export interface VehicleShape {
  readonly id: string;
  /** Which of the fleet it is. */
  readonly index: number;
  /** Its own way from the lane to its place at the dock, and where that leaves the lane. */
  readonly dock: string;
  readonly dockLengthM: number;
  readonly entryM: number;
}

/** An automated guided vehicle: where it is on the lane or on its way to the dock, its order, what it carries, its battery. */
export class Vehicle extends record({
  /** On its dock way; otherwise on the lane. */
  isAtDock: u8(1),
  /** Nothing but another vehicle keeps it. */
  isWaiting: u8(),
  isPaused: u8(),
  /** Busy with an action of its order since `leftUs`. */
  isActing: u8(),
  /** Takes no mission until its battery is full. */
  mustCharge: u8(),
  cargo: u8(),
  load: u8(),
  trips: u32(),
  fromM: f64(),
  toM: f64(),
  leftUs: f64(),
  arrivesUs: f64(),
  done: timer(),
}) {
  readonly order: VehicleOrder;
  readonly battery: Battery;

  constructor(
    site: PlantSite,
    readonly shape: VehicleShape,
    private readonly graph: LaneGraph,
    readonly laneLengthM: number,
  ) {
    super(site);
    const sub = (name: string): Site => ({ ...site, path: `${site.path}.${name}` });
    this.order = new VehicleOrder(sub('order'), graph.dockOf(shape.index));
    this.battery = new Battery(sub('battery'));
    const { battery } = this;
    addConsumer(site.station, {
      powerKw: (t) => battery.chargerKwAt(t),
      energyKwh: (t) => battery.drawnWhAt(t) / 1000,
    });
    site.kernel.initially(() => {
      this.fromM = this.toM = shape.dockLengthM;
    });
  }

  get isParked(): boolean {
    return this.isAtDock === 1 && this.toM === this.shape.dockLengthM && this.fromM === this.toM;
  }

  get isDriving(): boolean {
    return this.arrivesUs > this.leftUs && this.isActing === 0;
  }

  /** Between its moves it rests where the last one ended. */
  get stopsAtLaneM(): number {
    return this.isAtDock === 1 ? this.shape.entryM : this.toM;
  }

  /** On its present way. */
  positionM(t: number): number {
    if (t >= this.arrivesUs || this.isActing === 1) return this.toM;
    const share = (t - this.leftUs) / (this.arrivesUs - this.leftUs);
    return this.fromM + (this.toM - this.fromM) * share;
  }

  /** On the lane, or where its dock leaves it. */
  laneM(t: number): number {
    return this.isAtDock === 1 ? this.shape.entryM : this.positionM(t);
  }

  speedMPerS(t: number): number {
    return this.isDriving && t < this.arrivesUs
      ? ((this.toM - this.fromM) / (this.arrivesUs - this.leftUs)) * SECOND
      : 0;
  }

  /** Moves along the way that it is on. Past the end of the lane it goes on from its beginning when it has arrived. */
  move(toM: number, t: number): void {
    const speed = this.isAtDock === 1 ? DOCK_M_PER_S : LANE_M_PER_S;
    const fromM = this.positionM(t);
    this.fromM = fromM;
    this.toM = toM;
    this.leftUs = t;
    this.arrivesUs = t + Math.ceil((Math.abs(toM - fromM) / speed) * SECOND);
    this.battery.flow(DRIVES_W, t);
    this.done.at(this.arrivesUs);
  }

  act(forUs: number, t: number): void {
    this.isActing = 1;
    this.leftUs = t;
    this.arrivesUs = t + forUs;
    this.battery.flow(STANDS_W, t);
    this.done.at(t + forUs);
  }

  /** Stays where it is, drawing what its computer needs. */
  stand(t: number): void {
    this.battery.flow(STANDS_W, t);
  }

  /** Its move or action ends here and now. */
  rest(t: number): void {
    let hereM = this.positionM(t);
    if (this.isAtDock === 0 && hereM >= this.laneLengthM) hereM -= this.laneLengthM;
    this.fromM = this.toM = hereM;
    this.leftUs = this.arrivesUs = t;
    this.isActing = 0;
  }

  /** From its dock way onto the lane, or the other way round: the same place with another name. */
  changeWay(isAtDock: 0 | 1, t: number): void {
    this.isAtDock = isAtDock;
    this.fromM = this.toM = isAtDock === 1 ? 0 : this.shape.entryM;
    this.leftUs = this.arrivesUs = t;
  }

  /** The number in its order of the last node that it has passed. */
  passed(t: number): number {
    const { order } = this;
    if (this.isAtDock === 1 || order.goal <= order.at + 1) return order.at;
    const { nodes } = this.graph;
    const startM = nodes[order.node(order.at)].laneM;
    const goneM = this.ahead(startM, this.positionM(t));
    let k = order.at;
    if (goneM > this.laneLengthM - NEAR_M) return k;
    while (k + 1 < order.goal && this.ahead(startM, nodes[order.node(k + 1)].laneM) <= goneM + 1e-6) k += 1;
    return k;
  }

  /** How far the way on the lane is from one place to another. */
  ahead(fromM: number, toM: number): number {
    const wayM = (toM - fromM) % this.laneLengthM;
    return wayM < 0 ? wayM + this.laneLengthM : wayM;
  }

  motion(t: number): Motion {
    const load = LOADS[this.load];
    const path = this.isAtDock === 1 ? this.shape.dock : 'lane';
    const t1 = this.isActing === 1 ? this.leftUs : this.arrivesUs;
    const moving = { path, s0: this.fromM, v: 0, t0: this.leftUs, t1, ...(load && { load }) };
    return this.isDriving ? { ...moving, v: this.speedMPerS(Math.min(t, this.arrivesUs - 1)) } : moving;
  }
}
