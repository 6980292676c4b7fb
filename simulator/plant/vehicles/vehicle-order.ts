import { record, type Site, u32, u8 } from '#simulator/kernel/fields.ts';

export const MOST_NODES = 12;
export const MOST_ACTIONS = 4;
/** Longest identifier of an order or action from outside; a UUID has 36 characters. */
export const LONGEST_ID = 36;

/** Who gave an order: nobody yet, the fleet for one of its missions (1 to 3), the fleet to bring a vehicle home, a master control. */
export const Origin = { None: 0, Home: 4, Outside: 5 } as const;
/** What a vehicle can do at a node. A pick has the number of its load. */
export const Act = {
  PickCastings: 1,
  PickCores: 2,
  PickCartons: 3,
  Drop: 4,
  StartCharging: 5,
  StopCharging: 6,
} as const;
export const Cancel = { No: 0, UnderWay: 1, Done: 2 } as const;

/**
 * The order of a vehicle as VDA 5050 2.1.0 means it (6.6): nodes to be passed one after the other, the released ones
 * first, with actions at some of them. Nodes are numbers in the graph of the lane; the edges follow from them. A finished
 * order is kept until the next one, as the standard wants it.
 */
export class VehicleOrder extends record({
  origin: u8(),
  isActive: u8(),
  cancel: u8(),
  /** How many orders the fleet had given by then; together with its origin the id of its own orders. */
  number: u32(),
  updateId: u32(),
  /** Sequence id of the first node; each further node has 2 more, and edges the odd ids between. */
  sequence: u32(),
  nodes: u8(1),
  released: u8(1),
  /** The last node that was reached when something last happened, and the one that the vehicle goes to. */
  at: u8(),
  goal: u8(),
  actions: u8(),
  /** Actions that are over; those that failed as bits. */
  done: u8(),
  failed: u8(),
}) {
  private readonly nodesAt: number;
  private readonly actionsAt: number;
  private readonly idsAt: number;

  constructor(site: Site, startNode: number) {
    super(site);
    const { layout } = site.kernel;
    this.nodesAt = layout.take('u8', MOST_NODES, `${site.path}.nodeNumbers`);
    this.actionsAt = layout.take('u8', 2 * MOST_ACTIONS, `${site.path}.actionTypes`);
    this.idsAt = layout.take('u8', (MOST_ACTIONS + 2) * LONGEST_ID, `${site.path}.ids`);
    site.kernel.initially(() => (this.u8[this.nodesAt] = startNode));
  }

  node(k: number): number {
    return this.u8[this.nodesAt + k];
  }

  /** The number in the order of the node at which an action is due. */
  actionNode(k: number): number {
    return this.u8[this.actionsAt + 2 * k];
  }

  actionType(k: number): number {
    return this.u8[this.actionsAt + 2 * k + 1];
  }

  /** Whether the next action is due at this node. */
  actsAt(k: number): boolean {
    return this.done < this.actions && this.actionNode(this.done) === k && !this.hasFailed(this.done);
  }

  hasFailed(k: number): boolean {
    return ((this.failed >> k) & 1) === 1;
  }

  get last(): number {
    return this.u8[this.nodesAt + this.nodes - 1];
  }

  begin(origin: number, node: number): void {
    this.origin = origin;
    this.isActive = 1;
    this.cancel = Cancel.No;
    this.updateId = this.sequence = this.at = this.goal = this.actions = this.done = this.failed = 0;
    this.nodes = this.released = 0;
    this.pass(node);
  }

  /** One more node, released. */
  pass(node: number): void {
    this.add(node);
    this.released = this.nodes;
  }

  /** One more node beyond those that are released. */
  add(node: number): void {
    this.u8[this.nodesAt + this.nodes] = node;
    this.nodes += 1;
  }

  /** One more action, at the last node so far or at another. */
  act(type: number, at = this.nodes - 1): void {
    this.u8[this.actionsAt + 2 * this.actions] = at;
    this.u8[this.actionsAt + 2 * this.actions + 1] = type;
    this.actions += 1;
  }

  actionOver(isDone: boolean): void {
    if (!isDone) this.failed |= 1 << this.done;
    this.done += 1;
  }

  /** Ends it at one of its nodes: what lies beyond is forgotten, and the actions from `kept` on fail. */
  endAt(k: number, kept: number): void {
    this.nodes = this.released = k + 1;
    for (let n = kept; n < this.actions; n++) this.failed |= 1 << n;
  }

  /** Forgets the nodes before the last one reached, the actions that are over, and what is not released. */
  compact(): void {
    const { at, done } = this;
    this.nodes = this.released - at;
    for (let k = 0; k < this.nodes; k++) this.u8[this.nodesAt + k] = this.node(k + at);
    this.released = this.nodes;
    let kept = 0;
    for (let k = done; k < this.actions; k++) {
      if (this.actionNode(k) - at >= this.nodes) break;
      this.u8[this.actionsAt + 2 * kept] = this.actionNode(k) - at;
      this.u8[this.actionsAt + 2 * kept + 1] = this.actionType(k);
      this.setId(1 + kept, this.idAt(1 + k));
      kept += 1;
    }
    this.sequence += 2 * at;
    this.goal = Math.max(0, this.goal - at);
    this.actions = kept;
    this.at = this.done = this.failed = 0;
  }

  /** Place 0 holds the id of the order, 1 and on those of its actions, the last one that of a cancellation. */
  setId(place: number, id: string): void {
    const from = this.idsAt + place * LONGEST_ID;
    for (let k = 0; k < LONGEST_ID; k++) this.u8[from + k] = k < id.length ? id.charCodeAt(k) : 0;
  }

  idAt(place: number): string {
    const from = this.idsAt + place * LONGEST_ID;
    let id = '';
    for (let k = 0; k < LONGEST_ID && this.u8[from + k] > 0; k++) id += String.fromCharCode(this.u8[from + k]);
    return id;
  }
}

export const CANCEL_ID = MOST_ACTIONS + 1;

const OWN_ORDERS: Readonly<Record<number, string>> = { 1: 'castings', 2: 'cores', 3: 'cartons', [Origin.Home]: 'home' };

/** Before the first order it is empty, as VDA 5050 wants it (6.10.6). */
export function orderIdOf(order: VehicleOrder): string {
  if (order.origin === Origin.None) return '';
  return order.origin === Origin.Outside ? order.idAt(0) : `${OWN_ORDERS[order.origin]}-${order.number}`;
}

export function actionIdOf(order: VehicleOrder, k: number): string {
  return order.origin === Origin.Outside ? order.idAt(k + 1) : `${orderIdOf(order)}-${k + 1}`;
}
