import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

export interface WeakLink {
  readonly port: number;
  /** All connections are gone at once, without a word to either side. */
  cut(): void;
}

/** A way to a local port that can be cut; closed when the test is over. */
export async function weakLink(to: number): Promise<WeakLink> {
  const ends = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    for (const [end, other] of [
      [near, far],
      [far, near],
    ]) {
      ends.add(end);
      end.on('error', () => {}).pipe(other);
      end.once('close', () => ends.delete(end) && other.destroy());
    }
  });
  const cut = () => {
    for (const end of ends) end.resetAndDestroy();
  };
  onTestFinished(() => {
    cut();
    server.close();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, cut };
}
