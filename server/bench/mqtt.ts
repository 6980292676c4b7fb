import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Aedes, type PublishPacket } from 'aedes';
import type { GivenArguments } from '#server/command-line.ts';
import { Broadcast } from '#server/mqtt/broadcast.ts';
import { mqttLimits } from '#server/mqtt/limits.ts';
import { startMqttDoor } from '#server/mqtt/mqtt-door.ts';
import { matches } from '#server/mqtt/topic-filter.ts';
import { topicTableOf } from '#server/mqtt/topic-table.ts';
import type { Model } from '#simulator/cell/model.ts';
import type { Row } from './measure.ts';
import { type MqttClientsCount, type MqttClientsOrder, type Question, runMqttClients } from './mqtt-clients.ts';
import { wireCells } from './wire-cells.ts';

const UNWATCHED_CELLS = 1000;
const SETTLE_MS = 1000;
/** One message a second of each station that is watched; the screen gets them as the product sends them. */
const STATION_MS = 1000;
const RAMP = 1.25;
const MOST_CLIENTS = 6000;
const RAMP_MS = 240_000;
const MOST_P99_MS = 50;

interface Load {
  readonly clients: number;
  /** Signals that each client watches, in the messages of so many stations as have them together. */
  readonly items: number;
  /** Instead, what the screen of the workspace follows. */
  readonly isScreen: boolean;
  readonly seconds: number;
}

/**
 * Clients over WebSocket in a second process, each on a cell of its own, who get the message of the largest station every
 * second. No station has 250 signals: `--items 250` is the messages of as many stations as have them together, one each
 * second; `--screen` is what a workspace follows with an inspector open, at the rates of the product. Latency is from the
 * instant whose values a station message tells to its arrival. Then the same with one more client that reads nothing while
 * it is sent much; and cells whose clients subscribe to nothing. CPU and memory are those of the process of the server,
 * with its cells. `--ramp` goes on with more clients as long as every message arrives, and in time: `beyond.` is the first
 * number of them for which that was not so. It ends after four minutes and at 6,000 clients.
 */
export async function benchMqtt(given: GivenArguments): Promise<Row[]> {
  if (given.text('role') === 'clients') return runMqttClients();
  const load: Load = {
    clients: given.count('clients', 300),
    items: given.count('items', 1),
    isScreen: given.flag('screen'),
    seconds: given.number('seconds', 30),
  };
  const rows = given.flag('ramp') ? await ramp(load) : await watched(load);
  return [...rows, ...(await unwatched(load.seconds))];
}

async function ramp(load: Load): Promise<Row[]> {
  const endMs = performance.now() + RAMP_MS;
  let rows = await watched(load);
  while (holds(rows) && performance.now() < endMs) {
    const clients = Math.min(MOST_CLIENTS, Math.ceil(valueOf(rows, 'clients') * RAMP));
    if (clients === valueOf(rows, 'clients')) break;
    const next = await watched({ ...load, clients });
    if (!holds(next)) {
      const beyond = next.filter(({ measure }) => !/^(stalled|plants)\./.test(measure));
      return [...rows, ...beyond.map((row) => ({ ...row, measure: `beyond.${row.measure}` }))];
    }
    rows = next;
  }
  return rows;
}

const valueOf = (rows: readonly Row[], name: string): number =>
  rows.find(({ measure }) => measure === name)?.value ?? NaN;

const holds = (rows: readonly Row[]): boolean =>
  valueOf(rows, 'deliveredRatio') === 1 && valueOf(rows, 'p99Ms') <= MOST_P99_MS;

async function watched({ clients, items, isScreen, seconds }: Load): Promise<Row[]> {
  const filtersOf = (model: Model) => (isScreen ? screenOf(model) : stationsOf(model, items).map(({ topic }) => topic));
  const server = await openServer(clients, filtersOf, isScreen ? undefined : STATION_MS);
  const { cells, child, published } = server;
  const signals = stationsOf(cells.model, items).reduce((sum, station) => sum + station.signals.length, 0);
  const measured = async (prefix: string): Promise<Row[]> => {
    await server.settle();
    await child.ask('begin');
    published.count = 0;
    cells.isRunning = true;
    const { corePercent, wallMs } = await cpuOf(seconds);
    const { rss } = process.memoryUsage();
    await server.settle();
    const { messages, p50Ms, p99Ms } = await child.ask('count');
    return [
      { measure: `${prefix}deliveredRatio`, value: messages / published.count, unit: '1' },
      { measure: `${prefix}corePercent`, value: corePercent, unit: '%' },
      { measure: `${prefix}rssMb`, value: rss / 1e6, unit: 'MB' },
      { measure: `${prefix}p50Ms`, value: p50Ms, unit: 'ms' },
      { measure: `${prefix}p99Ms`, value: p99Ms, unit: 'ms' },
      { measure: `${prefix}messagesPerSecond`, value: (published.count / wallMs) * 1000, unit: '1/s' },
    ];
  };
  try {
    const plants = await cpuOf(seconds);
    await child.open();
    const alone = await measured('');
    await child.tell('stall');
    const beside = await measured('stalled.');
    return [
      { measure: 'clients', value: clients, unit: '1' },
      { measure: 'signalsPerClient', value: signals, unit: '1' },
      { measure: 'plants.corePercent', value: plants.corePercent, unit: '%' },
      ...alone,
      ...beside,
    ];
  } finally {
    await server.close();
  }
}

