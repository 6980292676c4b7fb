import type { Fleet } from './fleet.ts';
import { readId, readList, readMessage, readOneOf, readText, rejected } from './vda5050-fields.ts';
import { actionTypeOf, BLOCKING_TYPES, type ReadOrder, readOrder } from './vda5050-order.ts';
import { Act, Cancel, CANCEL_ID, MOST_ACTIONS, MOST_NODES, Origin, orderIdOf } from './vehicle-order.ts';
import type { Vehicle } from './vehicle.ts';

/*
 * What a master control outside the cell may say to a vehicle (VDA 5050 2.1.0, 6.6 and 6.9). What is refused changes
 * nothing; the message of the refusal begins with the error type of the standard.
 */

export function findVehicle(fleet: Fleet, id: string): Vehicle | undefined {
  return fleet.vehicles.find(({ shape }) => shape.id === id);
}

function getVehicle(fleet: Fleet, id: string): Vehicle {
  const vehicle = findVehicle(fleet, id);
  if (vehicle !== undefined) return vehicle;
  const known = fleet.vehicles.map(({ shape }) => shape.id).join(' or ');
  const what = `there is no vehicle ${JSON.stringify(id)}.`;
  throw rejected('validationError', what, `Give ${known} as serialNumber.`, 'unknown_target');
}

/** A new order, or the update of one (6.6.2, figure 8). The same update again is ignored. */
export function giveOrder(fleet: Fleet, value: unknown, t: number): void {
  const read = readOrder(value, fleet.graph);
  const vehicle = getVehicle(fleet, read.vehicle);
  const { order } = vehicle;
  const isUpdate = read.orderId === orderIdOf(order);
  if (isUpdate && read.orderUpdateId === order.updateId) return;
  if (!isUpdate && order.isActive === 1) {
    const hint = 'Wait until it is done, or cancel it first.';
    throw rejected('orderError', `${read.vehicle} carries out ${orderIdOf(order)}.`, hint);
  }
  if (fleet.cargo?.mayBegin !== true) {
    throw rejected('orderError', 'the fleet takes no orders now.', 'Wait until the dock is in Execute or Suspended.');
  }
  // What is to be done where an update begins is known already (6.6.2).
  const given = isUpdate ? { ...read, actions: read.actions.filter(({ at }) => at > 0) } : read;
  if (isUpdate) mustContinue(vehicle, given, t);
  else mustBeginHere(fleet, vehicle, given);
  mustReach(fleet, vehicle, given);
  const types = actionTypes(fleet, vehicle, given, isUpdate);
  if (isUpdate) {
    fleet.halt(vehicle, t);
    order.compact();
    order.isActive = 1;
  } else {
    vehicle.done.cancel();
    order.begin(Origin.Outside, given.nodes[0]);
    order.setId(0, given.orderId);
  }
  append(order, given, types);
  fleet.cargo.changed(t);
  if (vehicle.isActing === 1) return;
  fleet.goAfterHalt(vehicle, t);
}

function mustBeginHere({ graph }: Fleet, { order }: Vehicle, { nodes }: ReadOrder): void {
  const here = graph.nodes[order.node(order.at)].id;
  if (nodes[0] === order.node(order.at)) return;
  throw rejected('noRouteError', `the order does not begin at ${here}.`, `The vehicle stands at ${here}: begin there.`);
}

/** 6.6.2, points 7 and 8: an update begins at the last released node, or where the order has ended. */
function mustContinue(vehicle: Vehicle, given: ReadOrder, t: number): void {
  const { order } = vehicle;
  const last = order.released - 1;
  if (given.orderUpdateId < order.updateId) {
    const hint = `The newest update is ${order.updateId}: give a higher orderUpdateId.`;
    throw rejected('orderUpdateError', `orderUpdateId ${given.orderUpdateId} is old.`, hint);
  }
  if (order.origin !== Origin.Outside || order.cancel !== Cancel.No) {
    throw rejected('orderUpdateError', 'this order takes no updates.', 'Give a new orderId.');
  }
  if (given.nodes[0] !== order.node(last) || given.sequence !== order.sequence + 2 * last) {
    const hint = `Begin with the last released node, sequenceId ${order.sequence + 2 * last}.`;
    throw rejected('orderUpdateError', 'the update does not continue the order.', hint);
  }
  const nodes = order.released - vehicle.passed(t) + given.nodes.length - 1;
  let actions = given.actions.length;
  for (let k = order.done; k < order.actions; k++) if (order.actionNode(k) <= last) actions += 1;
  if (nodes <= MOST_NODES && actions <= MOST_ACTIONS) return;
  const hint = `The vehicle keeps ${MOST_NODES} nodes and ${MOST_ACTIONS} actions: send the rest later.`;
  throw rejected('orderError', 'the update is too long.', hint, 'out_of_range');
}

