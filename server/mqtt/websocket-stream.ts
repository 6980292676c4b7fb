import { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

const HIGH_WATER_BYTES = 16_384;

/**
 * The bytes of MQTT over a WebSocket. Whatever is written while the one before is on its way goes out as one frame: the
 * stream that comes with `ws` sends five for each message. Packets need not align with frames [MQTT-6.0.0-2].
 */
export function websocketStream(socket: WebSocket): Duplex {
  const send = (bytes: Buffer, done: (error?: Error | null) => void) => {
    if (socket.readyState === socket.OPEN) socket.send(bytes, { binary: true }, (error) => done(error ?? null));
    else done(new Error('the WebSocket is closed'));
  };
  const stream = new Duplex({
    readableHighWaterMark: HIGH_WATER_BYTES,
    writableHighWaterMark: HIGH_WATER_BYTES,
    read: () => {
      if (socket.isPaused) socket.resume();
    },
    write: (chunk: Buffer, _encoding, done) => send(chunk, done),
    writev: (chunks, done) => send(Buffer.concat(chunks.map(({ chunk }) => chunk as Buffer)), done),
    final: (done) => {
      socket.close();
      done();
    },
    destroy: (error, done) => {
      socket.terminate();
      done(error);
    },
  });
  socket.on('message', (data, isBinary) => {
    // [MQTT-6.0.0-1]
    if (!isBinary) return stream.destroy(new Error('a text frame; MQTT needs binary ones'));
    if (!stream.push(data)) socket.pause();
  });
  socket.on('close', () => {
    stream.push(null);
    stream.destroy();
  });
  socket.on('error', (error) => stream.destroy(error));
  return stream;
}
