import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { expect, onTestFinished, vi } from 'vitest';
import type { EvidenceEntry } from '#contract/evidence.ts';
import type { HistoryRequest, HistoryResult } from '#contract/history.ts';
import type { Principal } from '#server/cells/live-cell.ts';
import type { LocalCell } from '#server/cells/local-cell.ts';
import { readBridgeUrl } from '#server/mqtt/bridge/bridge-url.ts';
import { readAuthorities } from '#server/tls-files.ts';
import type { MqttLimits } from '#server/mqtt/limits.ts';
import { type MqttDoor, startMqttDoor } from '#server/mqtt/mqtt-door.ts';
import type { Model } from '#simulator/cell/model.ts';
import { doorkeeperForTest, liveCellForTest, pumpLine } from './live-cell-for-test.ts';
import { type TestClock, testClock } from './test-clock.ts';

export interface Received {
  readonly topic: string;
  readonly text: string;
  readonly bytes: Buffer;
  readonly retain: boolean;
  readonly qos: number;
}

/** A connected mqtt.js client that remembers what it got. */
export interface Listener {
  readonly client: MqttClient;
  readonly got: Received[];
  /** Newest payload of a topic, parsed. */
  readonly json: (topic: string) => Record<string, unknown> | undefined;
}

export interface MqttLine {
  readonly door: MqttDoor;
  readonly wall: TestClock;
  /** ISA-95 path of the line. */
  readonly prefix: string;
  readonly cells: Readonly<Record<string, LocalCell>>;
  readonly evidence: Readonly<Record<string, EvidenceEntry[]>>;
  readonly log: string[];
  /** WebSocket address; `cookieOf` names whom the next upgrades stand for. */
  readonly webSocketUrl: string;
  cookieOf: string | undefined;
  options(participant: string, more?: IClientOptions): IClientOptions;
  connect(participant: string, more?: IClientOptions & { url?: string }): Promise<Listener>;
}

/** Waits for a check to hold; patiently, for the machine may be busy with other things. */
export const until = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 20_000, interval: 10 });

/** Moves the line on, and lets what it publishes get through meanwhile. */
export async function pass(line: MqttLine, ms: number, stepMs = 500): Promise<void> {
  for (let left = ms; left > 0; left -= stepMs) {
    line.wall.forward(Math.min(left, stepMs));
    for (let k = 0; k < 3; k++) await new Promise(setImmediate);
  }
}

/** Runs at x100 from now on: for that the cell must be behind the present, so it stands still for a while first. */
export async function race(line: MqttLine, participant: string, behindMs = 3_600_000): Promise<void> {
  const cell = line.cells[participant];
  const actor = { actor: participant, via: 'http' } as const;
  await cell.setSpeed({ paused: true }, actor);
  line.wall.leap(behindMs);
  await cell.setSpeed({ paused: false, speed: 100 }, actor);
}

/** Waits until a client has heard all that was on its way: a message of its own comes back behind it. */
export async function settle({ client, got }: Listener): Promise<void> {
  const topic = `lab/settle/${Math.random().toString(36).slice(2)}`;
  await client.subscribeAsync(topic, { qos: 1 });
  await client.publishAsync(topic, 'now', { qos: 1 });
  await until(() => expect(got.some((one) => one.topic === topic)).toBe(true));
  got.splice(0, got.length, ...got.filter((one) => one.topic !== topic));
  await client.unsubscribeAsync(topic);
}

/** Waits until all that `#` finds retained has come: `limits` is the last. */
export async function seenAll({ got }: Listener): Promise<void> {
  await until(() => expect(got.some(({ topic }) => topic.endsWith('/limits'))).toBe(true));
}

