import type { Duplex } from 'node:stream';
import { TokenBucket } from '#server/cells/token-bucket.ts';
import type { MqttLimits } from './limits.ts';

const PUBACK = 4;

/** Counts packets in a stream of bytes by looking at fixed headers only (MQTT 3.1.1 clause 2.2). */
export class FrameGuard {
  private readonly bytes: TokenBucket;
  private readonly packets: TokenBucket;
  private readonly acknowledgements: TokenBucket;
  /** Bytes of the present packet that are still to come; 0 at its start. */
  private left = 0;
  private length = 0;
  private lengthBytes = 0;
  private isInLength = false;

  constructor(
    private readonly limits: MqttLimits,
    now: () => number,
  ) {
    this.bytes = new TokenBucket(limits.bytesPerSecond, 2 * limits.bytesPerSecond, now);
    const { packetsPerSecond, acknowledgementsPerSecond } = limits;
    this.packets = new TokenBucket(packetsPerSecond, 3 * packetsPerSecond, now);
    this.acknowledgements = new TokenBucket(acknowledgementsPerSecond, 3 * acknowledgementsPerSecond, now);
  }

  /** Why these bytes are too much, if they are. */
  scan(chunk: Buffer): string | undefined {
    if (!this.bytes.take(chunk.length)) return `more than ${this.limits.bytesPerSecond} bytes a second`;
    for (let at = 0; at < chunk.length;) {
      if (this.left > 0) {
        const taken = Math.min(this.left, chunk.length - at);
        this.left -= taken;
        at += taken;
      } else if (this.isInLength) {
        const problem = this.scanLength(chunk[at++]);
        if (problem) return problem;
      } else {
        const problem = this.count(chunk[at]);
        if (problem) return problem;
        [this.isInLength, this.length, this.lengthBytes] = [true, 0, 0];
        at += 1;
      }
    }
    return undefined;
  }

  /** By the first byte, whose upper half says what it is (2.2.1). */
  private count(first: number): string | undefined {
    const { packetsPerSecond, acknowledgementsPerSecond } = this.limits;
    if (first >> 4 === PUBACK) {
      return this.acknowledgements.take()
        ? undefined
        : `more than ${acknowledgementsPerSecond} acknowledgements a second`;
    }
    return this.packets.take() ? undefined : `more than ${packetsPerSecond} packets a second`;
  }

  private scanLength(byte: number): string | undefined {
    this.length += (byte & 127) * 128 ** this.lengthBytes;
    if (++this.lengthBytes > 4) return 'a packet length of more than four bytes';
    if (byte > 127) return undefined;
    if (this.length > this.limits.packetBytes) {
      return `a packet of ${this.length} bytes; ${this.limits.packetBytes} are allowed`;
    }
    this.isInLength = false;
    this.left = this.length;
    return undefined;
  }
}

/** Lets a stream be read only as far as its guard allows, and not at all when nothing of what is sent back is taken. */
export function guardReads(conn: Duplex, limits: MqttLimits, now: () => number, refused: (why: string) => void): void {
  const guard = new FrameGuard(limits, now);
  const read = conn.read.bind(conn);
  conn.read = (size?: number): unknown => {
    const chunk: unknown = read(size);
    if (!(chunk instanceof Buffer)) return chunk;
    const isStuck = conn.writableLength > limits.hopelessBytes;
    const problem = isStuck ? 'answers are not taken' : guard.scan(chunk);
    if (problem === undefined) return chunk;
    refused(problem);
    conn.destroy(new Error(`limit: ${problem}`));
    return null;
  };
}