/** What brokers cost whose clients subscribe to nothing: beside that of the same cells without clients. */
async function unwatched(seconds: number): Promise<Row[]> {
  const server = await openServer(UNWATCHED_CELLS, () => []);
  const { cells, child, published } = server;
  try {
    const plants = await cpuOf(seconds);
    await child.open();
    await cpuOf(1);
    published.count = 0;
    const { corePercent } = await cpuOf(seconds);
    const topics = topicTableOf(cells.model, cells.model.definition.topicPrefix).topics.length;
    return [
      { measure: 'unwatched.cells', value: UNWATCHED_CELLS, unit: '1' },
      { measure: 'unwatched.topicsPerCell', value: topics, unit: '1' },
      { measure: 'unwatched.messages', value: published.count, unit: '1' },
      { measure: 'unwatched.plants.corePercent', value: plants.corePercent, unit: '%' },
      { measure: 'unwatched.corePercent', value: corePercent, unit: '%' },
    ];
  } finally {
    await server.close();
  }
}

async function openServer(
  count: number,
  filtersOf: (model: Model) => readonly string[],
  stationMs: number = mqttLimits.stationMs,
) {
  const cells = wireCells(count);
  const filters = filtersOf(cells.model);
  const published = countPublished(filters);
  const door = await startMqttDoor({
    ...{ host: '127.0.0.1', port: 0, doorkeeper: cells.doorkeeper },
    // The flood of the stalled client is the bench's own.
    limits: { stationMs, bytesPerSecond: 4 * mqttLimits.bytesPerSecond },
    log: { info() {}, warn: console.error, error: console.error },
  });
  const http = createServer().on('upgrade', (req, socket, head) => door.handleUpgrade(req, socket, head));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/mqtt`;
  const child = clientsProcess({ url, users: cells.users, filters });
  return {
    ...{ cells, child, published },
    async settle() {
      cells.isRunning = false;
      await pause(SETTLE_MS);
    },
    async close() {
      await child.end();
      cells.close();
      published.stop();
      await door.close();
      http.closeAllConnections();
      http.close();
    },
  };
}

function clientsProcess(order: MqttClientsOrder) {
  const child = fork(process.argv[1], ['bench', 'mqtt', '--role', 'clients'], {
    stdio: ['ignore', 'ignore', 2, 'ipc'],
  });
  const answer = async (question: Question | MqttClientsOrder): Promise<unknown> => {
    child.send(question);
    return ((await once(child, 'message')) as unknown[])[0];
  };
  return {
    open: () => answer(order),
    tell: (question: 'stall') => answer(question),
    ask: (question: 'begin' | 'count') => answer(question) as Promise<MqttClientsCount>,
    async end() {
      if (child.connected) child.send('end');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

/** What the screen of a workspace follows: clock, states, what moves, and the station of its inspector. */
function screenOf(model: Model): string[] {
  const { topicPrefix } = model.definition;
  const [{ topic }] = stationsOf(model, 1);
  return [...['Clock', '+/State/Current', 'motion', 'motion/snapshot'].map((rest) => `${topicPrefix}/${rest}`), topic];
}

/** The largest stations, as many as are needed for so many signals. */
function stationsOf(model: Model, items: number) {
  const { topics } = topicTableOf(model, model.definition.topicPrefix);
  const stations = topics.flatMap((topic) => (topic.kind === 'station' ? [topic] : []));
  const sorted = stations
    .map(({ topic, station }) => ({ topic, signals: station.signals }))
    .sort((a, b) => b.signals.length - a.signals.length);
  let left = items;
  return sorted.filter(({ signals }) => {
    const isWanted = left > 0;
    left -= signals.length;
    return isWanted;
  });
}

/** CPU time of this process as a share of one core, over so many seconds. */
async function cpuOf(seconds: number): Promise<{ corePercent: number; wallMs: number }> {
  const [before, startMs] = [process.cpuUsage(), performance.now()];
  await pause(seconds * 1000);
  const { user, system } = process.cpuUsage(before);
  const wallMs = performance.now() - startMs;
  return { corePercent: (user + system) / 10 / wallMs, wallMs };
}

/** How many messages the brokers were given that these filters match (any, if there are none): as many have to arrive. */
function countPublished(filters: readonly string[]): { count: number; stop(): void } {
  /* eslint-disable @typescript-eslint/unbound-method -- called with their own `this` below */
  const { publish } = Aedes.prototype;
  const { send } = Broadcast.prototype;
  /* eslint-enable */
  const counted = {
    count: 0,
    stop() {
      Aedes.prototype.publish = publish;
      Broadcast.prototype.send = send;
    },
  };
  const known = new Map<string, boolean>();
  const isWanted = (topic: string) =>
    filters.length > 0 ? filters.some((filter) => matches(filter, topic)) : !topic.startsWith('$');
  const note = (topic: string) => {
    const isCounted = known.get(topic) ?? isWanted(topic);
    known.set(topic, isCounted);
    if (isCounted) counted.count += 1;
  };
  Aedes.prototype.publish = function (this: Aedes, packet: PublishPacket, ...given: never[]) {
    note(packet.topic);
    Reflect.apply(publish, this, [packet, ...given]);
  };
  Broadcast.prototype.send = function (this: Broadcast, ...given) {
    note(given[0]);
    Reflect.apply(send, this, given);
  };
  return counted;
}
