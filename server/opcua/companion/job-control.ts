import { randomUUID } from 'node:crypto';
import { type AddressSpace, DataType, StatusCodes, Variant } from 'node-opcua';
import { type OrderFacts, orderFacts } from '#simulator/plant/orders/order-facts.ts';
import { VARIANTS } from '#simulator/plant/parts/variants.ts';
import type { Outcome } from '../line-node.ts';
import { scalar } from '../reading.ts';
import { outcomeOf } from '../status-codes.ts';
import type { Visit } from '../visit.ts';
import { fixed, type Instance, type Member, state } from './instance.ts';
import type { Machine } from './instances.ts';
import { JOB_CONTROL } from './nodesets.ts';

/** Orders that a book holds, OPC 10031-4, 6.2.1.2. */
const MOST_ORDERS = 12;
/** ReturnStatus of OPC 10031-4, 6.2.1.3: no error. A refusal is a bad status with its reason. */
const NO_ERROR = [0, 0];

/** The fields of an ISA95JobOrderDataType that the plant reads. */
interface JobOrder {
  readonly jobOrderID?: string | null;
  readonly workMasterID?: readonly { readonly ID?: string | null }[] | null;
  readonly endTime?: Date | null;
  readonly priority?: number | null;
  readonly jobOrderParameters?: readonly { readonly ID?: string | null; readonly value?: Variant | null }[] | null;
}

/** OPC 10031-4: the order book of the line, for job orders from outside. An order is called by its number. */
export function jobOrderReceiver({ id }: Machine, space: AddressSpace): Instance[] {
  const namespace = space.getNamespaceIndex(JOB_CONTROL);
  const dataType = (name: string) => {
    const found = space.findDataType(name, namespace);
    if (!found) throw new Error(`${JOB_CONTROL} has no ${name}.`);
    return found;
  };
  const make = (name: string, fields: object) => space.constructExtensionObject(dataType(name), fields as never);
  const newest = `${id}.Newest.Number`;
  const on = (name: string): readonly [string, Member] => [name, ordered(`${id}.${name}`, name)];
  const described = (name: string): readonly [string, Member] => [name, given(id, name)];
  return [
    {
      id: `${id}.JobOrderControl`,
      ...{ type: [JOB_CONTROL, 'ISA95JobOrderReceiverObjectType'], parent: id, needs: newest },
      name: { en: 'Job order control', sv: 'Orderstyrning' },
      members: {
        '.': state(`${id}.Book.Running`, (running) => (running > 0 ? 'Running' : 'AllowedToStart')),
        JobOrderList: {
          kind: 'value',
          signal: newest,
          show: (visit) => ({
            value: ordersOf(visit, id).map((order) => jobOrderAndState(visit, order, make)),
            sourceMs: visit.nowMs(),
          }),
        },
        MaxDownloadableJobOrders: fixed(MOST_ORDERS),
        WorkMaster: fixed(() => VARIANTS.map(({ name }) => make('ISA95WorkMasterDataType', { ID: name }))),
        MaterialDefinitionID: fixed(VARIANTS.map(({ name }) => name)),
        MaterialClassID: fixed(['pump']),
        EquipmentID: fixed(({ cell }: Visit) => cell.model.stations.map((station) => station.id)),
        PhysicalAssetID: fixed([]),
        PersonnelID: fixed([]),
        ...Object.fromEntries([
          ...['Start', 'RevokeStart', 'Pause', 'Resume', 'Stop', 'Abort', 'Cancel', 'Clear'].map(on),
          ...['Store', 'StoreAndStart', 'Update'].map(described),
        ]),
      },
    },
  ];
}

/** The book of the visit's own cell. All cells of a model share one window; reading a sample slides it to this one. */
function ordersOf({ cell }: Visit, id: string): OrderFacts[] {
  cell.version(0);
  return orderFacts(cell.model.plant.getStation(id));
}

function jobOrderAndState(visit: Visit, order: OrderFacts, make: (name: string, fields: object) => object): object {
  const text = (words: string): object => ({ locale: visit.language, text: words });
  const name = { sv: `${order.quantity} st ${order.variant}`, en: `${order.quantity} pcs ${order.variant}` };
  return make('ISA95JobOrderAndStateDataType', {
    jobOrder: make('ISA95JobOrderDataType', {
      jobOrderID: String(order.number),
      description: [text(name[visit.language])],
      workMasterID: [make('ISA95WorkMasterDataType', { ID: order.variant })],
      endTime: new Date(Math.floor(visit.cell.epochMs(order.dueS * 1e6))),
      priority: order.priority,
      jobOrderParameters: [
        make('ISA95ParameterDataType', {
          ID: 'Quantity',
          value: new Variant({ dataType: DataType.UInt32, value: order.quantity }),
        }),
      ],
    }),
    state: [make('ISA95StateDataType', { stateText: text(order.stateName), stateNumber: order.state })],
  });
}

/** A method on one order, by its number. */
const ordered = (target: string, name: string): Member => ({
  kind: 'call',
  needs: target,
  async call(visit, [jobOrderId]) {
    const number = Number(jobOrderId.value);
    if (!/^\d{1,9}$/.test(String(jobOrderId.value))) {
      return refused(
        visit,
        `${name}: "${String(jobOrderId.value).slice(0, 40)}" is no order. JobOrderList has their numbers.`,
      );
    }
    return answer(visit, { id: randomUUID(), target, value: number });
  },
});

/** A method with a whole order. */
const given = (id: string, name: 'Store' | 'StoreAndStart' | 'Update' | (string & {})): Member => ({
  kind: 'call',
  needs: `${id}.${name}`,
  async call(visit, [input]) {
    const order = input.value as JobOrder | null;
    if (!order || typeof order !== 'object') return refused(visit, `${name} wants an ISA95JobOrderDataType.`);
    const number = order.jobOrderID ?? '';
    const isNew = name !== 'Update';
    if (isNew && number !== '') {
      return refused(
        visit,
        `The plant numbers its orders: leave JobOrderID empty, and find the number in JobOrderList.`,
      );
    }
    if (!isNew && !/^\d{1,9}$/.test(number))
      return refused(visit, 'Update wants the number of an order as JobOrderID.');
    const [master] = order.workMasterID ?? [];
    const variant = master?.ID;
    const parameter = order.jobOrderParameters?.find(({ ID }) => ID === 'Quantity');
    const quantity = parameter?.value?.value as number | undefined;
    const { endTime, priority } = order;
    const due = endTime && Math.ceil((endTime.getTime() - visit.startMs) / 1000);
    const value = {
      ...(!isNew && { number: Number(number) }),
      ...(variant && { variant }),
      ...(quantity !== undefined && { quantity }),
      ...(due && due > 0 && { due }),
      ...(priority && { priority }),
    };
    return answer(visit, { id: randomUUID(), target: `${id}.${name}`, value: JSON.stringify(value) });
  },
});

async function answer(visit: Visit, request: Parameters<Visit['command']>[0]): Promise<Outcome> {
  const outcome = outcomeOf(await visit.command(request));
  return { ...outcome, outputs: [scalar(DataType.UInt64, NO_ERROR)] };
}

function refused(visit: Visit, reason: string): Outcome {
  visit.refused('job order', reason);
  return { status: StatusCodes.BadInvalidArgument, reason };
}
