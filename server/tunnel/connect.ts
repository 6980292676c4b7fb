import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { CliCommand, GivenArguments } from '#server/command-line.ts';
import { AppError } from '#server/errors.ts';
import { print } from '#server/print.ts';
import { joinSockets, TUNNEL_PATH } from './tunnel-door.ts';

const MOST_CONNECTIONS = 20;
const OPEN_WITHIN_MS = 10_000;

export interface TunnelTo {
  /** Of the page: `https://verkstad.example.org`. */
  readonly url: string;
  /** Participant id, or `participant.cell`. */
  readonly user: string;
  readonly key: string;
  /** On this machine; 0 takes any free one. */
  readonly opcuaPort: number;
  readonly mqttPort: number;
  readonly say: (line: string) => void;
}
export interface Tunnel {
  readonly opcuaPort: number;
  readonly mqttPort: number;
  close(): Promise<void>;
}

/** `verkstad connect`: OPC UA and MQTT of a server that can only be reached over its web port, as ports of this machine. */
export const connectCommand: CliCommand = {
  usage: 'connect URL --user ID --key KEY [--opcua-port 4840] [--mqtt-port 1883]',
  options: {
    user: { type: 'string' },
    key: { type: 'string' },
    'opcua-port': { type: 'string' },
    'mqtt-port': { type: 'string' },
  },
  async run(given) {
    const tunnel = await openTunnel({ ...whereTo(given), say: (line) => console.error(`verkstad: ${line}`) });
    print(
      [
        '',
        `  OPC UA   opc.tcp://127.0.0.1:${tunnel.opcuaPort}`,
        `  MQTT     mqtt://127.0.0.1:${tunnel.mqttPort}`,
        '',
        'Sign in with your user name and key as before. Stop with Ctrl+C.',
      ].join('\n'),
    );
    await new Promise<void>((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
    await tunnel.close();
  },
};

function whereTo(given: GivenArguments): Omit<TunnelTo, 'say'> {
  const { word } = given;
  if (!URL.canParse(word) || !/^https?:$/.test(new URL(word).protocol)) {
    throw given.wrong(`"${word}" is no address of a page`);
  }
  const page = new URL(word);
  const user = given.text('user') ?? decodeURIComponent(page.username);
  const key = given.text('key') ?? decodeURIComponent(page.password);
  if (user === '' || key === '') throw given.wrong('--user and --key are needed; the page shows both');
  const [opcuaPort, mqttPort] = [given.count('opcua-port', 4840), given.count('mqtt-port', 1883)];
  return { url: page.origin, user, key, opcuaPort, mqttPort };
}

/** Opens both ports on 127.0.0.1. Throws if a port is taken, or if the server does not let this key in. */
export async function openTunnel(to: TunnelTo): Promise<Tunnel> {
  await tryKey(to);
  const opcua = await openPort(to, to.opcuaPort, TUNNEL_PATH, 'opcua-tcp');
  const mqtt = await openPort(to, to.mqttPort, '/mqtt', 'mqtt').catch(async (error: unknown) => {
    await opcua.close();
    throw error;
  });
  return {
    opcuaPort: opcua.port,
    mqttPort: mqtt.port,
    async close() {
      await Promise.all([opcua.close(), mqtt.close()]);
    },
  };
}

function open({ url, user, key }: TunnelTo, path: string, subprotocol: string): WebSocket {
  return new WebSocket(new URL(path, url.replace(/^http/, 'ws')), subprotocol, {
    headers: { authorization: `Basic ${Buffer.from(`${user}:${key}`).toString('base64')}` },
    handshakeTimeout: OPEN_WITHIN_MS,
    perMessageDeflate: false,
  });
}

/** Opens one connection and closes it, so that a wrong key is said at the start and not to some other program. */
function tryKey(to: TunnelTo): Promise<void> {
  return new Promise((resolve, reject) => {
    const websocket = open(to, TUNNEL_PATH, 'opcua-tcp');
    websocket.once('open', () => {
      websocket.close();
      resolve();
    });
    websocket.once('unexpected-response', (request, { statusCode = 0 }) => {
      request.destroy();
      const isKey = statusCode === 401;
      const what = isKey ? 'The user name or the key is wrong.' : `${to.url} answers ${statusCode}.`;
      const hint = isKey ? 'Copy both from the page again.' : 'Give the address of a Verkstad page.';
      reject(new AppError('no_tunnel', what, hint));
    });
    websocket.on('error', ({ message }) => {
      reject(new AppError('no_tunnel', `${to.url} cannot be reached: ${message}.`, 'Is the address right?'));
    });
  });
}

async function openPort(to: TunnelTo, port: number, path: string, subprotocol: string) {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true, pauseOnConnect: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket));
    pass(socket, open(to, path, subprotocol), to.say);
  });
  server.maxConnections = MOST_CONNECTIONS;
  await listen(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function pass(socket: Socket, websocket: WebSocket, say: TunnelTo['say']): void {
  websocket.once('open', () => {
    joinSockets(websocket, socket);
    socket.resume();
  });
  websocket.on('error', ({ message }) => {
    say(`a connection could not be passed on: ${message}`);
    socket.destroy();
  });
  socket.once('close', () => websocket.terminate());
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ code, message }: NodeJS.ErrnoException) => {
      const what = code === 'EADDRINUSE' ? `Port ${port} is in use on this machine.` : message;
      reject(new AppError('port_in_use', what, 'Choose others with --opcua-port and --mqtt-port.'));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}
