import { didYouMean } from '#simulator/kernel/nearest.ts';
import { type LaneGraph, Place, positionOf } from './lane-graph.ts';
import {
  cannotUse,
  findList,
  findNumber,
  findPart,
  mustNotHave,
  type Part,
  pathOf,
  readCount,
  readFlag,
  readId,
  readList,
  readMessage,
  readNumber,
  readOneOf,
  readText,
  rejected,
  shown,
} from './vda5050-fields.ts';
import { Act, LONGEST_ID, MOST_ACTIONS, MOST_NODES } from './vehicle-order.ts';

/** An order from outside after it was read: nodes as numbers of the graph, actions by the number of their node in the order. */
export interface ReadOrder {
  readonly vehicle: string;
  readonly orderId: string;
  readonly orderUpdateId: number;
  /** Sequence id of the first node. */
  readonly sequence: number;
  readonly nodes: readonly number[];
  readonly released: number;
  readonly actions: readonly ReadAction[];
}
interface ReadAction {
  readonly at: number;
  readonly path: string;
  readonly id: string;
  readonly type: string;
  readonly loadType: string | undefined;
}

/** What a vehicle drives at most, in m/s, and how high it is with its load, in m: limits above these are kept anyway. */
const FASTEST_M_PER_S = 0.8;
const HIGHEST_M = 1.1;
/** A position that is given for a node is that of the map, within its allowed deviation or this: m, and rad. */
const NEAR_M = 0.05;
const NEAR_RAD = 0.05;
const TURN = 2 * Math.PI;
const UNUSABLE_OF_EDGES = [
  ...['minHeight', 'orientation', 'orientationType', 'direction', 'maxRotationSpeed', 'trajectory', 'corridor'],
];
/** By action that a vehicle can do, the keys of the parameters that it can use. */
const PARAMETERS = new Map<string, readonly string[]>([
  ['pick', ['loadType', 'stationType']],
  ['drop', ['loadType', 'stationType']],
  ['startCharging', []],
  ['stopCharging', []],
]);
export const BLOCKING_TYPES: readonly string[] = ['NONE', 'SOFT', 'HARD'];

/**
 * Reads an order message (VDA 5050 2.1.0, 6.6.6); `serialNumber` of the header names the vehicle. Refuses what is
 * malformed, what leads where there is no way, and each field that these vehicles cannot use.
 */
export function readOrder(value: unknown, graph: LaneGraph): ReadOrder {
  const message = readMessage(value);
  const nodes = readList(message, 'nodes');
  const edges = readList(message, 'edges');
  const order = {
    vehicle: String(message.data.serialNumber),
    orderId: readId(message, 'orderId'),
    orderUpdateId: readCount(message, 'orderUpdateId'),
  };
  if (nodes.length === 0 || edges.length !== nodes.length - 1) {
    const what = `there are ${nodes.length} nodes and ${edges.length} edges.`;
    throw rejected('validationError', what, 'Give at least one node, and one edge less than nodes.', 'out_of_range');
  }
  if (nodes.length > MOST_NODES) {
    throw rejected('orderError', `${nodes.length} nodes.`, `The vehicle keeps ${MOST_NODES}.`, 'out_of_range');
  }
  const sequence = readCount(nodes[0], 'sequenceId');
  nodes.forEach((node, k) => inSequence(node, sequence + 2 * k));
  edges.forEach((edge, k) => inSequence(edge, sequence + 2 * k + 1));
  const actions = readActions(nodes, edges);
  const released = base(nodes, edges);
  mustNotHave(message, ['zoneSetId']);
  const numbers = nodes.map((node) => knownNode(node, graph));
  edges.forEach((edge, k) => isEdge(edge, numbers[k], numbers[k + 1], graph));
  return { ...order, sequence, nodes: numbers, released, actions };
}

function inSequence(part: Part, expected: number): void {
  if (readCount(part, 'sequenceId') === expected && (expected & 1) === ('edgeId' in part.data ? 1 : 0)) return;
  const hint = 'Count up: even for nodes, odd for the edges between them.';
  const what = `${pathOf(part, 'sequenceId')} ${shown(part.data.sequenceId)} is out of order.`;
  throw rejected('validationError', what, hint, 'out_of_range');
}

