import type { LiveCell } from '#server/cells/live-cell.ts';
import { Interest, type Qos } from '../interest.ts';
import type { MqttLimits } from '../limits.ts';
import { type LineIdentity, LivePublisher } from '../live-publisher.ts';
import { EdgeNode } from '../sparkplug/edge-node.ts';
import { edgeNamesOf } from '../sparkplug/edge-topics.ts';
import { type TopicTable, topicTableOf } from '../topic-table.ts';
import { brokenConnection } from '../vda5050/vehicle-reports.ts';
import { type VehicleName, vehicleTopic } from '../vda5050/vehicle-topics.ts';
import type { BridgeAddress } from './bridge-url.ts';
import { OutsideConnection, type Will } from './outside-connection.ts';

/** Nobody there can ask for a rebirth: nothing is read from that broker. */
const BIRTHS_MS = 600_000;

export interface BridgedLineOptions {
  readonly address: BridgeAddress;
  readonly participant: string;
  readonly cell: LiveCell;
  /** `bridgedSignalsPerSecond` is the announced rate of signals. */
  readonly limits: MqttLimits;
  readonly now: () => number;
  readonly changed: (isConnected: boolean, reason: string) => void;
  /** The cell is gone. */
  readonly ended: () => void;
}

/**
 * One line on the broker outside: all its topics below `<root>/<participant>/`, retained where they are retained here, at
 * an announced rate; in Sparkplug a node of its own with NDEATH as its will, in VDA 5050 vehicles of their own, each on a
 * connection with CONNECTIONBROKEN as its will.
 */
export class BridgedLine {
  private readonly table: TopicTable;
  private readonly stopListening: () => void;
  private readonly vehicles: readonly VehicleName[];
  private readonly connection: OutsideConnection;
  /** By serial number. */
  private readonly ofVehicles: ReadonlyMap<string, OutsideConnection>;
  private publisher: LivePublisher | undefined;
  private connects = 0;
  /** Messages of the edge node were left out, so that its sequence is broken: it is born again when there is room. */
  private isTorn = false;
  private isInTurn = false;
  private births: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(private readonly options: BridgedLineOptions) {
    const { cell, participant, changed, ended } = options;
    this.table = topicTableOf(cell.model, cell.model.definition.topicPrefix);
    this.vehicles = this.table.vehicles.map((vehicle) => ({ ...vehicle, serial: `${vehicle.serial}-${participant}` }));
    this.stopListening = cell.listen({
      // What a slow broker has no room for now is told later, as it is then; what happened meanwhile is not.
      advanced: (nowUs) => this.advanced(nowUs),
      happened: (happening) => this.publisher?.happened(happening),
      commanded: () => this.publisher?.commanded(),
      clockChanged: (clock) => this.publisher?.clockChanged(clock),
      closed: ended,
    });
    this.connection = this.open(`verkstad-${participant}`, {
      will: () => this.death(),
      begun: () => {
        changed(true, '');
        this.begin();
      },
      lost: (reason) => {
        this.fallSilent();
        changed(false, reason);
      },
    });
    this.ofVehicles = new Map(
      this.vehicles.map((vehicle) => [
        vehicle.serial,
        this.open(`verkstad-${vehicle.serial}`, {
          will: () => {
            const topic = vehicleTopic(vehicle, 'connection');
            return { topic, payload: brokenConnection(cell, vehicle), retain: true };
          },
          begun: () => this.publisher?.vehicles.find(({ name }) => name === vehicle)?.announce(),
          lost: () => {},
        }),
      ]),
    );
  }

