import type { Duplex } from 'node:stream';
import mqttPacket, { type IConnectPacket } from 'mqtt-packet';
import type { MqttLimits } from './limits.ts';

const CONNECT_BYTE = 0x10;

/** The first packet was not a CONNECT that one can talk about. */
export class NotConnect extends Error {
  constructor(
    reason: string,
    /** It spoke a version of MQTT that may be told so. */
    readonly isOtherVersion = false,
  ) {
    super(reason);
    this.name = 'NotConnect';
  }
}

/**
 * Reads the CONNECT at the start of a stream and puts all bytes back, so that a broker can read them again. Throws
 * NotConnect for anything else, for more bytes than allowed, or when it does not come in time.
 */
export function readConnect(conn: Duplex, { connectMs, connectBytes }: MqttLimits): Promise<IConnectPacket> {
  return new Promise((resolve, reject) => {
    let got = Buffer.alloc(0);
    const timer = setTimeout(() => done(new NotConnect(`no CONNECT within ${connectMs} ms`)), connectMs);
    const onClose = () => done(new NotConnect('it left before it said who it is'));
    const onReadable = () => {
      for (let chunk: unknown; (chunk = conn.read()) !== null;) {
        if (chunk instanceof Buffer) got = Buffer.concat([got, chunk]);
        if (got.length > connectBytes) break;
      }
      try {
        const length = frameLength(got, connectBytes);
        if (length !== undefined && got.length >= length) done(parseConnect(got.subarray(0, length)));
      } catch (error) {
        done(error as Error);
      }
    };
    const done = (outcome: IConnectPacket | Error) => {
      clearTimeout(timer);
      conn.off('readable', onReadable).off('close', onClose);
      if (outcome instanceof Error) {
        reject(outcome);
        return;
      }
      conn.unshift(got);
      resolve(outcome);
    };
    conn.on('readable', onReadable).on('close', onClose);
  });
}

/** Bytes of the whole packet, once its length has come. */
function frameLength(bytes: Buffer, limit: number): number | undefined {
  if (bytes.length > 0 && bytes[0] !== CONNECT_BYTE) throw new NotConnect('the first byte is no MQTT CONNECT');
  let length = 0;
  for (let k = 1; k < bytes.length; k++) {
    length += (bytes[k] & 127) * 128 ** (k - 1);
    if (1 + k + length > limit || k > 4) throw new NotConnect(`a CONNECT may have ${limit} bytes`);
    if (bytes[k] <= 127) return 1 + k + length;
  }
  return undefined;
}

function parseConnect(frame: Buffer): IConnectPacket {
  const parser = mqttPacket.parser();
  let packet: mqttPacket.Packet | undefined;
  let problem: Error | undefined;
  parser.on('packet', (parsed: mqttPacket.Packet) => void (packet = parsed));
  parser.on('error', (error: Error) => void (problem = error));
  parser.parse(frame);
  if (packet?.cmd === 'connect') return packet;
  const reason = problem?.message ?? 'the packet is broken';
  throw new NotConnect(`malformed CONNECT: ${reason}`, reason === 'Invalid protocol version');
}
