import type { Server } from 'node:net';
import type { OPCUAServerEndPoint } from 'node-opcua';

/** Within this time a client has to have asked for a secure channel, and within that time it has to have one. */
const ASKS_WITHIN_MS = 10_000;
const OPEN_WITHIN_MS = 20_000;
/** Hello and OpenSecureChannel together are never shorter, nor are their answers (OPC 10000-6, 6.7.2 and 7.1.2). */
const LEAST_BYTES = 100;

/** Ends connections that say nothing, or greet and say no more: the library would keep them. */
export function endSilentConnections(endpoint: OPCUAServerEndPoint): void {
  const { _server: listener } = endpoint as unknown as { readonly _server?: Server };
  if (!listener) throw new Error('The library listens in another way than expected.');
  listener.on('connection', (socket) => {
    const within = (ms: number, isSilent: () => boolean): void => {
      const timer = setTimeout(() => {
        if (isSilent()) socket.destroy();
      }, ms);
      timer.unref();
      socket.once('close', () => {
        clearTimeout(timer);
      });
    };
    within(ASKS_WITHIN_MS, () => socket.bytesRead < LEAST_BYTES);
    within(OPEN_WITHIN_MS, () => socket.bytesWritten < LEAST_BYTES);
  });
}