/** No vehicle reaches the dock of another. */
function mustReach({ graph }: Fleet, { shape }: Vehicle, { nodes }: ReadOrder): void {
  for (const node of nodes) {
    const { id, vehicle } = graph.nodes[node];
    if (vehicle < 0 || vehicle === shape.index) continue;
    throw rejected('noRouteError', `${id} is not for ${shape.id}.`, `Its dock is ${shape.dock}.`);
  }
}

/** The numbers of the actions, if the vehicle can do all of them one after the other. */
function actionTypes({ graph }: Fleet, vehicle: Vehicle, { nodes, actions }: ReadOrder, isUpdate: boolean): number[] {
  let load = isUpdate ? loadAtEnd(vehicle) : vehicle.load;
  return actions.map((action) => {
    const type = actionTypeOf(action, graph.nodes[nodes[action.at]].place, load);
    if (type <= Act.Drop) load = type === Act.Drop ? 0 : type;
    return type;
  });
}

function loadAtEnd({ order, load }: Vehicle): number {
  let carried = load;
  for (let k = order.done; k < order.actions && order.actionNode(k) < order.released; k++) {
    const type = order.actionType(k);
    if (type <= Act.Drop) carried = type === Act.Drop ? 0 : type;
  }
  return carried;
}

function append(order: Vehicle['order'], given: ReadOrder, types: readonly number[]): void {
  const first = order.nodes - 1;
  for (let k = 1; k < given.nodes.length; k++) order.add(given.nodes[k]);
  order.released = first + given.released;
  order.updateId = given.orderUpdateId;
  if (first === 0) order.sequence = given.sequence;
  types.forEach((type, k) => {
    order.act(type, first + given.actions[k].at);
    order.setId(order.actions, given.actions[k].id);
  });
}

/** `{serialNumber, actions}`: startPause, stopPause, cancelOrder and stateRequest, all of them or none. */
export function actAtOnce(fleet: Fleet, value: unknown, t: number): void {
  const message = readMessage(value);
  const vehicle = getVehicle(fleet, String(message.data.serialNumber));
  const actions = readList(message, 'actions').map((action) => ({
    id: readId(action, 'actionId'),
    type: readText(action, 'actionType'),
    blocking: readOneOf(action, 'blockingType', BLOCKING_TYPES),
  }));
  for (const { type, id } of actions) mustKnow(vehicle, type, id);
  for (const { type, id } of actions) INSTANT[type](fleet, vehicle, t, id);
}

const INSTANT: Readonly<Record<string, (fleet: Fleet, vehicle: Vehicle, t: number, id: string) => void>> = {
  startPause(fleet, vehicle, t) {
    vehicle.isPaused = 1;
    if (vehicle.order.isActive === 0 || vehicle.isActing === 1) return;
    fleet.halt(vehicle, t);
    fleet.goAfterHalt(vehicle, t);
  },
  stopPause(fleet, vehicle, t) {
    vehicle.isPaused = 0;
    if (vehicle.order.isActive === 0) fleet.dispatch(t);
    else if (vehicle.isActing === 0 && !vehicle.isDriving) fleet.go(vehicle, t);
  },
  cancelOrder,
  /** The state is there to be read at any time. */
  stateRequest() {},
};

function mustKnow({ order, shape }: Vehicle, type: string, id: string): void {
  if (!Object.hasOwn(INSTANT, type)) {
    const hint = `It knows ${Object.keys(INSTANT).join(', ')}.`;
    throw rejected('orderError', `${shape.id} cannot ${JSON.stringify(type)} at once.`, hint, 'not_allowed');
  }
  if (type !== 'cancelOrder') return;
  if (order.isActive === 0) {
    throw rejected('noOrderToCancel', `${shape.id} has no order.`, 'There is nothing to cancel.');
  }
  if (order.cancel === Cancel.No || order.idAt(CANCEL_ID) === id) return;
  throw rejected('noOrderToCancel', `${shape.id} cancels its order already.`, 'Wait until it stands still.');
}

/** The vehicle goes on to the next node, or ends what it does at this one (6.6.3). */
function cancelOrder(fleet: Fleet, vehicle: Vehicle, t: number, id: string): void {
  const { order } = vehicle;
  if (order.cancel !== Cancel.No) return;
  order.cancel = Cancel.UnderWay;
  order.setId(CANCEL_ID, id);
  if (vehicle.isActing === 1) {
    order.endAt(order.at, order.done + 1);
    return;
  }
  const isBetween = vehicle.isDriving || !fleet.isAtNode(vehicle);
  fleet.halt(vehicle, t);
  order.endAt(isBetween ? Math.min(order.at + 1, order.released - 1) : order.at, order.done);
  fleet.goAfterHalt(vehicle, t);
}
