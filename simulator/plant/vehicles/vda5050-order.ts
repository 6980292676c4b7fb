import { didYouMean } from '#simulator/kernel/nearest.ts';
import { Refusal, type RefusalCode } from '#simulator/kernel/refusal.ts';
import { type LaneGraph, Place } from './lane-graph.ts';
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
  readonly id: string;
  readonly type: string;
  readonly loadType: string | undefined;
}

/** Error types of VDA 5050 2.1.0, 6.6.3.2 and 6.6.4 and figure 8 there. */
export type OrderErrorType = 'validationError' | 'orderError' | 'orderUpdateError' | 'noRouteError' | 'noOrderToCancel';

export const rejected = (
  type: OrderErrorType,
  what: string,
  hint: string,
  code: RefusalCode = 'wrong_state',
): Refusal => new Refusal(`${type}: ${what}`, hint, code);

type Data = Readonly<Record<string, unknown>>;
const shown = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 60);

/** The message itself, or its JSON text. */
export function readMessage(value: unknown): Data {
  let message = value;
  if (typeof value === 'string') {
    try {
      message = JSON.parse(value);
    } catch {
      throw rejected('validationError', 'the text is no JSON.', 'Give a VDA 5050 message.', 'wrong_type');
    }
  }
  return object(message, 'The message');
}

function object(value: unknown, what: string): Data {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Data;
  throw rejected('validationError', `${what} is ${shown(value)}.`, 'Give an object.', 'wrong_type');
}

export function readList(data: Data, name: string): readonly Data[] {
  const value = data[name];
  if (!Array.isArray(value)) {
    throw rejected('validationError', `${name} is ${shown(value)}.`, 'Give a list.', 'wrong_type');
  }
  return value.map((each) => object(each, `One of ${name}`));
}

export function readId(data: Data, name: string): string {
  const value = data[name];
  if (typeof value === 'string' && value.length > 0 && value.length <= LONGEST_ID && /^[\x21-\x7e]+$/.test(value)) {
    return value;
  }
  const hint = `Give 1 to ${LONGEST_ID} ASCII characters without blanks.`;
  throw rejected('validationError', `${name} is ${shown(value)}.`, hint, 'wrong_type');
}

function readCount(data: Data, name: string): number {
  const value = data[name];
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xffffffff) return value;
  throw rejected('validationError', `${name} is ${shown(value)}.`, 'Give a whole number from 0.', 'wrong_type');
}

function readReleased(data: Data, name: string): boolean {
  if (typeof data.released === 'boolean') return data.released;
  throw rejected(
    'validationError',
    `released of ${name} is ${shown(data.released)}.`,
    'Give true or false.',
    'wrong_type',
  );
}

/**
 * Reads an order message (VDA 5050 2.1.0, 6.6.6) as far as it says where to go and what to do there; `serialNumber` of
 * the header names the vehicle. Refuses what is malformed or leads where there is no way.
 */
export function readOrder(value: unknown, graph: LaneGraph): ReadOrder {
  const data = readMessage(value);
  const given = { nodes: readList(data, 'nodes'), edges: readList(data, 'edges') };
  const { nodes: nodeData, edges: edgeData } = given;
  const order = {
    vehicle: String(data.serialNumber),
    orderId: readId(data, 'orderId'),
    orderUpdateId: readCount(data, 'orderUpdateId'),
  };
  if (nodeData.length === 0 || edgeData.length !== nodeData.length - 1) {
    const what = `there are ${nodeData.length} nodes and ${edgeData.length} edges.`;
    throw rejected('validationError', what, 'Give at least one node, and one edge less than nodes.', 'out_of_range');
  }
  if (nodeData.length > MOST_NODES) {
    throw rejected('orderError', `${nodeData.length} nodes.`, `The vehicle keeps ${MOST_NODES}.`, 'out_of_range');
  }
  const sequence = readCount(nodeData[0], 'sequenceId');
  nodeData.forEach((node, k) => inSequence(node, sequence + 2 * k));
  edgeData.forEach((edge, k) => inSequence(edge, sequence + 2 * k + 1));
  const nodes = nodeData.map((node) => knownNode(node.nodeId, graph));
  edgeData.forEach((edge, k) => isEdge(edge, nodes[k], nodes[k + 1], graph));
  return { ...order, sequence, nodes, released: base(nodeData, edgeData), actions: readActions(nodeData, edgeData) };
}

