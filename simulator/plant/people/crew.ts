import { HOUR, NEVER, SECOND } from '#simulator/kernel/time.ts';
import type { Document } from '#simulator/plant/capture.ts';
import { jsonObject, named, oneOf, wholeNumber } from '#simulator/plant/command-argument.ts';
import { held, signal } from '#simulator/plant/signal.ts';
import { stationType } from '#simulator/plant/station-type.ts';
import { text } from '#simulator/plant/texts.ts';
import { type Crew, crewFields, present } from './crew-team.ts';
import { cancelOrder, createOrder, goRound } from './maintenance.ts';
import { KINDS, ORDER_STATES, PLACES } from './work-orders.ts';

/** People who repair machines, first come, first served, and service them when that disturbs least. */
export const crew = stationType('crew', {
  fields: crewFields,
  start(s, t) {
    if (s.rounds > 0) s.look.at(t + s.rounds);
  },
  on: { look: goRound },
  commands: {
    CreateWorkOrder: {
      obey: (s, t, value) => createOrder(s, value, t),
      wants: jsonObject(
        'Order',
        'The station and the kind of work',
        'Stationen och slaget av arbete',
        '{"station":"ST03","kind":"preventive","dueH":8}',
      ),
      ...text(
        'Ask for planned work: {station, kind, dueH}, or "ST03 preventive"',
        'Beställ planerat arbete: {station, kind, dueH}, eller "ST03 preventive"',
      ),
    },
    CancelWorkOrder: {
      obey: (s, t, value) => cancelOrder(s, value, t),
      wants: wholeNumber('Number', 'The number of the work order', 'Arbetsorderns nummer'),
      ...text('Cancel work order: an open one, by number', 'Avbryt arbetsorder: en öppen, med nummer'),
    },
    OrderSpare: {
      obey: (s, t, value) => s.spares.order(value, t),
      wants: (s) => oneOf('Spare', 'The spare', 'Reservdelen', named(s.spares.kinds.map(({ name }) => name))),
      ...text('Order spare: a lot of it, by name', 'Beställ reservdel: ett parti, med namn'),
    },
  },
  signals: (s) => [
    held('People.Present', '1', () => present(s), {
      ...text('People of the crew at work in this shift', 'Personer i laget som arbetar detta skift'),
      range: [0, 100],
    }),
    held('People.Busy', '1', () => s.busy.rate, {
      ...text('People on a job', 'Personer som har ett arbete'),
      range: [0, 100],
    }),
    held('Calls.Waiting', '1', () => s.calls.length, {
      ...text('Failures that wait for somebody', 'Fel som väntar på någon'),
      range: [0, 32],
    }),
    signal('Work.Total', 'h', (t) => s.busy.at(t) / HOUR, {
      ...text('Working hours since the start', 'Arbetstimmar sedan start'),
      range: [0, 1e6],
      scanS: 10,
    }),
    held('Orders.Live', '1', () => s.orders.live(() => true), {
      ...text('Work orders that are not done', 'Arbetsorder som inte är klara'),
      range: [0, PLACES],
    }),
    held('Orders.Done', '1', () => s.orders.done, {
      ...text('Work orders done since the start', 'Klara arbetsorder sedan start'),
      range: [0, 4e9],
    }),
    ...s.spares.signals(),
  ],
  captures: (s) => [
    {
      name: 'WorkOrders',
      ...text('The newest work orders', 'De senaste arbetsorderna'),
      take: () => workOrderList(s),
    },
    {
      name: 'Spares',
      ...text('Spares in stock and on order', 'Reservdelar i lager och beställda'),
      take: () => spareList(s),
    },
  ],
});

const workOrderList = ({ orders, links }: Crew): Document => ({
  kind: 'document',
  content: {
    workOrders: orders.rows().map((row) => ({
      number: orders.number(row),
      station: links[orders.unit(row)].unit.path,
      kind: KINDS[orders.kind(row)],
      state: ORDER_STATES[orders.state(row)].en,
      person: orders.who(row) === 0 ? null : orders.who(row),
      askedS: orders.askedS(row),
      dueS: orders.dueS(row),
    })),
  },
});

const spareList = ({ spares }: Crew): Document => ({
  kind: 'document',
  content: {
    spares: spares.kinds.map(({ name, reorderAt, lot, leadUs, faults }, kind) => ({
      ...{ name, stock: spares.stock(kind), onOrder: spares.onOrder(kind) },
      comesS: spares.dueUs(kind) === NEVER ? null : Math.round(spares.dueUs(kind) / SECOND),
      ...{ reorderAt, lot, leadTimeH: leadUs / HOUR, faults },
    })),
  },
});
