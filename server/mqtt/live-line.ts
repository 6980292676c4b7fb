import type { CellListener, LiveCell } from '#server/cells/live-cell.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import type { BrokerLog } from './broker-log.ts';
import type { Connection } from './connection.ts';
import { Inbox } from './inbox.ts';
import type { Interest } from './interest.ts';
import type { MqttLimits } from './limits.ts';
import { LivePublisher } from './live-publisher.ts';
import type { Outgoing } from './outgoing.ts';
import { accountMessages, expelledBy } from './posture-watch.ts';
import type { PublishRules } from './publish-rules.ts';
import type { SessionStore } from './session-store.ts';
import type { TopicTable } from './topic-table.ts';

export interface LiveLineOptions {
  readonly cell: LiveCell;
  readonly table: TopicTable;
  readonly interest: Interest;
  readonly limits: MqttLimits;
  readonly rules: PublishRules;
  readonly store: SessionStore;
  readonly outgoing: Outgoing;
  /** Everyone connected, by client id inside the broker. */
  readonly connections: ReadonlyMap<string, Connection>;
  readonly now: () => number;
  readonly log: BrokerLog;
  readonly refused: (connection: Connection, what: string, reason: string) => void;
  /** The cell has come to a new time. */
  readonly advanced: () => void;
  /** The cell is gone. */
  readonly ended: () => void;
}

/** The cell of a broker while it is awake: what it tells and what it is told. A cell that has slept is another one. */
export class LiveLine {
  readonly cell: LiveCell;
  readonly publisher: LivePublisher;
  readonly inbox: Inbox;
  private readonly listener: CellListener;
  private stopListening: (() => void) | undefined;

  constructor(private readonly options: LiveLineOptions) {
    const { cell, table, interest, limits, rules, store, outgoing, now, log, refused } = options;
    this.cell = cell;
    this.publisher = new LivePublisher({
      ...{ cell, table, interest, limits, now },
      publish: (topic, payload, qos) => outgoing.tell(topic, payload, qos),
    });
    const { publisher } = this;
    this.inbox = new Inbox({
      ...{ cell, prefix: table.prefix, limits, store, now, rules, edge: publisher.edge, vehicles: publisher.vehicles },
      publish: (topic, payload, qos, retain) => outgoing.pass(topic, payload, qos, retain),
      answer: (topic, payload) => publisher.sendIfWanted(topic, payload),
      refused,
      failed: (error) => log.error({ err: error, cell: cell.id }, 'an MQTT command failed'),
    });
    this.listener = {
      happened: (happening) => {
        publisher.happened(happening);
        this.holdPosture(happening);
      },
      commanded: () => publisher.commanded(),
      clockChanged: (clock) => publisher.clockChanged(clock),
      expelled: (participant, reason) => {
        for (const connection of options.connections.values())
          if (connection.participant === participant) this.hangUp(connection, reason);
      },
      closed: (reason) => {
        log.info({ cell: cell.id, reason }, 'MQTT connections of a cell are closed');
        options.ended();
      },
    };
  }

  /** Begins to hear what becomes of the cell. */
  listen(): void {
    this.stopListening ??= this.cell.listen(this.listener);
  }

  rest(): void {
    this.publisher.close();
    this.stopListening?.();
    this.stopListening = undefined;
  }

  /** Somebody wants something else now. `fresh` are the signals that nobody wanted before. */
  wantedChanged(fresh: readonly number[], isEdgeHeard: boolean): void {
    const { publisher } = this;
    const { broadcast } = this.options.outgoing;
    broadcast.forgetReaders();
    publisher.wantedChanged(fresh);
    broadcast.together(() => publisher.edge.want(isEdgeHeard));
    // Where nobody wants anything, ten times a second costs more than the rest of the broker.
    this.listener.advanced = publisher.isIdle ? undefined : this.advanced;
  }

  private readonly advanced = (nowUs: number): void => {
    const { outgoing, now, advanced } = this.options;
    if (this.publisher.isDue(now())) outgoing.broadcast.together(() => this.publisher.advanced(nowUs));
    advanced();
  };

  private hangUp(connection: Connection, reason: string): void {
    this.options.refused(connection, 'connection', reason);
    connection.stream.destroy();
  }

  /** Hangs up on those that a new posture no longer lets in, and passes on what accounts of the cell publish. */
  private holdPosture(happening: Happening): void {
    const { cell, table, connections } = this.options;
    for (const [connection, reason] of expelledBy(cell, happening, connections.values()))
      this.hangUp(connection, reason);
    for (const { topic, payload } of accountMessages(cell, happening, table.prefix)) {
      this.publisher.sendIfWanted(topic, () => JSON.stringify(payload));
    }
  }
}
