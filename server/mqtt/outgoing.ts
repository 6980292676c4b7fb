import type { Aedes } from 'aedes';
import { Broadcast, type BroadcastOptions } from './broadcast.ts';
import type { Qos } from './interest.ts';

/**
 * aedes 1.2 takes a message for one that came before if a later one of the same broker has overtaken it, and a QoS 0
 * message overtakes one of QoS 1: that would be lost. As if by many brokers in turn, each is compared with itself.
 */
const PUBLISHERS = 1024;

/** All that a broker sends: the line's own messages of QoS 0 straight to their readers, everything else through aedes. */
export class Outgoing {
  readonly broadcast: Broadcast;
  private published = 0;
  /** What must be on its way before connections are closed. */
  private goodbyes: Promise<void>[] | undefined;

  constructor(
    private readonly aedes: Aedes,
    options: BroadcastOptions,
  ) {
    this.broadcast = new Broadcast(options);
  }

  /** A message of the line. */
  tell(topic: string, payload: string | Uint8Array, qos: Qos): void {
    if (qos === 0) this.broadcast.send(topic, payload);
    else this.pass(topic, Buffer.from(payload), qos, false);
  }

  /** A message that may be retained, or must arrive. */
  pass(topic: string, payload: Buffer, qos: Qos, retain: boolean): void {
    const brokerId = String(this.published++ % PUBLISHERS);
    const packet = { cmd: 'publish', topic, payload, qos, retain, dup: false, brokerId } as const;
    if (this.goodbyes) this.goodbyes.push(new Promise((resolve) => this.aedes.publish(packet, () => resolve())));
    else this.aedes.publish(packet, () => {});
  }

  /** Resolves when all that `last` says is on its way. */
  async sayLast(last: () => void): Promise<void> {
    this.goodbyes = [];
    last();
    await Promise.all(this.goodbyes);
  }
}
