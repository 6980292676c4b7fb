import { timer } from '#simulator/kernel/calendar.ts';
import { f64, record, u32, u8 } from '#simulator/kernel/fields.ts';
import { HOUR, SECOND } from '#simulator/kernel/time.ts';
import { addConsumer } from './meters.ts';
import type { Motion } from './motion.ts';
import type { PlantSite } from './station.ts';

const CAPACITY_WH = 1800;
const CHARGER_KW = 1.3;
const CHARGES_W = 1150;
const DRIVES_W = -330;
const STANDS_W = -45;
const LANE_M_PER_S = 0.8;
const DOCK_M_PER_S = 0.4;
const LOADS = [undefined, 'castings', 'core', 'cartons'] as const;

export interface VehicleShape {
  readonly id: string;
  /** Its own way from the lane to its place at the dock, and where that leaves the lane. */
  readonly dock: string;
  readonly dockLengthM: number;
  readonly entryM: number;
}

/** An automated guided vehicle: where it is on the lane or on its way to the dock, what it does, and its battery. */
export class Vehicle extends record({
  mission: u8(),
  step: u8(),
  /** On its dock way; otherwise on the lane. */
  isAtDock: u8(1),
  /** Nothing but another vehicle keeps it. */
  isWaiting: u8(),
  /** Takes no mission until its battery is full. */
  mustCharge: u8(),
  cargo: u8(),
  load: u8(),
  trips: u32(),
  fromM: f64(),
  toM: f64(),
  leftUs: f64(),
  arrivesUs: f64(),
  batteryPercent: f64(100),
  batteryW: f64(),
  batteryUs: f64(),
  chargedUs: f64(),
  done: timer(),
}) {
  constructor(
    site: PlantSite,
    readonly shape: VehicleShape,
    private readonly laneLengthM: number,
  ) {
    super(site);
    addConsumer(site.station, {
      powerKw: (t) => (this.isCharging(t) ? CHARGER_KW : 0),
      energyKwh: (t) => (CHARGER_KW * this.chargedUsAt(t)) / HOUR,
    });
    site.kernel.initially(() => {
      this.fromM = this.toM = shape.dockLengthM;
    });
  }

  get isParked(): boolean {
    return this.isAtDock === 1 && this.toM === this.shape.dockLengthM && this.fromM === this.toM;
  }

  isMoving(t: number): boolean {
    return t < this.arrivesUs;
  }

  /** On its present way. */
  positionM(t: number): number {
    if (t >= this.arrivesUs) return this.toM;
    const share = (t - this.leftUs) / (this.arrivesUs - this.leftUs);
    return this.fromM + (this.toM - this.fromM) * share;
  }

  speedMPerS(t: number): number {
    return t < this.arrivesUs ? ((this.toM - this.fromM) / (this.arrivesUs - this.leftUs)) * SECOND : 0;
  }

  /** Moves along the way that it is on. Past the end of the lane it goes on from its beginning when it has arrived. */
  move(toM: number, t: number): void {
    const speed = this.isAtDock === 1 ? DOCK_M_PER_S : LANE_M_PER_S;
    this.fromM = this.positionM(t);
    this.toM = toM;
    this.leftUs = t;
    this.arrivesUs = t + Math.ceil((Math.abs(toM - this.fromM) / speed) * SECOND);
    this.draw(DRIVES_W, t);
    this.done.at(this.arrivesUs);
  }

  stand(forUs: number, t: number): void {
    this.draw(STANDS_W, t);
    this.done.at(t + forUs);
  }

  /** It has come to the end of its move. */
  rest(t: number): void {
    const { isAtDock, laneLengthM } = this;
    if (isAtDock === 0 && this.toM >= laneLengthM) this.toM -= laneLengthM;
    this.fromM = this.toM;
    this.leftUs = this.arrivesUs = t;
  }

  /** From its dock way onto the lane, or the other way round: the same place with another name. */
  changeWay(isAtDock: 0 | 1, t: number): void {
    this.isAtDock = isAtDock;
    this.fromM = this.toM = isAtDock === 1 ? 0 : this.shape.entryM;
    this.leftUs = this.arrivesUs = t;
  }

  charge(t: number): void {
    this.draw(CHARGES_W, t);
  }

  wait(t: number): void {
    this.isWaiting = 1;
    this.draw(STANDS_W, t);
  }

  percentAt(t: number): number {
    const percent = this.batteryPercent + ((t - this.batteryUs) * this.batteryW * 100) / (CAPACITY_WH * HOUR);
    return Math.min(100, Math.max(0, percent));
  }

  /** When its battery will be full, if it goes on charging. */
  fullUs(t: number): number {
    return t + Math.ceil(((100 - this.percentAt(t)) / 100) * ((CAPACITY_WH * HOUR) / CHARGES_W));
  }

  isCharging(t: number): boolean {
    return this.batteryW > 0 && this.percentAt(t) < 100;
  }

  motion(t: number): Motion {
    const load = LOADS[this.load];
    const path = this.isAtDock === 1 ? this.shape.dock : 'lane';
    const moving = { path, s0: this.fromM, v: 0, t0: this.leftUs, t1: this.arrivesUs, ...(load && { load }) };
    return this.arrivesUs > this.leftUs ? { ...moving, v: this.speedMPerS(Math.min(t, this.arrivesUs - 1)) } : moving;
  }

  private draw(watts: number, t: number): void {
    this.chargedUs = this.chargedUsAt(t);
    this.batteryPercent = this.percentAt(t);
    this.batteryW = watts;
    this.batteryUs = t;
  }

  /** Time that the charger has been at work for it: until the battery is full. */
  private chargedUsAt(t: number): number {
    if (this.batteryW <= 0) return this.chargedUs;
    const toFullUs = ((100 - this.batteryPercent) / 100) * ((CAPACITY_WH * HOUR) / this.batteryW);
    return this.chargedUs + Math.min(t - this.batteryUs, toFullUs);
  }
}