interface LineOptions {
  readonly limits?: Partial<MqttLimits>;
  readonly model?: Model;
  /** Cells of some participants that are of another model. */
  readonly models?: Readonly<Record<string, Model>>;
  /** Team mates: whose cell they share. */
  readonly mates?: Readonly<Record<string, string>>;
  readonly history?: (request: HistoryRequest, participant: string) => Promise<HistoryResult>;
  readonly wall?: TestClock;
  readonly tls?: { readonly cert: string; readonly key: string };
  /** A broker outside, as `VERKSTAD_MQTT_BRIDGE_URL` names it. */
  readonly bridge?: string;
  /** A PEM file of authorities that it may trust. */
  readonly bridgeCa?: string;
  /** Rates and ages by real time instead of the test's. */
  readonly now?: () => number;
}

export const keyOf = (participant: string): string => `key-of-${participant}`;

/** A real door before real cells, one for each participant, all on one wall clock; closed when the test is over. */
export async function mqttLine(
  participants: readonly string[],
  {
    limits = {},
    model = pumpLine(),
    models = {},
    mates = {},
    history,
    tls,
    bridge,
    bridgeCa,
    wall = testClock(),
    now = wall.now,
  }: LineOptions = {},
): Promise<MqttLine> {
  const made = participants.map((participant, k) => {
    const more = history ? { history } : {};
    return {
      participant,
      ...liveCellForTest({
        ...{ id: `c-${participant}`, seed: 7 + k, wall, model: models[participant] ?? model },
        ...more,
      }),
    };
  });
  const cellOf = (participant: string) => made.find((one) => one.participant === participant)!.cell;
  const everyone = [
    ...participants.map((participant) => ({ participant, cell: cellOf(participant) })),
    ...Object.entries(mates).map(([participant, mate]) => ({ participant, cell: cellOf(mate) })),
  ];
  const doorkeeper = doorkeeperForTest(everyone.map((one) => ({ ...one, key: keyOf(one.participant) })));
  const log: string[] = [];
  const write = (what: object, message: string) => void log.push(`${message} ${JSON.stringify(what)}`);
  const door = await startMqttDoor({
    ...{ host: '127.0.0.1', port: 0, doorkeeper, limits, now },
    ...(tls && { tls: { ...tls, port: 0 } }),
    ...(bridge !== undefined && {
      bridge: { ...readBridgeUrl(bridge), ...(bridgeCa !== undefined && { trust: { ca: readAuthorities(bridgeCa) } }) },
    }),
    log: { info: write, warn: write, error: write },
  });
  const clients: MqttClient[] = [];
  const http = createServer();
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const httpPort = (http.address() as AddressInfo).port;

  const line: MqttLine = {
    ...{ door, wall, log, prefix: model.definition.topicPrefix, cookieOf: undefined },
    cells: Object.fromEntries(made.map(({ participant, cell }) => [participant, cell])),
    evidence: Object.fromEntries(made.map(({ participant, kept }) => [participant, kept.evidence])),
    webSocketUrl: `ws://127.0.0.1:${httpPort}/mqtt`,
    options: (participant, more = {}) => ({
      ...{ username: participant, password: keyOf(participant), reconnectPeriod: 0, connectTimeout: 10_000 },
      ...more,
    }),
    async connect(participant, { url = `mqtt://127.0.0.1:${door.port}`, ...more } = {}) {
      const client = mqtt.connect(url, line.options(participant, more));
      clients.push(client);
      const got: Received[] = [];
      client.on('message', (topic, payload, { retain, qos }) =>
        got.push({ topic, text: payload.toString(), bytes: payload, retain, qos }),
      );
      await new Promise<void>((resolve, reject) => {
        client.once('connect', () => resolve()).once('error', reject);
        client.once('close', () => reject(new Error('closed before it was connected')));
      });
      client.on('error', () => {});
      const json = (topic: string) => {
        const found = got.findLast((one) => one.topic === topic);
        return found && (JSON.parse(found.text) as Record<string, unknown>);
      };
      return { client, got, json };
    },
  };
  http.on('upgrade', (req, socket, head) => {
    const found = made.find(({ participant }) => participant === line.cookieOf);
    const principal: Principal | undefined = found && { participant: found.participant, cell: found.cell };
    door.handleUpgrade(req, socket, head, principal);
  });
  onTestFinished(async () => {
    for (const client of clients) client.end(true);
    await door.close();
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  });
  return line;
}
