import { expect } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { minutes, seconds } from '#simulator/kernel/time.ts';
import { pumpLine } from './support.ts';

export interface State {
  readonly orderId: string;
  readonly orderUpdateId: number;
  readonly lastNodeId: string;
  readonly lastNodeSequenceId: number;
  readonly driving: boolean;
  readonly paused: boolean;
  readonly nodeStates: readonly { nodeId: string; sequenceId: number; released: boolean }[];
  readonly edgeStates: readonly { edgeId: string; sequenceId: number; released: boolean }[];
  readonly actionStates: readonly { actionId: string; actionType: string; actionStatus: string }[];
  readonly agvPosition: { readonly x: number; readonly y: number; readonly theta: number };
  readonly velocity: { readonly vx: number };
  readonly loads: readonly { loadType: string }[];
  readonly batteryState: { readonly batteryCharge: number; readonly charging: boolean };
  readonly errors: readonly { errorType: string; errorLevel: string }[];
}

export function stateOf(cell: Cell, vehicle = 'Agv2'): State {
  const capture = cell.capture(`ST11.${vehicle}.State`);
  if (capture.kind !== 'document') throw new Error(capture.kind);
  return capture.content as unknown as State;
}

export const action = (actionType: string, loadType?: string) => ({
  actionType,
  actionId: `${actionType}-1`,
  blockingType: 'HARD',
  ...(loadType && { actionParameters: [{ key: 'loadType', value: loadType }] }),
});
type Action = ReturnType<typeof action>;
interface Stop {
  readonly id: string;
  readonly actions?: readonly Action[];
}

/** An order through these nodes, of which the first `released` may be driven to. */
export function orderOf(
  stops: readonly (string | Stop)[],
  { released = stops.length, sequence = 0, update = 0, id = 'o-1' } = {},
) {
  const nodes = stops.map((stop, k) => {
    const { id: nodeId, actions = [] } = typeof stop === 'string' ? { id: stop } : stop;
    return { nodeId, sequenceId: sequence + 2 * k, released: k < released, actions };
  });
  const edges = nodes.slice(1).map(({ nodeId, released: isReleased }, k) => ({
    edgeId: `${nodes[k].nodeId}--${nodeId}`,
    ...{ sequenceId: sequence + 2 * k + 1, released: isReleased, actions: [] },
    ...{ startNodeId: nodes[k].nodeId, endNodeId: nodeId },
  }));
  return { serialNumber: 'AGV2', orderId: id, orderUpdateId: update, nodes, edges };
}

export const give = (cell: Cell, value: unknown) => cell.command({ target: 'ST11.Order', value });
export const atOnce = (cell: Cell, actionType: string) =>
  cell.command({ target: 'ST11.InstantActions', value: { serialNumber: 'AGV2', actions: [action(actionType)] } });

/** A line whose second vehicle is free, because nobody wishes for anything. */
export function quiet(): Cell {
  const cell = pumpLine(5n);
  cell.command({ target: 'ST10.Cartons.Most', value: 40 });
  cell.command({ target: 'ST10.Cartons.CallAt', value: 40 });
  cell.command({ target: 'ST01.Stock.ReorderPoint', value: 0 });
  cell.runUntil(minutes(5));
  expect(stateOf(cell).nodeStates).toEqual([]);
  return cell;
}

/** Where the map has a node. */
export function placeOf(cell: Cell, nodeId: string): { x: number; y: number; theta: number } {
  const map = cell.capture('ST11.Fleet.Map');
  if (map.kind !== 'document') throw new Error(map.kind);
  const nodes = map.content.nodes as { nodeId: string; nodePosition: { x: number; y: number; theta: number } }[];
  const found = nodes.find((node) => node.nodeId === nodeId);
  if (!found) throw new Error(`${nodeId} is not on the map`);
  return found.nodePosition;
}

export function runUntil(cell: Cell, isSo: (state: State) => boolean): State {
  const limit = cell.now + minutes(20);
  for (let state = stateOf(cell); ; state = stateOf(cell)) {
    if (isSo(state)) return state;
    if (cell.now > limit) throw new Error(`Never came: ${JSON.stringify(state)}`);
    cell.runUntil(cell.now + seconds(0.5));
  }
}

export const BRING = [
  { id: 'dock2', actions: [action('stopCharging'), action('pick', 'castings')] },
  'dock2-entry',
  { id: 'store', actions: [action('drop')] },
  'packaging',
  'dock1-entry',
  'dock2-entry',
  { id: 'dock2', actions: [action('startCharging')] },
];
