import { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

const HIGH_WATER_BYTES = 16_384;
/** First byte of a frame: the last of its message, binary, no extensions (RFC 6455 clause 5.2). */
const WHOLE_BINARY = 0x82;

/**
 * The bytes of MQTT over a WebSocket. What it receives is read by `ws`; what is sent becomes frames here: whatever is
 * written together, or while the write before is on its way, is one frame and one write to the `socket` beneath, where the
 * stream that comes with `ws` makes five of each message. Packets need not align with frames [MQTT-6.0.0-2].
 */
export function websocketStream(websocket: WebSocket, socket: Duplex): Duplex {
  const send = (chunks: readonly Buffer[], done: (error?: Error | null) => void) => {
    if (websocket.readyState === websocket.OPEN) socket.write(frameOf(chunks), done);
    else done(new Error('the WebSocket is closed'));
  };
  const stream = new Duplex({
    readableHighWaterMark: HIGH_WATER_BYTES,
    writableHighWaterMark: HIGH_WATER_BYTES,
    read: () => {
      if (websocket.isPaused) websocket.resume();
    },
    write: (chunk: Buffer, _encoding, done) => send([chunk], done),
    writev: (chunks, done) =>
      send(
        chunks.map(({ chunk }) => chunk as Buffer),
        done,
      ),
    final: (done) => {
      websocket.close();
      done();
    },
    destroy: (error, done) => {
      websocket.terminate();
      done(error);
    },
  });
  websocket.on('message', (data, isBinary) => {
    // [MQTT-6.0.0-1]
    if (!isBinary) return stream.destroy(new Error('a text frame; MQTT needs binary ones'));
    if (!stream.push(data)) websocket.pause();
  });
  websocket.on('close', () => {
    stream.push(null);
    stream.destroy();
  });
  websocket.on('error', (error) => stream.destroy(error));
  return stream;
}

/** One frame, not masked, as a server sends them. The copy of some kilobytes is cheaper than a second write. */
function frameOf(chunks: readonly Buffer[]): Buffer {
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const headerBytes = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(headerBytes + length);
  frame[0] = WHOLE_BINARY;
  if (headerBytes === 2) frame[1] = length;
  else if (headerBytes === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  let at = headerBytes;
  for (const chunk of chunks) at += chunk.copy(frame, at);
  return frame;
}
