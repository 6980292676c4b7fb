import type { PublishPacket } from 'aedes';
import type { LiveCell } from '#server/cells/live-cell.ts';
import { mayPublishCommands } from '#server/cells/posture.ts';
import { Commands } from './commands.ts';
import type { Connection } from './connection.ts';
import type { Qos } from './interest.ts';
import type { MqttLimits } from './limits.ts';
import { commandPathOf, refusePublication } from './publish-rules.ts';
import type { SessionStore } from './session-store.ts';

export interface InboxOptions {
  readonly cell: LiveCell;
  readonly prefix: string;
  readonly limits: MqttLimits;
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

  constructor(private readonly options: InboxOptions) {
    const { cell, prefix, limits, answer, failed } = options;
    this.commands = new Commands({
      ...{ cell, failed, waiting: limits.commandsWaiting },
      answer: (result) => answer(`${prefix}/rsp/${result.id}`, () => JSON.stringify(result)),
    });
  }

  receive(connection: Connection, { topic, qos, retain, messageId, ...packet }: PublishPacket): void {
    const { prefix, limits, store, publish } = this.options;
    // A QoS 2 message that came before and is sent again [MQTT-4.3.3-2].
    if (qos === 2 && store.isIncoming(connection.id, messageId)) return;
    const payload = Buffer.from(packet.payload);
    const { participant, isProtected } = connection;
    const refuse = (what: string, reason: string) => this.options.refused(connection, what, reason);
    const hasRoom = (wanted: string, bytes: number) => store.hasRoomFor(wanted, bytes);
    const reason = refusePublication({ topic, payload, retain }, { prefix, limits, hasRoom });
    if (reason !== undefined) {
      refuse(`publish ${topic}`, reason);
      return;
    }
    connection.evidence.publish(topic, payload.length);
    const path = commandPathOf(topic, prefix);
    if (path === undefined || mayPublishCommands(this.options.cell, isProtected)) {
      publish(topic, payload, qos > 0 ? 1 : 0, retain);
    }
    if (path !== undefined)
      void this.commands.receive(path, { topic, payload }, { actor: participant, isProtected, refuse });
  }
}
