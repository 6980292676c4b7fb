import { seconds } from '#simulator/kernel/time.ts';
import type { Document } from '#simulator/plant/capture.ts';
import type { Way } from '#simulator/plant/way.ts';
import type { Fleet } from './fleet.ts';
import { positionOf } from './lane-graph.ts';
import { Act, actionIdOf, Cancel, CANCEL_ID, orderIdOf } from './vehicle-order.ts';
import type { Vehicle } from './vehicle.ts';

/** How long a vehicle lines up with a station before it hands over. */
const LINES_UP_US = seconds(2);
const LOADS = ['', 'castings', 'cores', 'cartons'] as const;
const ACTIONS: Readonly<Record<number, string>> = {
  [Act.PickCastings]: 'pick',
  [Act.PickCores]: 'pick',
  [Act.PickCartons]: 'pick',
  [Act.Drop]: 'drop',
  [Act.StartCharging]: 'startCharging',
  [Act.StopCharging]: 'stopCharging',
};
/** Of a 24 V battery of lead and gel, empty and full. */
const EMPTY_V = 23.2;
const FULL_V = 26;

/** What the station around a fleet knows that belongs into the state of a vehicle. */
export interface Around {
  readonly ways: (name: string) => Way;
  readonly leastPercent: number;
  readonly isDown: boolean;
}

/**
 * The content of a state message (VDA 5050 2.1.0, 6.10.6) at t, without the header (headerId, timestamp, version,
 * manufacturer, serialNumber), which belongs to who sends it. Metres, m/s, rad, %, V.
 */
export function stateOf(fleet: Fleet, vehicle: Vehicle, around: Around, t: number): Document['content'] {
  const { order, battery } = vehicle;
  const { graph } = fleet;
  const passed = vehicle.passed(t);
  const sequenceId = (k: number) => order.sequence + 2 * k;
  const ahead = numbers(passed + 1, order.isActive === 1 ? order.nodes : 0);
  return {
    orderId: orderIdOf(order),
    orderUpdateId: order.updateId,
    lastNodeId: graph.nodes[order.node(passed)].id,
    lastNodeSequenceId: sequenceId(passed),
    driving: vehicle.isDriving,
    paused: vehicle.isPaused === 1,
    newBaseRequest: order.isActive === 1 && order.released < order.nodes && order.released - 1 - passed <= 1,
    distanceSinceLastNode: sinceNodeM(fleet, vehicle, passed, t),
    operatingMode: 'AUTOMATIC',
    nodeStates: ahead.map((k) => ({
      ...{ nodeId: graph.nodes[order.node(k)].id, sequenceId: sequenceId(k), released: k < order.released },
    })),
    edgeStates: ahead.map((k) => ({
      edgeId: graph.edgeId(order.node(k - 1), order.node(k)),
      ...{ sequenceId: sequenceId(k) - 1, released: k < order.released },
    })),
    actionStates: actionStates(vehicle, t),
    agvPosition: { ...positionOf(poseOf(vehicle, around.ways, t)), positionInitialized: true },
    velocity: { vx: Math.abs(vehicle.speedMPerS(t)), vy: 0, omega: 0 },
    loads: vehicle.load === 0 ? [] : [{ loadType: LOADS[vehicle.load], loadDimensions: { length: 0.8, width: 0.6 } }],
    batteryState: {
      batteryCharge: battery.percentAt(t),
      batteryVoltage: EMPTY_V + ((FULL_V - EMPTY_V) * battery.percentAt(t)) / 100,
      charging: battery.isCharging(t),
    },
    errors: errorsOf(vehicle, around, t),
    information: [],
    safetyState: { eStop: 'NONE', fieldViolation: false },
  };
}

export const poseOf = (vehicle: Vehicle, ways: Around['ways'], t: number) =>
  ways(vehicle.isAtDock === 1 ? vehicle.shape.dock : 'lane').at(vehicle.positionM(t));

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, k) => from + k);

function sinceNodeM({ graph }: Fleet, vehicle: Vehicle, passed: number, t: number): number {
  const { order, shape } = vehicle;
  const node = order.node(passed);
  if (vehicle.isAtDock === 0) return vehicle.ahead(graph.nodes[node].laneM, vehicle.positionM(t)) % vehicle.laneLengthM;
  return node < graph.onLane ? vehicle.positionM(t) : shape.dockLengthM - vehicle.positionM(t);
}

function actionStates(vehicle: Vehicle, t: number) {
  const { order } = vehicle;
  const states = numbers(0, order.actions).map((k) => ({
    actionId: actionIdOf(order, k),
    actionType: ACTIONS[order.actionType(k)],
    actionStatus: statusOf(vehicle, k, t),
  }));
  if (order.cancel === Cancel.No) return states;
  const actionStatus = order.cancel === Cancel.Done ? 'FINISHED' : 'RUNNING';
  return [...states, { actionId: order.idAt(CANCEL_ID), actionType: 'cancelOrder', actionStatus }];
}

/** 6.11: an action of a vehicle that has not come to its node is WAITING. */
function statusOf({ order, isActing, leftUs }: Vehicle, k: number, t: number): string {
  if (order.hasFailed(k)) return 'FAILED';
  if (k < order.done) return 'FINISHED';
  if (k > order.done || isActing === 0) return 'WAITING';
  return t < leftUs + LINES_UP_US ? 'INITIALIZING' : 'RUNNING';
}

/** 6.10.5; a WARNING lets the vehicle go on, a FATAL one needs a person. */
function errorsOf({ order, battery }: Vehicle, { leastPercent, isDown }: Around, t: number) {
  const error = (errorType: string, errorLevel: string, errorDescription: string, actionId?: string) => ({
    ...{ errorType, errorLevel, errorDescription },
    ...(actionId !== undefined && { errorReferences: [{ referenceKey: 'actionId', referenceValue: actionId }] }),
  });
  const failed = numbers(0, order.done).filter((k) => order.hasFailed(k));
  return [
    ...failed.map((k) => error('pickError', 'WARNING', 'Nothing was there to be picked.', actionIdOf(order, k))),
    ...(battery.percentAt(t) < leastPercent
      ? [error('batteryLow', 'WARNING', 'The battery wants to be charged.')]
      : []),
    ...(battery.percentAt(t) <= 0 ? [error('batteryEmpty', 'FATAL', 'The battery is empty.')] : []),
    ...(isDown ? [error('fleetControl', 'FATAL', 'The fleet control is down.')] : []),
  ];
}
