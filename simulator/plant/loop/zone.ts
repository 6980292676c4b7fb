import { timer } from '#simulator/kernel/calendar.ts';
import type { Integral } from '#simulator/kernel/closed-form.ts';
import { f64, record, u32, u8 } from '#simulator/kernel/fields.ts';
import { queue } from '#simulator/kernel/queue.ts';
import { NEVER, SECOND } from '#simulator/kernel/time.ts';
import type { PartHolder } from '#simulator/plant/flow.ts';
import type { Motion } from '#simulator/plant/motion.ts';
import type { PlantSite, Station } from '#simulator/plant/station.ts';
import type { Carriers } from './carriers.ts';

const NONE = 0;
const MOST = 24;

export interface ZoneShape {
  /** Its place in the loop. */
  readonly index: number;
  readonly way: string;
  /** Where it begins on the way, and how long it is, in metres. It ends at the stop of `sink`. */
  readonly s0: number;
  readonly lengthM: number;
  readonly pitchM: number;
  readonly source: Station;
  readonly sink: Station;
}

/**
 * A stretch of accumulating conveyor from one stop to the next. The belt runs on below carriers that wait. All is
 * measured by the belt's odometer, so a change of its speed changes no position. A carrier is at
 *
 *   min(belt since it entered, where it waited + belt since the stop was last freed, where it will wait)
 *
 * and the k-th from the head waits at length - k pitch, one pitch further back while the stop is taken or the gate closed.
 */
export class Zone
  extends record({
    waiting: queue(MOST),
    /** How many carriers have entered, and how many have come to the stop. */
    entered: u32(),
    arrived: u32(),
    /** At the stop, but not yet in the station. */
    standing: u32(),
    isTaken: u8(),
    isClosed: u8(),
    /** It stays closed, whatever it is told. */
    isStuck: u8(),
    /** The head has passed the gate, so a gate that closes now is too late for it. */
    isThrough: u8(),
    /** Odometer when the stop was last freed or its gate opened. */
    freedM: f64(),
    limit: f64(),
    arrival: timer(),
  })
  implements PartHolder
{
  readonly capacity: number;

  constructor(
    private readonly site: PlantSite,
    readonly shape: ZoneShape,
    private readonly belt: Integral,
    private readonly carriers: Carriers,
  ) {
    super(site);
    this.capacity = Math.min(Math.floor(shape.lengthM / shape.pitchM) - 1, this.waiting.places);
    site.kernel.initially(() => (this.limit = this.capacity));
    this.arrival.connect<Zone>(this, (zone, t) => zone.arrive(t));
  }

  /** Carriers in it, on their way or waiting. */
  get count(): number {
    return this.waiting.length + (this.standing === NONE ? 0 : 1);
  }

  offer(carrier: number, t: number): boolean {
    if (this.waiting.length >= this.limit) return false;
    this.place(carrier, this.belt.at(t));
    this.site.station.touch.mark(t);
    if (this.waiting.length === 1) this.arm(t);
    return true;
  }

  /** The station at its end has let its carrier go, or takes carriers again. */
  room(t: number): void {
    this.site.station.touch.mark(t);
    if (this.isTaken === 1) {
      this.isTaken = 0;
      this.freedM = this.belt.at(t);
    }
    if (this.standing === NONE) this.arm(t);
    else this.handOver(t);
  }

  /** Puts a carrier into it, the belt being at `beltM`. */
  place(carrier: number, beltM: number): void {
    this.carriers.enter(carrier, this.shape.index, this.entered, beltM);
    this.entered += 1;
    this.waiting.push(carrier);
  }

  closeGate(t: number): void {
    if (this.isClosed === 1) return;
    this.isThrough = this.waiting.length > 0 && this.headM(t) > this.shape.lengthM - this.shape.pitchM ? 1 : 0;
    this.isClosed = 1;
    this.arm(t);
  }

  openGate(t: number): void {
    if (this.isClosed === 0 || this.isStuck === 1) return;
    this.isClosed = 0;
    if (this.isThrough === 0 && this.isOccupied === 0) this.freedM = this.belt.at(t);
    this.isThrough = 0;
    this.arm(t);
  }

  stickGate(t: number): void {
    this.closeGate(t);
    this.isStuck = 1;
  }

  freeGate(t: number): void {
    this.isStuck = 0;
    this.openGate(t);
  }

  /** Sets or calls off the arrival of the head, after anything that it depends on has changed. */
  arm(t: number): void {
    const metresPerUs = this.belt.rate;
    if (this.waiting.length === 0 || this.backBy === 1 || metresPerUs === 0) {
      if (this.arrival.dueUs !== NEVER) this.arrival.cancel();
      return;
    }
    const wayM = this.shape.lengthM - this.headM(t);
    this.arrival.at(t + Math.ceil(Math.max(0, wayM) / metresPerUs));
  }

  /** How a carrier of this zone moves, from the last event on. */
  motionOf(carrier: number): Motion {
    const { s0, lengthM, pitchM, way: path } = this.shape;
    const turn = this.carriers.turnOf(carrier);
    const { sum, rate, sinceUs } = this.belt;
    if (turn < this.arrived) return { path, s0: s0 + lengthM, v: 0, t0: sinceUs, t1: sinceUs };
    const fromHeadM = (turn - this.arrived) * pitchM;
    const waitsAtM = lengthM - fromHeadM - this.backBy * pitchM;
    const waitedAtM = lengthM - fromHeadM - (1 + this.isOccupied) * pitchM;
    const enteredM = this.carriers.enteredM(carrier);
    const hasWaited = waitedAtM - this.freedM < -enteredM;
    // It went from `fromM` when the belt was at `beltM`, or what has become of that when the belt last changed.
    const beltM = Math.max(sum, hasWaited ? this.freedM : enteredM);
    const fromM = Math.min(waitsAtM, hasWaited ? waitedAtM + beltM - this.freedM : beltM - enteredM);
    if (rate === 0 || fromM >= waitsAtM) return { path, s0: s0 + fromM, v: 0, t0: sinceUs, t1: sinceUs };
    const t0 = Math.round(sinceUs + (beltM - sum) / rate);
    return { path, s0: s0 + fromM, v: rate * SECOND, t0, t1: Math.round(t0 + (waitsAtM - fromM) / rate) };
  }

  /** 1 while a carrier is at the stop or in the station. */
  private get isOccupied(): number {
    return this.isTaken === 1 || this.standing !== NONE ? 1 : 0;
  }

  private get backBy(): number {
    return this.isOccupied === 1 || (this.isClosed === 1 && this.isThrough === 0) ? 1 : 0;
  }

  private headM(t: number): number {
    const { lengthM, pitchM } = this.shape;
    const beltM = this.belt.at(t);
    const waitedAtM = lengthM - (1 + this.isOccupied) * pitchM;
    return Math.min(beltM - this.carriers.enteredM(this.waiting.first), waitedAtM + beltM - this.freedM);
  }

  private arrive(t: number): void {
    this.standing = this.waiting.shift();
    this.arrived += 1;
    this.isThrough = 0;
    this.handOver(t);
    this.shape.source.room(t);
  }

  /** While the station decides, the stop counts as taken: it may send the carrier on at once and free the stop. */
  private handOver(t: number): void {
    const carrier = this.standing;
    this.standing = NONE;
    this.isTaken = 1;
    if (this.shape.sink.offer(carrier, t)) return;
    this.isTaken = 0;
    this.standing = carrier;
  }
}
