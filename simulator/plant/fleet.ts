import { type Site, record, u32, u8 } from '#simulator/kernel/fields.ts';
import { seconds } from '#simulator/kernel/time.ts';
import { type Dock, Mission } from './dock-link.ts';
import type { PlantSite } from './station.ts';
import { Vehicle, type VehicleShape } from './vehicle.ts';

/** What a mission does, step by step. `handOver` is where something happens to the cargo. */
type Step = 'load' | 'undock' | 'toStore' | 'toPackaging' | 'handOver' | 'home' | 'dock' | 'unload';
const BRING: readonly Step[] = ['load', 'undock', 'toStore', 'handOver', 'home', 'dock'];
const FETCH: readonly Step[] = ['undock', 'toPackaging', 'handOver', 'home', 'dock', 'unload'];
const STEPS: readonly (readonly Step[])[] = [[], BRING, BRING, FETCH];
const MISSIONS = [Mission.Cartons, Mission.Castings, Mission.Cores] as const;
const LASTS: Partial<Record<Step, number>> = { load: seconds(15), handOver: seconds(20), unload: seconds(15) };
/** Between the middles of two vehicles. */
const GAP_M = 1.7;

/** What the station around a fleet knows about cargo. */
export interface Cargo {
  loaded(vehicle: Vehicle, t: number): void;
  handedOver(vehicle: Vehicle, t: number): void;
  unloaded(vehicle: Vehicle, t: number): void;
  /** Whether missions may begin now. */
  readonly mayBegin: boolean;
  /** Charge below which a vehicle takes no mission. */
  readonly leastPercent: number;
  /** Some vehicle has begun or ended a mission. */
  changed(t: number): void;
}

const WISHED = 1;
const UNDER_WAY = 2;
class Wishes extends record({ castings: u8(), cores: u8(), cartons: u8(), given: u32() }) {
  of(mission: number): number {
    return mission === Mission.Castings ? this.castings : mission === Mission.Cores ? this.cores : this.cartons;
  }

  set(mission: number, state: number): void {
    if (mission === Mission.Castings) this.castings = state;
    else if (mission === Mission.Cores) this.cores = state;
    else this.cartons = state;
  }
}

export interface FleetShape {
  readonly laneLengthM: number;
  readonly storeM: number;
  readonly packagingM: number;
  readonly vehicles: readonly VehicleShape[];
}

/**
 * Vehicles on a lane that goes round one way. None may overtake: a vehicle is let go as far as the place where the one
 * ahead will stop, less a gap, and asks again when somebody else has moved.
 */
export class Fleet implements Dock {
  readonly vehicles: readonly Vehicle[];
  readonly wishes: Wishes;
  cargo: Cargo | undefined;

  constructor(
    private readonly site: PlantSite,
    private readonly shape: FleetShape,
  ) {
    const sub = (name: string): Site => ({ ...site, path: `${site.path}.${name}` });
    this.wishes = new Wishes(sub('wishes'));
    this.vehicles = shape.vehicles.map((each) => {
      const vehicle = new Vehicle(sub(each.id) as PlantSite, each, shape.laneLengthM);
      vehicle.done.connect<Fleet>(this, (fleet, t) => fleet.stepDone(vehicle, t));
      return vehicle;
    });
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
    for (const mission of MISSIONS) {
      const vehicle = wishes.of(mission) === WISHED && cargo.mayBegin ? this.findFree(t) : undefined;
      if (vehicle === undefined) continue;
      wishes.set(mission, UNDER_WAY);
      wishes.given += 1;
      vehicle.mission = mission;
      vehicle.step = 0;
      this.enter(vehicle, t);
    }
    cargo.changed(t);
  }

  get isBusy(): boolean {
    return this.vehicles.some(({ mission }) => mission !== Mission.None);
  }

  private findFree(t: number): Vehicle | undefined {
    let best: Vehicle | undefined;
    for (const vehicle of this.vehicles) {
      if (vehicle.mission !== Mission.None || vehicle.mustCharge === 1) continue;
      if (best === undefined || vehicle.percentAt(t) > best.percentAt(t)) best = vehicle;
    }
    return best;
  }

