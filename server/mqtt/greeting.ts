import type { Duplex } from 'node:stream';
import mqttPacket from 'mqtt-packet';
import type { Doorkeeper, Principal } from '#server/cells/live-cell.ts';
import { AppError } from '#server/errors.ts';
import { TokenBucket } from '#server/cells/token-bucket.ts';
import { admit } from './admission.ts';
import type { BrokerLog } from './broker-log.ts';
import type { CellBrokers } from './cell-brokers.ts';
import { type ConnectRefusal, returnCodes } from './connect-rules.ts';
import { NotConnect, readConnect } from './first-packet.ts';
import type { MqttLimits } from './limits.ts';

const GOODBYE_MS = 1000;
const LINES_PER_SECOND = 5;
const LINES_AT_ONCE = 50;

export interface GreeterOptions {
  readonly doorkeeper: Doorkeeper;
  readonly brokers: CellBrokers;
  readonly limits: MqttLimits;
  readonly log: BrokerLog;
  readonly now: () => number;
}

/** Asks whoever comes through the door for their CONNECT, and leads them to their cell or says why not. */
export class Greeter {
  private readonly arrivals = new Map<string, TokenBucket>();
  private readonly lines: TokenBucket;
  /** By address, how many have not yet said who they are. */
  private readonly strangers = new Map<string, number>();

  constructor(private readonly options: GreeterOptions) {
    this.lines = new TokenBucket(LINES_PER_SECOND, LINES_AT_ONCE, options.now);
  }

  /** `from` is the address they come from, `cookie` whom their browser's cookie stands for. */
  async greet(conn: Duplex, from: string, cookie?: Principal): Promise<void> {
    const { limits } = this.options;
    const waiting = this.strangers.get(from) ?? 0;
    if (waiting >= limits.strangersPerAddress) {
      conn.destroy();
      this.say({ from }, 'a connection was closed: too many of its address have not said who they are');
      return;
    }
    this.strangers.set(from, waiting + 1);
    try {
      const connect = await readConnect(conn, limits).finally(() => this.forgetStranger(from));
      const refusal = await this.lead(conn, connect, cookie);
      if (refusal) this.turnAway(conn, from, refusal, connect.username);
    } catch (error) {
      if (!(error instanceof NotConnect)) throw error;
      const refusal = { returnCode: returnCodes.unacceptableProtocol, reason: error.message };
      if (error.isOtherVersion) {
        this.turnAway(conn, from, refusal);
        return;
      }
      conn.destroy();
      this.say({ from, reason: error.message }, 'a connection that was no MQTT was closed');
    }
  }

  private forgetStranger(from: string): void {
    const left = (this.strangers.get(from) ?? 1) - 1;
    if (left > 0) this.strangers.set(from, left);
    else this.strangers.delete(from);
  }

  private async lead(
    conn: Duplex,
    connect: mqttPacket.IConnectPacket,
    cookie: Principal | undefined,
  ): Promise<ConnectRefusal | undefined> {
    try {
      const admitted = await admit(connect, this.options.doorkeeper, cookie);
      if ('returnCode' in admitted) return admitted;
      const { participant, cell } = admitted.principal;
      if (!this.arrivalsOf(participant).take()) {
        return { returnCode: returnCodes.unavailable, reason: 'Too many connections in a short time. Wait a moment.' };
      }
      return await this.options.brokers.enter(cell, (broker) => broker.admit(conn, connect, admitted));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { returnCode: returnCodes.unavailable, reason: `${error.message} ${error.hint}` };
    }
  }

  private turnAway(conn: Duplex, from: string, { returnCode, reason }: ConnectRefusal, userName?: string): void {
    conn.end(mqttPacket.generate({ cmd: 'connack', returnCode, sessionPresent: false }));
    conn.resume();
    setTimeout(() => conn.destroy(), GOODBYE_MS).unref();
    this.say({ from, userName: userName?.slice(0, 64), returnCode, reason }, 'an MQTT client was turned away');
  }

  private arrivalsOf(participant: string): TokenBucket {
    const { now, limits } = this.options;
    const { arrivalsPerSecond, arrivalsAtOnce } = limits;
    const bucket = this.arrivals.get(participant) ?? new TokenBucket(arrivalsPerSecond, arrivalsAtOnce, now);
    this.arrivals.set(participant, bucket);
    return bucket;
  }

  /** Whoever knocks all day shall not fill the log. */
  private say(what: object, message: string): void {
    if (this.lines.take()) this.options.log.info(what, message);
  }
}
