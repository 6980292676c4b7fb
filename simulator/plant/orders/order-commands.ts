import { Refusal } from '#simulator/kernel/refusal.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { jsonObject, wholeNumber } from '#simulator/plant/command-argument.ts';
import { VARIANTS } from '#simulator/plant/parts/variants.ts';
import type { CommandSpec } from '#simulator/plant/station-type.ts';
import { text } from '#simulator/plant/texts.ts';
import type { OrderBook, OrderWish } from './order-book.ts';
import { type Order, ORDER_STATES, OrderState } from './order.ts';

const { NotAllowedToStart, AllowedToStart, Running, Interrupted, Ended, Aborted } = OrderState;
const MOST_PARTS = 200;
/** Seconds until an order is due that names no date. */
const USUAL_SLACK_S = 7200;
const LATEST_DUE_S = 4e9;
const USUAL_PRIORITY = 5;

/** From which states a command leads on: the methods of OPC 10031-4, 6.2.1.3 to 6.2.1.13. */
const FROM = {
  Start: [NotAllowedToStart],
  RevokeStart: [AllowedToStart],
  Update: [NotAllowedToStart, AllowedToStart],
  Cancel: [NotAllowedToStart, AllowedToStart],
  Pause: [Running],
  Resume: [Interrupted],
  Stop: [Running, Interrupted],
  Abort: [NotAllowedToStart, AllowedToStart, Running, Interrupted],
  Clear: [Ended, Aborted],
} as const;
type OrderCommand = keyof typeof FROM;

/** The order of that number, if its state allows the command. */
function orderFor(book: OrderBook, command: OrderCommand, number: unknown): Order {
  const order = book.get(number);
  const from: readonly number[] = FROM[command];
  if (from.includes(order.state)) return order;
  const allowed = from.map((state) => ORDER_STATES[state].en).join(' or ');
  throw new Refusal(
    `Order ${order.number} is in state ${ORDER_STATES[order.state].en}, which does not allow ${command}.`,
    `${command} is for an order in state ${allowed}.`,
  );
}

const EXAMPLE = '{"variant":"P1","quantity":12}';
const UPDATE_EXAMPLE = '{"number":7,"quantity":18}';
const newOrder = jsonObject('Order', 'The order', 'Ordern', EXAMPLE);
const orderNumber = wholeNumber('Number', 'The number of the order', 'Orderns nummer');

/** An object, or its JSON text where a door knows no objects. */
function objectOf(value: unknown, example: string): Readonly<Record<string, unknown>> {
  let given = value;
  if (typeof value === 'string') {
    try {
      given = JSON.parse(value) as unknown;
    } catch {
      // Said below.
    }
  }
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given as Record<string, unknown>;
  throw new Refusal(`${JSON.stringify(value)} describes no order.`, `Give an object such as ${example}.`, 'wrong_type');
}

function whole(what: string, value: unknown, low: number, high: number): number {
  const wanted = `Give a whole number from ${low} to ${high}.`;
  if (!Number.isInteger(value)) throw new Refusal(`${JSON.stringify(value)} is no ${what}.`, wanted, 'wrong_type');
  if (Number(value) >= low && Number(value) <= high) return Number(value);
  throw new Refusal(`${JSON.stringify(value)} is out of range for the ${what}.`, wanted, 'out_of_range');
}

/** The wish of an object; what it leaves out is as in `usual`. */
function wishOf(given: Readonly<Record<string, unknown>>, usual: Partial<OrderWish>, t: number): OrderWish {
  const { variant, quantity, due, priority, number: _, ...others } = given;
  const [strange] = Object.keys(others);
  if (strange !== undefined) {
    const known = 'variant, quantity, due and priority';
    throw new Refusal(`An order has no "${strange}".`, `It has ${known}.`, 'unknown_target');
  }
  const nowS = Math.ceil(t / SECOND);
  return {
    variant: variant === undefined && usual.variant !== undefined ? usual.variant : variantOf(variant),
    quantity:
      quantity === undefined && usual.quantity !== undefined
        ? usual.quantity
        : whole('quantity', quantity, 1, MOST_PARTS),
    dueS:
      due === undefined
        ? (usual.dueS ?? nowS + USUAL_SLACK_S)
        : whole('due time in seconds of plant time', due, nowS, LATEST_DUE_S),
    priority: priority === undefined ? (usual.priority ?? USUAL_PRIORITY) : whole('priority', priority, 1, 9),
  };
}