  private enter(vehicle: Vehicle, t: number): void {
    const step = STEPS[vehicle.mission][vehicle.step];
    if (step === undefined) {
      this.finish(vehicle, t);
      return;
    }
    vehicle.isWaiting = 0;
    const lasts = LASTS[step];
    if (lasts !== undefined) {
      vehicle.stand(lasts, t);
      return;
    }
    const { entryM, dockLengthM } = vehicle.shape;
    if (step === 'undock') {
      if (!this.isClear(entryM, vehicle, t)) {
        vehicle.wait(t);
        return;
      }
      vehicle.move(0, t);
    } else if (step === 'dock') {
      vehicle.changeWay(1, t);
      vehicle.move(dockLengthM, t);
    } else this.drive(vehicle, this.goalM(vehicle, step), t);
  }

  private goalM({ shape }: Vehicle, step: Step): number {
    return step === 'home' ? shape.entryM : step === 'toStore' ? this.shape.storeM : this.shape.packagingM;
  }

  private drive(vehicle: Vehicle, goalM: number, t: number): void {
    const hereM = vehicle.positionM(t);
    let wayM = this.ahead(hereM, goalM);
    for (const other of this.vehicles) {
      if (other !== vehicle && !other.isParked) wayM = Math.min(wayM, this.ahead(hereM, this.stopsAtM(other)) - GAP_M);
    }
    if (wayM < 0.1) {
      vehicle.wait(t);
      return;
    }
    vehicle.move(hereM + wayM, t);
    this.nudge(vehicle, t);
  }

  private stepDone(vehicle: Vehicle, t: number): void {
    const { cargo } = this;
    if (vehicle.mission === Mission.None) {
      vehicle.mustCharge = 0;
      this.dispatch(t);
      return;
    }
    const step = STEPS[vehicle.mission][vehicle.step];
    vehicle.rest(t);
    if (step === 'load') cargo?.loaded(vehicle, t);
    else if (step === 'handOver') {
      this.wishes.set(vehicle.mission, 0);
      cargo?.handedOver(vehicle, t);
    } else if (step === 'unload') cargo?.unloaded(vehicle, t);
    else if (step === 'undock') vehicle.changeWay(0, t);
    const isThere =
      vehicle.isAtDock === 1 || LASTS[step] !== undefined || step === 'undock' || this.hasArrived(vehicle, step);
    if (isThere) vehicle.step += 1;
    this.enter(vehicle, t);
    this.nudge(vehicle, t);
  }

  private hasArrived(vehicle: Vehicle, step: Step): boolean {
    const leftM = this.ahead(vehicle.toM, this.goalM(vehicle, step));
    return leftM < 0.001 || leftM > this.shape.laneLengthM - 0.001;
  }

  /** Keeps a vehicle at the dock, or lets it stay there when it comes back, until its battery is full. */
  chargeFully(vehicle: Vehicle, t: number): void {
    vehicle.mustCharge = 1;
    if (vehicle.mission === Mission.None) vehicle.done.at(vehicle.fullUs(t));
  }

  private finish(vehicle: Vehicle, t: number): void {
    vehicle.mission = Mission.None;
    vehicle.trips += 1;
    vehicle.charge(t);
    const isLow = vehicle.percentAt(t) < (this.cargo?.leastPercent ?? 0);
    if (isLow || vehicle.mustCharge === 1) this.chargeFully(vehicle, t);
    this.dispatch(t);
  }

  /** Lets the others ask again. */
  private nudge(mover: Vehicle, t: number): void {
    for (const other of this.vehicles) if (other !== mover && other.isWaiting === 1) this.enter(other, t);
  }

  private ahead(fromM: number, toM: number): number {
    const { laneLengthM } = this.shape;
    const wayM = (toM - fromM) % laneLengthM;
    return wayM < 0 ? wayM + laneLengthM : wayM;
  }

  private stopsAtM(vehicle: Vehicle): number {
    return vehicle.isAtDock === 1 ? vehicle.shape.entryM : vehicle.toM;
  }

  /** Whether nobody stands near a place on the lane or is on the way past it. */
  private isClear(placeM: number, vehicle: Vehicle, t: number): boolean {
    return this.vehicles.every((other) => {
      if (other === vehicle || other.isParked) return true;
      const hereM = other.isAtDock === 1 ? other.shape.entryM : other.positionM(t);
      const goesM = this.stopsAtM(other) - hereM;
      return this.ahead(hereM - GAP_M, placeM) > (goesM < 0 ? goesM + this.shape.laneLengthM : goesM) + 2 * GAP_M;
    });
  }
}
