import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Doorkeeper } from '#server/cells/live-cell.ts';

/** Where `verkstad connect` comes for OPC UA. MQTT needs no way of its own: it has `/mqtt`. */
export const TUNNEL_PATH = '/connect/opcua';
const SUBPROTOCOL = 'opcua-tcp';
const FRAME_BYTES = 1_048_576;
const WAITING_BYTES = 1_048_576;
const TUNNELS_PER_PARTICIPANT = 10;
const SIGN_INS_AT_ONCE = 200;

export interface TunnelOptions {
  readonly doorkeeper: Doorkeeper;
  /** The OPC UA server of this process. */
  readonly opcua: { readonly host: string; readonly port: number };
}

/**
 * OPC UA over the web port: the bytes of a TCP connection in the binary frames of a WebSocket. Whoever comes gives user
 * name and key as HTTP Basic, and signs in to OPC UA all the same. Pages of browsers are refused, whatever their origin.
 */
export class TunnelDoor {
  private readonly open = new Map<string, number>();
  private readonly sockets = new Set<WebSocket>();
  private signIns = 0;
  private readonly server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: FRAME_BYTES,
    handleProtocols: () => SUBPROTOCOL,
  });

  constructor(private readonly options: TunnelOptions) {}

  async upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (req.headers.origin !== undefined) {
      answer(socket, 403, 'A page may not open a tunnel. Use verkstad connect.');
      return;
    }
    if (this.signIns >= SIGN_INS_AT_ONCE) {
      answer(socket, 503, 'Too many are signing in. Try again in a moment.');
      return;
    }
    this.signIns += 1;
    const participant = await this.admit(req).finally(() => (this.signIns -= 1));
    if (participant === undefined) {
      answer(socket, 401, 'The user name or the key is wrong.');
      return;
    }
    if ((this.open.get(participant) ?? 0) >= TUNNELS_PER_PARTICIPANT) {
      answer(socket, 429, `At most ${TUNNELS_PER_PARTICIPANT} connections at one time.`);
      return;
    }
    if (socket.destroyed) return;
    this.count(participant, 1);
    socket.once('close', () => this.count(participant, -1));
    this.server.handleUpgrade(req, socket, head, (websocket) => this.join(websocket));
  }

  close(): void {
    for (const socket of this.sockets) socket.terminate();
    this.server.close();
  }

  private async admit({ headers }: IncomingMessage): Promise<string | undefined> {
    const [, basic] = /^Basic ([A-Za-z0-9+/=]{1,400})$/i.exec(headers.authorization ?? '') ?? [];
    if (basic === undefined) return undefined;
    const [userName, ...key] = Buffer.from(basic, 'base64').toString('utf8').split(':');
    const principal = await this.options.doorkeeper.admit(userName, key.join(':'));
    return principal?.participant;
  }

  private count(participant: string, change: 1 | -1): void {
    const left = (this.open.get(participant) ?? 0) + change;
    if (left > 0) this.open.set(participant, left);
    else this.open.delete(participant);
  }

  private join(websocket: WebSocket): void {
    this.sockets.add(websocket);
    const tcp = connect({ ...this.options.opcua, noDelay: true });
    joinSockets(websocket, tcp);
    websocket.once('close', () => this.sockets.delete(websocket));
  }
}

/** Passes bytes on in both directions; whoever does not take them stops the other, and the end of one ends the other. */
export function joinSockets(websocket: WebSocket, tcp: Duplex): void {
  websocket.on('message', (data, isBinary) => {
    if (!isBinary) websocket.close(1003, 'binary frames only');
    else if (!tcp.write(data)) websocket.pause();
  });
  tcp.on('drain', () => websocket.resume());
  tcp.on('data', (chunk: Buffer) => {
    websocket.send(chunk, { binary: true }, () => {
      if (tcp.isPaused() && websocket.bufferedAmount < WAITING_BYTES) tcp.resume();
    });
    if (websocket.bufferedAmount >= WAITING_BYTES) tcp.pause();
  });
  tcp.on('close', () => websocket.close());
  tcp.on('error', () => websocket.close());
  websocket.on('close', () => tcp.destroy());
  websocket.on('error', () => tcp.destroy());
}

const TITLES: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
};

function answer(socket: Duplex, status: number, detail: string): void {
  const title = TITLES[status];
  const body = JSON.stringify({ type: 'about:blank', title, status, code: 'no_tunnel', detail });
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