function inSequence(data: Data, expected: number): void {
  if (readCount(data, 'sequenceId') === expected && (expected & 1) === ('edgeId' in data ? 1 : 0)) return;
  const hint = 'Count up: even for nodes, odd for the edges between them.';
  throw rejected('validationError', `sequenceId ${shown(data.sequenceId)} is out of order.`, hint, 'out_of_range');
}

function knownNode(id: unknown, graph: LaneGraph): number {
  const found = graph.find(id);
  if (found >= 0) return found;
  const known = graph.nodes.map((node) => node.id);
  const close = didYouMean(String(id).slice(0, LONGEST_ID), known);
  const hint = `There are ${known.join(', ')}.`;
  throw rejected('noRouteError', `there is no node ${shown(id)}.${close}`, hint, 'unknown_target');
}

function isEdge({ startNodeId, endNodeId }: Data, from: number, to: number, graph: LaneGraph): void {
  const [a, b] = [graph.nodes[from].id, graph.nodes[to].id];
  const isGiven = (id: unknown, node: string) => id === undefined || id === node;
  if (!isGiven(startNodeId, a) || !isGiven(endNodeId, b)) {
    const what = `the edge between ${a} and ${b} goes from ${shown(startNodeId)} to ${shown(endNodeId)}.`;
    throw rejected('validationError', what, 'An edge joins the nodes before and after it.', 'out_of_range');
  }
  if (graph.hasEdge(from, to)) return;
  const ways = graph.nodes.filter((_, k) => graph.hasEdge(from, k)).map(({ id }) => id);
  throw rejected('noRouteError', `no way leads from ${a} to ${b}.`, `From ${a} ways lead to ${ways.join(' and ')}.`);
}

/** How many nodes are released: the base. Nothing released may follow what is not. */
function base(nodes: readonly Data[], edges: readonly Data[]): number {
  const isReleased = nodes.map((node, k) => {
    const edge = k === 0 || readReleased(edges[k - 1], 'an edge');
    return readReleased(node, 'a node') && edge;
  });
  const count = isReleased.indexOf(false) < 0 ? nodes.length : isReleased.indexOf(false);
  if (count > 0 && !isReleased.slice(count).includes(true)) return count;
  const what = count === 0 ? 'the first node is not released.' : 'something released follows what is not.';
  throw rejected('validationError', what, 'Release from the first node on without a gap.', 'out_of_range');
}

function readActions(nodes: readonly Data[], edges: readonly Data[]): ReadAction[] {
  if (edges.some((edge) => edge.actions !== undefined && readList(edge, 'actions').length > 0)) {
    throw rejected('orderError', 'there is an action on an edge.', 'These vehicles act at nodes only.', 'not_allowed');
  }
  const actions = nodes.flatMap((node, at) =>
    (node.actions === undefined ? [] : readList(node, 'actions')).map((action) => ({
      at,
      id: readId(action, 'actionId'),
      type: String(action.actionType),
      loadType: loadTypeOf(action),
    })),
  );
  if (actions.length > MOST_ACTIONS) {
    const hint = `The vehicle keeps ${MOST_ACTIONS}.`;
    throw rejected('orderError', `${actions.length} actions.`, hint, 'out_of_range');
  }
  return actions;
}

function loadTypeOf(action: Data): string | undefined {
  const parameters = action.actionParameters === undefined ? [] : readList(action, 'actionParameters');
  const found = parameters.find(({ key }) => key === 'loadType');
  return found === undefined ? undefined : String(found.value);
}

const PICKS: Readonly<Record<string, number>> = {
  castings: Act.PickCastings,
  cores: Act.PickCores,
  cartons: Act.PickCartons,
};

/** The number of an action at a place of a vehicle that carries `load`, or a refusal. */
export function actionTypeOf({ type, loadType }: ReadAction, place: number, load: number): number {
  const cannot = (why: string, hint: string) => rejected('orderError', `${type}: ${why}`, hint, 'not_allowed');
  if (type === 'startCharging' || type === 'stopCharging') {
    if (place !== Place.Dock) throw cannot('there is no charger here.', 'Charge at the dock of the vehicle.');
    return type === 'startCharging' ? Act.StartCharging : Act.StopCharging;
  }
  if (type === 'drop') {
    if (place === Place.Entry) throw cannot('nothing can be dropped here.', 'Drop at the store or the dock.');
    if (load === 0) throw cannot('the vehicle is empty then.', 'Let it pick something first.');
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
