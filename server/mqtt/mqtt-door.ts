import type { IncomingMessage } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';
import type { Doorkeeper, Principal } from '#server/cells/live-cell.ts';
import { AppError } from '#server/errors.ts';
import { Bridge } from './bridge/bridge.ts';
import type { BridgeAddress } from './bridge/bridge-url.ts';
import type { BrokerLog } from './broker-log.ts';
import { CellBrokers } from './cell-brokers.ts';
import { Greeter } from './greeting.ts';
import { type MqttLimits, mqttLimits } from './limits.ts';
import { WebSocketDoor } from './websocket-door.ts';

const TCP_KEEPALIVE_MS = 60_000;

export interface MqttDoorOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** MQTT over TLS on a port of its own; certificate (with its chain) and key in PEM. */
  readonly tls?: { readonly port: number; readonly cert: string; readonly key: string };
  readonly doorkeeper: Doorkeeper;
  readonly log: BrokerLog;
  readonly limits?: Partial<MqttLimits>;
  /** A broker outside that is told what the lines say. */
  readonly bridge?: BridgeAddress | undefined;
  /** Milliseconds, for rates and ages only. */
  readonly now?: () => number;
}

export interface MqttDoor {
  readonly port: number;
  readonly tlsPort: number | undefined;
  /** Brokers in memory: one for each cell that has clients, or something kept for them. */
  readonly brokers: number;
  /** MQTT over WebSocket. `principal` is whom the cookie of the upgrade stands for, if there was one. */
  handleUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer, principal?: Principal): void;
  /** Forgets sessions that nobody came back to in time; done by itself every minute. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens MQTT 3.1.1 for all cells on one port. Each client is led to the broker of its own cell, so that topics and client
 * ids of different cells never meet.
 */
export async function startMqttDoor(options: MqttDoorOptions): Promise<MqttDoor> {
  const { host, port, doorkeeper, log, now = () => performance.now() } = options;
  const limits = { ...mqttLimits, ...options.limits };
  const bridge = options.bridge && new Bridge({ address: options.bridge, limits, now, log });
  const brokers = new CellBrokers({ limits, now, log, bridge });
  const greeter = new Greeter({ doorkeeper, brokers, limits, log, now });
  const websockets = new WebSocketDoor(limits);
  const streams = new Set<Duplex>();

  const welcome = (conn: Duplex, from = 'somewhere', cookie?: Principal) => {
    streams.add(conn);
    conn.on('error', () => {}).once('close', () => streams.delete(conn));
    greeter.greet(conn, from, cookie).catch((error: unknown) => {
      log.error({ err: error, from }, 'an MQTT connection could not be opened');
      conn.destroy();
    });
  };
  const server = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: TCP_KEEPALIVE_MS });
  server.on('connection', (socket: Socket) => welcome(socket, socket.remoteAddress));
  await listen(server, host, port);
  const secure = options.tls && openTls(options.tls, limits, welcome);
  try {
    if (secure && options.tls) await listen(secure, host, options.tls.port);
    if (options.bridge) mustLeadOutside(options.bridge, host, [server, secure]);
  } catch (error) {
    server.close();
    secure?.close();
    throw error;
  }
  return {
    port: portOf(server),
    tlsPort: secure && portOf(secure),
    get brokers() {
      return brokers.size;
    },
    handleUpgrade: (req, socket, head, principal) =>
      websockets.upgrade(req, socket, head, (stream) => welcome(stream, req.socket.remoteAddress, principal)),
    sweep: () => brokers.sweep(),
    async close() {
      const closed = [server, secure].map(
        (each) => new Promise((resolve) => (each ? each.close(resolve) : resolve(0))),
      );
      await Promise.all([bridge?.close(), brokers.close()]);
      for (const stream of streams) stream.destroy();
      websockets.close();
      await Promise.all(closed);
    },
  };
}

/** A bridge to this door would keep every line awake that it ever told of, and be refused all that it says. */
function mustLeadOutside({ url, shown }: BridgeAddress, host: string, doors: readonly (Server | undefined)[]): void {
  const { hostname, port } = new URL(url);
  const isHere = ['localhost', '127.0.0.1', '[::1]', host].includes(hostname);
  if (!isHere || !doors.some((door) => door && String(portOf(door)) === port)) return;
  const what = `VERKSTAD_MQTT_BRIDGE_URL leads to this server itself: ${shown}.`;
  throw new AppError('bad_bridge', what, 'Give the address of another broker.', 500);
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** Who does not finish the handshake in time is closed, as one who says no CONNECT is. */
function openTls(
  { cert, key }: NonNullable<MqttDoorOptions['tls']>,
  { connectMs }: MqttLimits,
  welcome: (conn: Duplex, from?: string) => void,
): Server {
  const server = createTlsServer({ cert, key, minVersion: 'TLSv1.2', handshakeTimeout: connectMs, noDelay: true });
  server.on('secureConnection', (socket) => welcome(socket, socket.remoteAddress));
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  return server;
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen(port, host, resolve);
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return error;
  const why = error.code === 'EADDRINUSE' ? 'is in use' : 'may not be opened';
  const hint =
    'Stop the other program (a local mosquitto?), or set VERKSTAD_MQTT_PORT (with TLS VERKSTAD_MQTTS_PORT) to a free port.';
  return new AppError('mqtt_port', `MQTT port ${port} on ${host} ${why}.`, hint, 500);
}
