import type { PublishPacket } from 'aedes';
import type { LiveCell } from '#server/cells/live-cell.ts';
import { mayPublishCommands } from '#server/cells/posture.ts';
import { Commands } from './commands.ts';
import type { Connection } from './connection.ts';
import type { Qos } from './interest.ts';
import type { MqttLimits } from './limits.ts';
import { commandPathOf, isCommand, type Publication, type PublishRules, refusePublication } from './publish-rules.ts';
import type { SessionStore } from './session-store.ts';
import { EdgeCommands } from './sparkplug/edge-commands.ts';
import type { EdgeNode } from './sparkplug/edge-node.ts';
import { edgeCommandOf, hostOf } from './sparkplug/edge-topics.ts';
import { isNoText } from './topic-filter.ts';
import { VehicleOrders } from './vda5050/vehicle-orders.ts';
import type { VehicleReports } from './vda5050/vehicle-reports.ts';
import { vehicleOrderOf } from './vda5050/vehicle-topics.ts';

export interface InboxOptions {
  readonly cell: LiveCell;
  readonly prefix: string;
  readonly limits: MqttLimits;
  readonly rules: PublishRules;
  readonly edge: EdgeNode;
  readonly vehicles: readonly VehicleReports[];
  readonly now: () => number;
  readonly store: SessionStore;
  readonly publish: (topic: string, payload: Buffer, qos: Qos, retain: boolean) => void;
  /** The payload is made only if someone listens. */
  readonly answer: (topic: string, payload: () => string) => void;
  readonly refused: (connection: Connection, what: string, reason: string) => void;
  readonly failed: (error: unknown) => void;
}

/** What participants publish: passed on to the others of the cell, carried out if it is a command, or refused. */
export class Inbox {
  private readonly commands: Commands;
  private readonly edgeCommands: EdgeCommands;
  private readonly vehicleOrders: VehicleOrders;

  constructor(private readonly options: InboxOptions) {
    const { cell, prefix, limits, answer, failed, edge, now } = options;
    const common = { cell, failed, waiting: limits.commandsWaiting };
    this.edgeCommands = new EdgeCommands({ ...common, edge, now });
    this.vehicleOrders = new VehicleOrders(common);
    this.commands = new Commands({
      ...common,
      answer: (result) => answer(`${prefix}/rsp/${result.id}`, () => JSON.stringify(result)),
    });
  }

  receive(connection: Connection, { topic, qos, retain, messageId, ...packet }: PublishPacket): void {
    const { cell, rules, store, publish } = this.options;
    // A QoS 2 message that came before and is sent again [MQTT-4.3.3-2].
    if (qos === 2 && store.isIncoming(connection.id, messageId)) return;
    const payload = Buffer.from(packet.payload);
    const refuse = (what: string, reason: string) => this.options.refused(connection, what, reason);
    const publication = { topic, payload, retain, qos };
    const reason = refusePublication(publication, rules);
    if (reason !== undefined) {
      refuse(`publish ${topic}`, reason);
      if (isNoText(topic)) connection.stream.destroy(new Error('malformed: a topic that is no text'));
      return;
    }
    connection.evidence.publish(topic, payload.length);
    if (!isCommand(topic, rules) || mayPublishCommands(cell, connection.isProtected)) {
      publish(topic, payload, qos > 0 ? 1 : 0, retain);
    }
    this.obey(connection, publication, refuse);
  }

  /** Whether it is a command, and to whom. */
  private obey(
    { participant, isProtected, evidence }: Connection,
    publication: Publication,
    refuse: (what: string, reason: string) => void,
  ): void {
    const { prefix, edge, vehicles } = this.options;
    const { topic, payload } = publication;
    const sender = { actor: participant, isProtected, refuse };
    const host = hostOf(topic);
    if (host !== undefined) evidence.state(host, payload);
    const path = commandPathOf(topic, prefix);
    if (path !== undefined) void this.commands.receive(path, publication, sender);
    const command = edgeCommandOf(topic, edge.names);
    if (command) {
      const rebirthAsked = () => evidence.rebirth(edge.names);
      void this.edgeCommands.receive(command, publication, { ...sender, rebirthAsked });
    }
    const names = vehicles.map(({ name }) => name);
    const order = vehicleOrderOf(topic, names);
    const reports = order && vehicles.find(({ name }) => name === order.vehicle);
    if (order && reports) void this.vehicleOrders.receive(reports, order.what, publication, sender);
  }
}