function knownNode(node: Part, graph: LaneGraph): number {
  const id = readText(node, 'nodeId');
  const found = graph.find(id);
  if (found >= 0) {
    mustLieThere(node, found, graph);
    return found;
  }
  const known = graph.nodes.map((each) => each.id);
  const close = didYouMean(id.slice(0, LONGEST_ID), known);
  const hint = `There are ${known.join(', ')}.`;
  throw rejected('noRouteError', `there is no node ${shown(id)}.${close}`, hint, 'unknown_target');
}

/** A node is where the map has it, or is no node that the vehicle knows. */
function mustLieThere(node: Part, number: number, { nodes }: LaneGraph): void {
  const given = findPart(node, 'nodePosition');
  if (given === undefined) return;
  const { x, y, theta, mapId } = positionOf(nodes[number].pose);
  if (readText(given, 'mapId') !== mapId) throw cannotUse(pathOf(given, 'mapId'), `Its map is ${mapId}.`);
  const [offX, offY] = [readNumber(given, 'x') - x, readNumber(given, 'y') - y];
  const offM = Math.sqrt(offX * offX + offY * offY);
  const turned = (findNumber(given, 'theta') ?? theta) - theta;
  const offRad = Math.abs(turned - TURN * Math.round(turned / TURN));
  const hint = `${nodes[number].id} is at x ${x.toFixed(2)}, y ${y.toFixed(2)}, theta ${theta.toFixed(2)}.`;
  if (offM > (findNumber(given, 'allowedDeviationXY') ?? 0) + NEAR_M) throw cannotUse(given.path, hint);
  if (offRad > (findNumber(given, 'allowedDeviationTheta') ?? 0) + NEAR_RAD) {
    throw cannotUse(pathOf(given, 'theta'), hint);
  }
}

function isEdge(edge: Part, from: number, to: number, graph: LaneGraph): void {
  const [a, b] = [graph.nodes[from].id, graph.nodes[to].id];
  const { startNodeId, endNodeId } = edge.data;
  if (startNodeId !== a || endNodeId !== b) {
    const what = `${edge.path}, between ${a} and ${b}, goes from ${shown(startNodeId)} to ${shown(endNodeId)}.`;
    throw rejected('validationError', what, 'An edge joins the nodes before and after it.', 'out_of_range');
  }
  if (!graph.hasEdge(from, to)) {
    const ways = graph.nodes.filter((_, k) => graph.hasEdge(from, k)).map(({ id }) => id);
    throw rejected('noRouteError', `no way leads from ${a} to ${b}.`, `From ${a} ways lead to ${ways.join(' and ')}.`);
  }
  const edgeId = readText(edge, 'edgeId');
  const known = graph.edgeId(from, to);
  if (edgeId !== known) {
    const what = `there is no edge ${shown(edgeId)} from ${a} to ${b}.`;
    throw rejected('noRouteError', what, `It is called ${known}.`, 'unknown_target');
  }
  mustBeUsable(edge);
}

function mustBeUsable(edge: Part): void {
  mustNotHave(edge, UNUSABLE_OF_EDGES);
  const least = (name: string, limit: number, hint: string) => {
    if ((findNumber(edge, name) ?? limit) < limit) throw cannotUse(pathOf(edge, name), hint);
  };
  least('maxSpeed', FASTEST_M_PER_S, `It drives at ${FASTEST_M_PER_S} m/s.`);
  least('maxHeight', HIGHEST_M, `It is ${HIGHEST_M} m high.`);
  if (edge.data.rotationAllowed !== undefined && !readFlag(edge, 'rotationAllowed')) {
    throw cannotUse(pathOf(edge, 'rotationAllowed'), 'It turns as the lane does.');
  }
}

/** How many nodes are released: the base. An edge is released with the node it leads to, and nothing after what is not. */
function base(nodes: readonly Part[], edges: readonly Part[]): number {
  const isReleased = nodes.map((node) => readFlag(node, 'released'));
  const split = edges.find((edge, k) => readFlag(edge, 'released') !== isReleased[k + 1]);
  if (split !== undefined) {
    const what = `${pathOf(split, 'released')} is not that of the node it leads to.`;
    throw rejected('validationError', what, 'Release an edge together with the node at its end.', 'out_of_range');
  }
  const count = isReleased.indexOf(false) < 0 ? nodes.length : isReleased.indexOf(false);
  if (count > 0 && !isReleased.slice(count).includes(true)) return count;
  const what = count === 0 ? 'the first node is not released.' : 'something released follows what is not.';
  throw rejected('validationError', what, 'Release from the first node on without a gap.', 'out_of_range');
}

