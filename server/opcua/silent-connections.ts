import type { Server } from 'node:net';
import type { OPCUAServerEndPoint } from 'node-opcua';

/** Within this time a client has to have opened a secure channel. */
const SPEAKS_WITHIN_MS = 10_000;
/** Hello and OpenSecureChannel together are never shorter (OPC 10000-6, 6.7.2 and 7.1.2). */
const LEAST_BYTES = 100;

/** Ends connections that say nothing, or next to nothing: the library would keep them for ever. */
export function endSilentConnections(endpoint: OPCUAServerEndPoint): void {
  const { _server: listener } = endpoint as unknown as { readonly _server?: Server };
  if (!listener) throw new Error('The library listens in another way than expected.');
  listener.on('connection', (socket) => {
    const timer = setTimeout(() => {
      if (socket.bytesRead < LEAST_BYTES) socket.destroy();
    }, SPEAKS_WITHIN_MS);
    timer.unref();
    socket.once('close', () => {
      clearTimeout(timer);
    });
  });
}
