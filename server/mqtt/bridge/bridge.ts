import type { LiveCell, Principal } from '#server/cells/live-cell.ts';
import type { BrokerLog } from '../broker-log.ts';
import type { MqttLimits } from '../limits.ts';
import { BridgedLine } from './bridged-line.ts';
import type { BridgeAddress } from './bridge-url.ts';

/** A page that is loaded anew is no reason to die and be born again. */
const GRACE_MS = 10_000;

export interface BridgeOptions {
  readonly address: BridgeAddress;
  readonly limits: MqttLimits;
  readonly now: () => number;
  readonly log: BrokerLog;
}

interface Bridged {
  readonly cell: LiveCell;
  readonly line: BridgedLine;
  connections: number;
  ending?: NodeJS.Timeout | undefined;
}

/**
 * Tells a broker outside what the lines say, each below a prefix of its participant, while that participant is connected
 * here. It only sends: nothing is read from that broker. A participant who has several cells shows the newest.
 */
export class Bridge {
  private readonly bridged = new Map<string, Bridged>();
  private readonly log: { isDown: boolean } = { isDown: false };

  constructor(private readonly options: BridgeOptions) {}

  /** Participants who are bridged now. */
  get size(): number {
    return this.bridged.size;
  }

  enter({ participant, cell }: Principal): void {
    const known = this.bridged.get(participant);
    if (known?.cell === cell) {
      clearTimeout(known.ending);
      known.connections += 1;
      return;
    }
    if (known) this.end(participant, known);
    const line: BridgedLine = new BridgedLine({
      ...{ ...this.options, participant, cell },
      changed: (isConnected, reason) => this.tell(isConnected, reason),
      ended: () => {
        const present = this.bridged.get(participant);
        if (present?.line === line) this.end(participant, present);
      },
    });
    this.bridged.set(participant, { cell, line, connections: 1 });
  }

  leave({ participant, cell }: Principal): void {
    const known = this.bridged.get(participant);
    if (known?.cell !== cell) return;
    known.connections -= 1;
    if (known.connections > 0) return;
    known.ending = setTimeout(() => this.end(participant, known), GRACE_MS).unref();
  }

  async close(): Promise<void> {
    const all = [...this.bridged.values()];
    this.bridged.clear();
    for (const { ending } of all) clearTimeout(ending);
    await Promise.all(all.map(({ line }) => line.close()));
  }

  private end(participant: string, known: Bridged): void {
    clearTimeout(known.ending);
    if (this.bridged.get(participant) === known) this.bridged.delete(participant);
    void known.line.close();
  }

  /** Once for all lines, when it changes: a broker that is away does not fill the log. */
  private tell(isConnected: boolean, reason: string): void {
    if (isConnected === !this.log.isDown) return;
    this.log.isDown = !isConnected;
    const { log, address } = this.options;
    if (isConnected) log.info({ broker: address.shown }, 'the MQTT bridge is connected again');
    else log.warn({ broker: address.shown, reason }, 'the MQTT bridge has no connection; it tries again and again');
  }
}