function readActions(nodes: readonly Part[], edges: readonly Part[]): ReadAction[] {
  const ofEdge = edges.flatMap((edge) => readList(edge, 'actions')).at(0);
  if (ofEdge !== undefined) throw cannotUse(ofEdge.path, 'These vehicles act at nodes only.');
  const actions = nodes.flatMap((node, at) => readList(node, 'actions').map((action) => readAction(action, at)));
  const repeated = actions.find(({ id }, k) => actions.some((other, n) => n < k && other.id === id));
  if (repeated !== undefined) {
    const what = `${repeated.path}.actionId ${shown(repeated.id)} is there twice.`;
    throw rejected('validationError', what, 'Give each action an id of its own.', 'out_of_range');
  }
  if (actions.length <= MOST_ACTIONS) return actions;
  const hint = `The vehicle keeps ${MOST_ACTIONS}.`;
  throw rejected('orderError', `${actions.length} actions.`, hint, 'out_of_range');
}

function readAction(action: Part, at: number): ReadAction {
  const [id, type] = [readId(action, 'actionId'), readText(action, 'actionType')];
  readOneOf(action, 'blockingType', BLOCKING_TYPES);
  const parameters = findList(action, 'actionParameters').map((part) => ({ part, key: readText(part, 'key') }));
  const known = PARAMETERS.get(type);
  const foreign = known && parameters.find(({ key }) => !known.includes(key));
  if (foreign) throw cannotUse(foreign.part.path, `${type} knows ${known.join(', ') || 'no parameters'}.`);
  const loadType = parameters.find(({ key }) => key === 'loadType');
  return { at, path: action.path, id, type, loadType: loadType && readText(loadType.part, 'value') };
}

const PICKS: Readonly<Record<string, number>> = {
  castings: Act.PickCastings,
  cores: Act.PickCores,
  cartons: Act.PickCartons,
};

/** The number of an action at a place of a vehicle that carries `load`, or a refusal. */
export function actionTypeOf({ path, type, loadType }: ReadAction, place: number, load: number): number {
  const cannot = (why: string, hint: string) =>
    rejected('orderError', `${path}.actionType ${shown(type)}: ${why}`, hint, 'not_allowed');
  if (type === 'startCharging' || type === 'stopCharging') {
    if (place !== Place.Dock) throw cannot('there is no charger here.', 'Charge at the dock of the vehicle.');
    return type === 'startCharging' ? Act.StartCharging : Act.StopCharging;
  }
  if (type === 'drop') {
    if (place === Place.Entry) throw cannot('nothing can be dropped here.', 'Drop at the store or the dock.');
    if (load === 0) throw cannot('the vehicle is empty then.', 'Let it pick something first.');
    if (loadType !== undefined && PICKS[loadType] !== load) {
      throw cannot('the vehicle carries something else then.', 'Leave loadType out, or drop what was picked.');
    }
    const isRight = place === Place.Store ? load !== Act.PickCartons : place === Place.Dock;
    if (!isRight)
      throw cannot('this load is not wanted here.', 'Castings and cores go to the store, cartons to the dock.');
    return Act.Drop;
  }
  if (type !== 'pick') {
    throw cannot('the vehicle cannot do that.', 'It can pick, drop, startCharging and stopCharging.');
  }
  if (load !== 0) throw cannot('the vehicle is loaded then.', 'Let it drop its load first.');
  const wanted = loadType ?? (place === Place.Packaging ? 'cartons' : 'castings');
  const pick = PICKS[wanted] ?? 0;
  const isThere = place === Place.Packaging ? pick === Act.PickCartons : place === Place.Dock && pick < Act.PickCartons;
  if (pick === 0 || !isThere) {
    throw cannot(`${wanted} are not picked here.`, 'Pick castings and cores at the dock, cartons at packaging.');
  }
  return pick;
}
