import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Problem } from '#contract/problem.ts';
import type { MqttLimits } from './limits.ts';
import { websocketStream } from './websocket-stream.ts';

const FRAME_OVERHEAD = 16;

/** Turns HTTP upgrades into streams of MQTT, MQTT 3.1.1 clause 6. */
export class WebSocketDoor {
  private readonly server: WebSocketServer;

  constructor({ packetBytes }: MqttLimits) {
    this.server = new WebSocketServer({
      noServer: true,
      perMessageDeflate: false,
      maxPayload: packetBytes + FRAME_OVERHEAD,
      handleProtocols: (offered) => (offered.has('mqtt') ? 'mqtt' : false),
    });
  }

  /** Answers 403 to pages of other origins: a browser sends its cookie along for them too. */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer, opened: (stream: Duplex) => void): void {
    const { origin } = req.headers;
    if (origin !== undefined && !isSameHost(origin, req.headers.host)) {
      answer(socket, {
        ...{ type: 'about:blank', title: 'Forbidden', status: 403, code: 'foreign_origin' },
        detail: `A page of ${origin.slice(0, 100)} may not open the line's MQTT.`,
        hint: `Use the page on ${req.headers.host ?? 'this server'}, or MQTT over TCP.`,
      });
      return;
    }
    if (!/(^|[\s,])mqtt($|[\s,])/.test(req.headers['sec-websocket-protocol'] ?? '')) {
      answer(socket, {
        ...{ type: 'about:blank', title: 'Bad Request', status: 400, code: 'no_subprotocol' },
        detail: 'The upgrade does not offer the WebSocket subprotocol "mqtt".',
        hint: 'Add the header Sec-WebSocket-Protocol: mqtt.',
      });
      return;
    }
    this.server.handleUpgrade(req, socket, head, (websocket) => opened(websocketStream(websocket, socket)));
  }

  close(): void {
    this.server.close();
  }
}

function isSameHost(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}

function answer(socket: Duplex, problem: Problem): void {
  const body = JSON.stringify(problem);
  socket.on('error', () => {});
  socket.end(
    `HTTP/1.1 ${problem.status} ${problem.title}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
