import { connect, type Socket } from 'node:net';
import mqttPacket, { type IConnectPacket, type Packet } from 'mqtt-packet';
import { onTestFinished } from 'vitest';
import { keyOf, until } from './mqtt-line.ts';

/** A client of bytes, for what well-behaved clients do not do. */
export interface RawClient {
  readonly socket: Socket;
  /** Packets that came, as far as they are read. */
  readonly got: Packet[];
  readonly isClosed: () => boolean;
  send(...packets: (Packet | Buffer)[]): void;
  /** Waits for the first packet of this kind. */
  next(cmd: Packet['cmd']): Promise<Packet>;
  closed(): Promise<void>;
}

export function rawClient(port: number): RawClient {
  const socket = connect({ port, host: '127.0.0.1' });
  const parser = mqttPacket.parser();
  const got: Packet[] = [];
  let isClosed = false;
  parser.on('packet', (packet: Packet) => void got.push(packet));
  socket.on('data', (bytes) => parser.parse(bytes));
  socket.on('error', () => {});
  socket.on('close', () => void (isClosed = true));
  onTestFinished(() => void socket.destroy());
  return {
    ...{ socket, got, isClosed: () => isClosed },
    send: (...packets) => {
      socket.write(Buffer.concat(packets.map((one) => ('cmd' in one ? mqttPacket.generate(one) : one))));
    },
    next: (cmd) =>
      until(() => {
        const found = got.find((packet) => packet.cmd === cmd);
        if (!found) throw new Error(`no ${cmd} came, but ${got.map((packet) => packet.cmd).join(', ')}`);
        return found;
      }),
    closed: () =>
      until(() => {
        if (!isClosed) throw new Error('the connection is still open');
      }),
  };
}

export const connectPacket = (participant: string, more: Partial<IConnectPacket> = {}): IConnectPacket => ({
  ...{ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, keepalive: 60, clientId: 'raw' },
  ...{ username: participant, password: Buffer.from(keyOf(participant)) },
  ...more,
});
