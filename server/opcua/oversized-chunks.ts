import type { Server } from 'node:net';
import type { OPCUAServerEndPoint } from 'node-opcua';

/** What the library says of a chunk whose head announces more, or less, than may come (OPC 10000-6, 6.7.2). */
const OF_A_CHUNK = /^maximum chunk size exceeded|^chunk is too small/;

/**
 * Ends connections that announce a chunk of no possible size right behind their Hello. In 2.182.2 the reader of chunks is
 * exchanged while it works on a Hello, and the old one has nobody left to tell its error to: it would end the process.
 */
export function endOversizedChunks(endpoint: OPCUAServerEndPoint): void {
  const { _server: listener } = endpoint as unknown as { readonly _server?: Server };
  if (!listener) throw new Error('The library listens in another way than expected.');
  listener.on('connection', (socket) => {
    const emit = socket.emit.bind(socket) as (name: string | symbol, ...given: unknown[]) => boolean;
    socket.emit = (name: string | symbol, ...given: unknown[]): boolean => {
      if (name !== 'data') return emit(name, ...given);
      try {
        return emit(name, ...given);
      } catch (error) {
        if (!(error instanceof Error) || !OF_A_CHUNK.test(error.message)) throw error;
        socket.destroy();
        return true;
      }
    };
  });
}