  /** Says that the line leaves, and hangs up. */
  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    this.stopListening();
    if (this.connection.isConnected) {
      this.publisher?.leave();
      this.tellStatus(false);
    }
    this.fallSilent();
    await Promise.all([this.connection, ...this.ofVehicles.values()].map((each) => each.close()));
  }

  private open(
    clientId: string,
    more: { will: () => Will; begun: () => void; lost: (reason: string) => void },
  ): OutsideConnection {
    const { address, limits } = this.options;
    return new OutsideConnection({ ...more, address, clientId, waitingBytes: limits.waitingBytes });
  }

  /** Everything anew: whoever listens there may have seen nothing of it. */
  private begin(): void {
    const { cell, now, limits } = this.options;
    const { table } = this;
    const interest = new Interest(table);
    interest.update(
      new Map<string, Qos>([
        [`${table.prefix}/#`, 0],
        ['uagv/v2/#', 0],
      ]),
    );
    const publisher = new LivePublisher({
      ...{ cell, table, interest, now, identity: this.identity },
      limits: { ...limits, signalsPerSecond: limits.bridgedSignalsPerSecond },
      publish: (topic, payload, qos) => this.publish(topic, payload, qos),
    });
    this.publisher = publisher;
    this.isTorn = false;
    this.tellStatus(true);
    publisher.wantedChanged([]);
    this.together(() => publisher.edge.want(true));
    for (const vehicle of publisher.vehicles) vehicle.announce();
    this.births = setInterval(() => this.birth(), BIRTHS_MS).unref();
  }

  private advanced(nowUs: number): void {
    const { publisher } = this;
    if (!publisher || this.connection.isFull) return;
    this.together(() => {
      if (this.isTorn) publisher.edge.birth();
      this.isTorn = false;
      publisher.advanced(nowUs);
    });
  }

  /** What belongs together is sent whole: whether there is room was asked before. */
  private together(work: () => void): void {
    this.isInTurn = true;
    work();
    this.isInTurn = false;
  }

  private birth(): void {
    if (this.connection.isFull) this.isTorn = true;
    else this.together(() => this.publisher?.edge.birth());
  }

  private fallSilent(): void {
    clearInterval(this.births);
    this.publisher?.close();
    this.publisher = undefined;
  }

  /** The will of the next connection; bdSeq rises with each [tck-id-topics-nbirth-bdseq-increment]. */
  private death(): Will {
    this.connects += 1;
    const { edge: names, bdSeq } = this.identity;
    const { topic, payload } = new EdgeNode({ cell: this.options.cell, names, bdSeq, publish: () => {} }).death();
    return { topic, payload, retain: false };
  }

  /** `line1-p-7k3f9q` in the same group, and `AGV1-p-7k3f9q` of the same manufacturer. */
  private get identity(): LineIdentity {
    const { group, node } = edgeNamesOf(this.table.prefix);
    const edge = { group, node: `${node}-${this.options.participant}` };
    return { edge, bdSeq: this.connects - 1, vehicles: this.vehicles };
  }

  private tellStatus(online: boolean): void {
    const { address, participant, cell, limits } = this.options;
    const status = {
      online,
      t: new Date(cell.epochMs(cell.clock.simUs)).toISOString(),
      signalsPerSecond: limits.bridgedSignalsPerSecond,
      stationMessagesPerSecond: 1000 / limits.stationMs,
      birthsEverySeconds: BIRTHS_MS / 1000,
    };
    this.connection.send(`${address.root}/${participant}/bridge`, JSON.stringify(status), 1, true);
  }

  /** Topics of a standard say by themselves whose they are. */
  private publish(topic: string, payload: string | Uint8Array, qos: Qos): void {
    const { connection } = this;
    const { address, participant } = this.options;
    if (topic.startsWith('uagv/')) {
      const [, , , serial, what] = topic.split('/');
      const own = this.ofVehicles.get(serial);
      const isRetained = what === 'connection' || what === 'factsheet';
      if (own && (isRetained || !own.isFull)) own.send(topic, payload, qos, isRetained);
      return;
    }
    const isOfNode = topic.startsWith('spBv1.0/');
    if (qos === 0 && !this.isInTurn && connection.isFull) {
      if (isOfNode) this.isTorn = true;
      return;
    }
    const isRetained = !isOfNode && this.table.find(topic) !== undefined;
    connection.send(isOfNode ? topic : `${address.root}/${participant}/${topic}`, payload, qos, isRetained);
  }
}
