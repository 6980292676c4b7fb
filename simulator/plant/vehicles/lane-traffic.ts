import type { Vehicle } from './vehicle.ts';

/** Between the middles of two vehicles. */
const GAP_M = 1.7;
/** A vehicle that must stop behind another moves up no less than this. */
const WORTH_M = 0.1;

/**
 * How far a vehicle may drive along the lane towards a place: to it, or up to the gap behind where the one ahead will
 * stop. Below 0 if that is not worth the start.
 */
export function freeWayM(vehicles: readonly Vehicle[], vehicle: Vehicle, goalM: number, t: number): number {
  const hereM = vehicle.positionM(t);
  const wholeM = vehicle.ahead(hereM, goalM);
  let wayM = wholeM;
  for (let k = 0; k < vehicles.length; k++) {
    const other = vehicles[k];
    if (other === vehicle || other.isParked) continue;
    wayM = Math.min(wayM, vehicle.ahead(hereM, other.stopsAtLaneM) - GAP_M);
  }
  return wayM < wholeM && wayM < WORTH_M ? -1 : wayM;
}

/** Whether nobody stands near where the dock of a vehicle begins or is on the way past it. */
export function isEntryClear(vehicles: readonly Vehicle[], vehicle: Vehicle, t: number): boolean {
  for (let k = 0; k < vehicles.length; k++) {
    const other = vehicles[k];
    if (other === vehicle || other.isParked) continue;
    const hereM = other.laneM(t);
    const goesM = vehicle.ahead(hereM, other.stopsAtLaneM);
    if (vehicle.ahead(hereM - GAP_M, vehicle.shape.entryM) <= goesM + 2 * GAP_M) return false;
  }
  return true;
}