function variantOf(value: unknown): number {
  const found = VARIANTS.findIndex(({ name }) => name === value);
  if (found >= 0) return found;
  const known = VARIANTS.map(({ name }) => name).join(', ');
  throw new Refusal(`${JSON.stringify(value)} is no variant.`, `Give one of ${known}.`, 'out_of_range');
}

function refuseStarted(order: Order, command: OrderCommand): void {
  if (order.left > 0) return;
  throw new Refusal(
    `All ${order.quantity} parts of order ${order.number} are started, so ${command} would hold nothing back.`,
    'Hold the stations where its parts are, or let it end.',
  );
}

/** What the book of a station obeys. Commands on one order take its number as their value. */
export function orderCommands<S>(of: (self: S) => OrderBook): Readonly<Record<string, CommandSpec<S>>> {
  const store = (s: S, t: number, value: unknown): Order => of(s).store(wishOf(objectOf(value, EXAMPLE), {}, t), t);
  const on =
    (command: OrderCommand, act: (book: OrderBook, order: Order, t: number) => void) =>
    (s: S, t: number, value: unknown): void =>
      act(of(s), orderFor(of(s), command, value), t);
  return {
    Store: {
      wants: newOrder,
      obey: store,
      ...text(
        'Store an order: {variant, quantity, due?, priority?}',
        'Lagra en order: {variant, quantity, due?, priority?}',
      ),
    },
    StoreAndStart: {
      wants: newOrder,
      obey: (s, t, value) => of(s).release(store(s, t, value), t),
      ...text(
        'Store and start: {variant, quantity, due?, priority?}',
        'Lagra och starta: {variant, quantity, due?, priority?}',
      ),
    },
    Start: {
      wants: orderNumber,
      obey: on('Start', (book, order, t) => book.release(order, t)),
      ...text('Allow an order to start', 'Låt en order starta'),
    },
    RevokeStart: {
      wants: orderNumber,
      obey: on('RevokeStart', (_, order) => {
        order.state = NotAllowedToStart;
      }),
      ...text('Revoke start: no longer allow an order to start', 'Återkalla start: en order får inte längre starta'),
    },
    Update: {
      wants: jsonObject('Order', 'The order and what changes', 'Ordern och det som ändras', UPDATE_EXAMPLE),
      obey(s, t, value) {
        const given = objectOf(value, UPDATE_EXAMPLE);
        const order = orderFor(of(s), 'Update', given.number);
        const { variant, quantity, dueS, priority } = order;
        Object.assign(order, wishOf(given, { variant, quantity, dueS, priority }, t));
      },
      ...text(
        'Update: {number, variant?, quantity?, due?, priority?} of an order that has not begun',
        'Ändra: {number, variant?, quantity?, due?, priority?} för en order som inte har börjat',
      ),
    },
    Pause: {
      wants: orderNumber,
      obey: on('Pause', (_, order) => {
        refuseStarted(order, 'Pause');
        order.state = Interrupted;
      }),
      ...text(
        'Pause: start no more parts of an order for now',
        'Pausa: påbörja tills vidare inga fler detaljer i en order',
      ),
    },
    Resume: {
      wants: orderNumber,
      obey: on('Resume', (_, order) => {
        order.state = Running;
      }),
      ...text('Resume: go on with an interrupted order', 'Fortsätt: med en order som avbrutits tills vidare'),
    },
    Stop: {
      wants: orderNumber,
      obey: on('Stop', (book, order, t) => book.end(order, t)),
      ...text(
        'Stop: end an order as it is; its parts on the line are finished',
        'Avsluta: en order som den är; dess detaljer på linan görs färdiga',
      ),
    },
    Abort: {
      wants: orderNumber,
      obey: on('Abort', (book, order, t) => book.abort(order, t)),
      ...text('Give an order up', 'Ge upp en order'),
    },
    Cancel: {
      wants: orderNumber,
      obey: on('Cancel', (book, order, t) => book.drop(order, t)),
      ...text('Cancel: take back an order that has not begun', 'Ta tillbaka: en order som inte har börjat'),
    },
    Clear: {
      wants: orderNumber,
      obey: on('Clear', (book, order, t) => {
        if (order.inPlant > 0) {
          throw new Refusal(
            `${order.inPlant} parts of order ${order.number} are still on the line.`,
            'Clear it once they have left.',
          );
        }
        book.drop(order, t);
      }),
      ...text('Clear: forget an order that is over', 'Rensa: glöm en order som är över'),
    },
  };
}
